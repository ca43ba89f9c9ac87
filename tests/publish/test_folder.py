"""A folder is replaced as a whole, keeps what is not ours, and survives whatever happens in between."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rotation.errors import OutputFault
from rotation.publish import folder as module
from rotation.publish.folder import STAGING, replace_folder
from tests.publish.contents import DIGEST, OURS, content_of, is_whole, read_back
from tests.publish.privileges import without_privileges

OLD, NEW = content_of("old"), content_of("new", 7)


def leftovers(parent: Path) -> list[str]:
    return sorted(path.name for path in parent.iterdir() if path.name.startswith(STAGING))


def finished_process() -> int:
    """The id of a process that is gone."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_a_new_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    target = tmp_path / "out" / "2026-W49"
    replace_folder(target, OLD, OURS)
    assert read_back(target) == OLD
    assert leftovers(target.parent) == []
    assert target.stat().st_mode & 0o777 == 0o755


def test_an_old_plan_goes_with_all_its_files(tmp_path: Path) -> None:
    replace_folder(tmp_path / "plan", OLD, OURS)
    replace_folder(tmp_path / "plan", NEW, OURS)
    assert read_back(tmp_path / "plan") == NEW
    assert leftovers(tmp_path) == []


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    replace_folder(tmp_path / "plan", NEW, OURS)
    assert read_back(tmp_path / "plan") == NEW


def test_what_others_put_there_is_carried_over(tmp_path: Path) -> None:
    target = tmp_path / "plan"
    replace_folder(target, OLD, OURS)
    (target / "notes.txt").write_text("call Ann")
    (target / "archive" / "deep").mkdir(parents=True)
    (target / "archive" / "deep" / "x").write_text("x")
    (target / "latest").symlink_to("archive")
    (target / "archive" / "gone").symlink_to("nowhere")
    (target / "broken").symlink_to("nowhere")
    replace_folder(target, NEW, OURS)
    assert read_back(target) == NEW | {"notes.txt": b"call Ann", "archive/deep/x": b"x"}
    assert (target / "latest").readlink() == Path("archive")
    assert (target / "broken").readlink() == (target / "archive" / "gone").readlink() == Path("nowhere")


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(OutputFault, match="holds files but no plan"):
        replace_folder(tmp_path, NEW, OURS)
    assert read_back(tmp_path) == {"thesis.tex": b"years of work"}


def test_a_file_in_the_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plan").write_text("a file")
    with pytest.raises(OutputFault, match="is a file"):
        replace_folder(tmp_path / "plan", NEW, OURS)
    assert (tmp_path / "plan").read_text() == "a file"


def test_a_file_on_the_way_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(OutputFault, match="cannot be written"):
        replace_folder(tmp_path / "out" / "plan", NEW, OURS)


def test_a_parent_without_leave_to_write_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with without_privileges(), pytest.raises(OutputFault, match="nothing was changed"):
            replace_folder(tmp_path / "plan", NEW, OURS)
    finally:
        tmp_path.chmod(0o700)


def test_a_name_too_long_for_the_disk_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    replace_folder(tmp_path / "plan", OLD, OURS)
    with pytest.raises(OutputFault, match="nothing was changed"):
        replace_folder(tmp_path / "plan", NEW | {f"tables/{'x' * 300}": b""}, OURS)
    assert read_back(tmp_path / "plan") == OLD
    assert leftovers(tmp_path) == []


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    replace_folder(tmp_path / "real", OLD, OURS)
    (tmp_path / "link").symlink_to("real")
    replace_folder(tmp_path / "link", NEW, OURS)
    assert (tmp_path / "link").is_symlink()
    assert read_back(tmp_path / "real") == NEW


def test_what_a_dead_process_left_is_swept_what_a_living_one_writes_stays(tmp_path: Path) -> None:
    dead = tmp_path / f"{STAGING}plan-{finished_process()}-abc"
    alive = tmp_path / f"{STAGING}plan-{os.getpid()}-abc"
    for left in (dead, alive):
        left.mkdir()
        (left / "plan.csv").write_text("half")
    replace_folder(tmp_path / "plan", NEW, OURS)
    assert leftovers(tmp_path) == [alive.name]


def test_what_belongs_to_a_longer_name_is_none_of_our_business(tmp_path: Path) -> None:
    other = tmp_path / f"{STAGING}plan-b-{finished_process()}-abc" / "aside"
    other.mkdir(parents=True)
    (other / DIGEST).write_text("the old plan b")
    replace_folder(tmp_path / "plan", NEW, OURS)
    assert (other / DIGEST).read_text() == "the old plan b"


@pytest.mark.parametrize("name", ["a[b]", "*", "with space", "-", ".hidden", "Ü"])
def test_odd_names_are_names(tmp_path: Path, name: str) -> None:
    left = tmp_path / f"{STAGING}{name}-{finished_process()}-abc"
    left.mkdir()
    replace_folder(tmp_path / name, OLD, OURS)
    replace_folder(tmp_path / name, NEW, OURS)
    assert read_back(tmp_path / name) == NEW
    assert leftovers(tmp_path) == []


def test_without_an_exchange_two_steps_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.sys, "platform", "another")
    replace_folder(tmp_path / "plan", OLD, OURS)
    replace_folder(tmp_path / "plan", NEW, OURS)
    assert read_back(tmp_path / "plan") == NEW
    assert leftovers(tmp_path) == []


def test_an_interruption_between_the_two_steps_is_mended_by_the_next_run(tmp_path: Path) -> None:
    target = tmp_path / "plan"
    replace_folder(target, OLD, OURS)
    (target / "notes.txt").write_text("call Ann")
    # What a process leaves that dies between the two steps: the old folder aside, the new one not yet in place.
    left = tmp_path / f"{STAGING}plan-{finished_process()}-abc"
    left.mkdir()
    target.rename(left / "aside")
    replace_folder(target, NEW, OURS)
    assert read_back(target) == NEW | {"notes.txt": b"call Ann"}
    assert leftovers(tmp_path) == []


def test_an_error_between_the_two_steps_brings_the_old_folder_back(tmp_path: Path) -> None:
    replace_folder(tmp_path / "plan", OLD, OURS)
    with pytest.raises(FileNotFoundError):
        module._swap_in_two_steps(tmp_path / "missing", tmp_path / "plan")
    assert read_back(tmp_path / "plan") == OLD


def test_a_folder_made_by_another_run_in_the_meantime_is_replaced(tmp_path: Path) -> None:
    staging = module._beside(tmp_path / "plan")
    (staging / DIGEST).write_text("new")

    class MadeMeanwhile(type(tmp_path)):  # type: ignore[misc]
        """Is not there when asked, and there when renamed to."""

        def exists(self, **_: object) -> bool:
            return False

    replace_folder(tmp_path / "plan", OLD, OURS)
    module._swap(staging, MadeMeanwhile(tmp_path / "plan"))
    assert read_back(tmp_path / "plan") == {DIGEST: b"new"}


def test_processes_that_write_at_once_end_in_one_whole_plan(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.publish.contents import *\n"
        "for n in range(8): replace_folder(Path(sys.argv[1]), content_of(f'{sys.argv[2]} {n}', 5), OURS)"
    )
    root = Path(__file__).parents[2]
    writers = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "plan"), name], cwd=root)
        for name in ("one", "two")
    ]
    assert [writer.wait() for writer in writers] == [0, 0]
    files = read_back(tmp_path / "plan")
    assert is_whole(files)
    assert files in (content_of("one 7", 5), content_of("two 7", 5))
    assert leftovers(tmp_path) == []
