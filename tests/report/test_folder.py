from __future__ import annotations

import json
from pathlib import Path

import pytest

from rotation.errors import InputFaults
from rotation.exporters import coverage_csv, participation_csv, plan_csv, plan_json
from rotation.report.folder import read_folder
from rotation.report.headline import headline
from rotation.report.rows import coverage_rows
from tests.report.autumn_week import edition

EXPORTERS = (coverage_csv, participation_csv, plan_csv, plan_json)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for module in EXPORTERS:
        for name, content in module.EXPORTER.render(edition()).items():
            (tmp_path / name).write_bytes(content)
    return tmp_path


def record(week: str, zone: str) -> bytes:
    rest = {"interval_min": 30, "status": "", "objective": 1, "lower_bound": 1, "gap": 0}
    return json.dumps({"week": week, "timezone": zone, **rest}).encode()


def faults(folder: Path) -> list[str]:
    with pytest.raises(InputFaults) as caught:
        read_folder(folder)
    return [str(fault) for fault in caught.value.faults]


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


def test_what_was_written_reads_back_as_the_edition(folder: Path) -> None:
    written, made = read_folder(folder), edition()
    assert written.headline() == headline(made)
    assert written.coverage == coverage_rows(made)
    assert [(row.shift_id, row.minutes) for row in written.shifts] == [
        (s.shift_id, s.minutes) for s in made.plan.shifts
    ]
    assert [(row.employee_id, row.minutes, row.status, row.reason) for row in written.participation] == [
        (row.employee_id, row.minutes, row.status, row.reason) for row in made.participation
    ]


def test_both_repeated_hours_stay_apart(folder: Path) -> None:
    starts = [row.start for row in read_folder(folder).coverage if row.queue_id == "night"]
    assert len(starts) == 338
    assert len({start.isoformat() for start in starts}) == 338
    assert sum(start.fold for start in starts) == 2


def test_a_shift_through_the_repeated_hour_has_its_true_length(folder: Path) -> None:
    assert {row.shift_id: row.minutes for row in read_folder(folder).shifts}["E1-20261101T0730Z"] == 150


def test_ids_that_look_like_missing_values_stay_texts(folder: Path) -> None:
    for name in ("plan.csv", "participation.csv"):
        path = folder / name
        path.write_text(path.read_text("utf-8").replace("E1,", "NA,").replace("E5,", "007,"), "utf-8")
    ids = {row.employee_id for row in read_folder(folder).participation}
    assert {"NA", "007"} <= ids


def test_a_folder_by_the_contract_alone_is_enough(folder: Path) -> None:
    lines = (folder / "coverage.csv").read_text("utf-8").splitlines()
    (folder / "coverage.csv").write_text("\n".join(line.rpartition(",")[0] for line in lines), "utf-8")
    assert sum(row.is_open for row in read_folder(folder).coverage) == edition().case.is_open.sum()


def test_no_folder_and_an_empty_folder_say_what_is_missing(tmp_path: Path) -> None:
    assert "is no folder" in faults(tmp_path / "nowhere")[0]
    assert [text.partition(":")[0] for text in faults(tmp_path)] == sorted(
        ["plan.json", "plan.csv", "coverage.csv", "participation.csv"]
    )


def test_every_damage_is_told_at_once_with_its_place(folder: Path) -> None:
    edit(folder / "coverage.csv", "2026-10-26T00:30:00-07:00", "2026-10-26T00:30:00")
    edit(folder / "participation.csv", "E1,240,360,", "E1,240,x,")
    edit(folder / "plan.csv", "2026-10-26T11:00:00-07:00", "2026-10-26T08:00:00-07:00")
    document = json.loads((folder / "plan.json").read_text("utf-8"))
    del document["gap"]
    (folder / "plan.json").write_text(json.dumps(document | {"interval_min": 7, "points": {"a": "b"}}), "utf-8")
    told = faults(folder)
    assert len(told) == 6
    assert told[0].startswith("coverage.csv, row 3, column start: '2026-10-26T00:30:00' is not an instant")
    assert told[1].startswith("participation.csv, row 2, column band_max: 'x'")
    assert "column end" in told[2] and "is not after start" in told[2]
    assert {"column gap", "column interval_min", "column points"} == {
        text.split(", ")[1].partition(":")[0] for text in told[3:]
    }


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.csv", b""),
        ("plan.csv", b"\xff\xfe\x00"),
        ("plan.csv", b'a,b\n"1,2\n'),
        ("plan.csv", b"shift_id,employee_id\n1,2\n"),
        ("coverage.csv", b"a,b\n1,2,3\n4,5,6\n"),
        ("coverage.csv", b"queue_id,start,required,core,assigned,shortage,surplus\nq\n"),
        ("participation.csv", b"employee_id,band_min,band_max,minutes,debt_minutes,status,reason\nE1,-5,1e9,,x,,\n"),
        ("plan.json", b"{"),
        ("plan.json", b"[1]"),
        ("plan.json", b"\xff"),
        ("plan.json", b"[" * 100_000),
        (
            "plan.json",
            record("2026-W99", "UTC"),
        ),
        (
            "plan.json",
            record("2026-W40", "../etc"),
        ),
    ],
)
def test_damaged_files_are_faults_and_never_crashes(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    assert all(text.startswith(name) for text in faults(folder))
