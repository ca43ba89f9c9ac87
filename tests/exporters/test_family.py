"""Every exporter: the same bytes twice, and the bytes of the golden files."""

from __future__ import annotations

import pickle
from pathlib import Path, PurePosixPath

import pytest

from rotation.exporters import Exporter, exporters
from rotation.plan import Edition

GOLDEN = Path(__file__).parent.parent / "golden"
FAMILY = exporters()


@pytest.fixture(params=FAMILY, ids=str)
def exporter(request: pytest.FixtureRequest) -> Exporter:
    return FAMILY[request.param]


def _golden_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.*"))}


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for path in folder.rglob("*.*") if folder.exists() else ():
        path.unlink()
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def test_the_family_has_every_format_of_the_data_contract() -> None:
    assert set(FAMILY) >= {
        "asterisk_queues",
        "coverage_csv",
        "ical_department",
        "ical_employee",
        "ical_queue",
        "participation_csv",
        "plan_csv",
        "plan_json",
        "routing_csv",
        "routing_json",
    }


def test_is_called_what_its_module_is_called(exporter: Exporter) -> None:
    assert FAMILY[exporter.name] is exporter
    assert exporter.summary


def test_renders_its_golden_files(exporter: Exporter, edition: Edition, regenerate_golden: bool) -> None:
    files = exporter.render(edition)
    if regenerate_golden:
        _write(GOLDEN / exporter.name, files)
    assert files == _golden_of(GOLDEN / exporter.name)


def test_renders_the_same_bytes_twice_and_leaves_the_edition_alone(exporter: Exporter, edition: Edition) -> None:
    before = pickle.dumps(edition.plan)
    first = exporter.render(edition)
    assert list(first.items()) == list(exporter.render(edition).items())
    assert pickle.dumps(edition.plan) == before


def test_paths_are_relative_sorted_and_stay_inside(exporter: Exporter, edition: Edition) -> None:
    paths = list(exporter.render(edition))
    assert paths == sorted(paths)
    assert not any(PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts for path in paths)


def test_no_two_formats_write_the_same_path(edition: Edition) -> None:
    paths = [path for exporter in FAMILY.values() for path in exporter.render(edition)]
    assert len(paths) == len({path.casefold() for path in paths})


def test_check_names_its_faults_sorted_and_once(exporter: Exporter, edition: Edition) -> None:
    faults = exporter.check(edition)
    assert list(faults) == sorted(set(faults))
