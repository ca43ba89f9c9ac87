"""A file is replaced in one step or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from rotation.errors import OutputFault
from rotation.publish.file import replace_file
from tests.publish.privileges import without_privileges


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_is_made_with_its_folders(tmp_path: Path) -> None:
    replace_file(tmp_path / "out" / "required.csv", b"new")
    assert (tmp_path / "out" / "required.csv").read_bytes() == b"new"
    assert (tmp_path / "out" / "required.csv").stat().st_mode & 0o777 == 0o644


def test_an_old_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "required.csv").write_bytes(b"old and longer")
    replace_file(tmp_path / "required.csv", b"new")
    assert (tmp_path / "required.csv").read_bytes() == b"new"
    assert names(tmp_path) == ["required.csv"]


def test_a_folder_in_the_place_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "required.csv").mkdir()
    with pytest.raises(OutputFault, match=r"required\.csv cannot be written"):
        replace_file(tmp_path / "required.csv", b"new")
    assert names(tmp_path) == ["required.csv"]


def test_a_file_on_the_way_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"a file")
    with pytest.raises(OutputFault, match="nothing was changed"):
        replace_file(tmp_path / "out" / "required.csv", b"new")
    assert (tmp_path / "out").read_bytes() == b"a file"


def test_a_folder_without_leave_to_write_is_refused(tmp_path: Path) -> None:
    (tmp_path / "required.csv").write_bytes(b"old")
    tmp_path.chmod(0o500)
    try:
        with without_privileges(), pytest.raises(OutputFault, match="nothing was changed"):
            replace_file(tmp_path / "required.csv", b"new")
        assert (tmp_path / "required.csv").read_bytes() == b"old"
    finally:
        tmp_path.chmod(0o700)
