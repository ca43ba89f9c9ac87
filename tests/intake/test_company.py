"""A company folder becomes one company: zones filled in, days made instants, holidays and digests added."""

import datetime as dt
import hashlib
import shutil
from pathlib import Path

import pytest

from rotation.company import Policy
from rotation.errors import InputFaults
from rotation.intake import Intake, read_all, read_company

BASE = Path(__file__).parent.parent / "cases" / "_base"
WINDOW = (dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC), dt.datetime(2026, 3, 9, 7, tzinfo=dt.UTC))


def utc(day: int, hour: int, minute: int = 0, month: int = 3) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=dt.UTC)


def read(folder: Path, **files: str) -> Intake:
    """The base company with further tables."""
    shutil.copytree(BASE, folder)
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return read_all(folder, folder / "rotation.toml", window=WINDOW)


def test_an_empty_zone_is_the_sites(tmp_path: Path) -> None:
    company = read(tmp_path / "c").company
    assert [row.timezone for row in company.employees[:2]] == ["America/Los_Angeles", "America/Denver"]


def test_a_date_is_the_whole_day_of_the_persons_own_clock(tmp_path: Path) -> None:
    rows = "employee_id,start,end\nE1,2026-03-08,2026-03-08\nE2,2026-03-04,2026-03-05\n"
    rows += "E3,2026-03-04,2026-03-04T12:00-08:00\n"
    absences = read(tmp_path / "c", absences=rows).company.absences
    assert [(row.start, row.end) for row in absences] == [
        (utc(8, 8), utc(9, 7)),
        (utc(4, 7), utc(6, 7)),
        (utc(4, 8), utc(4, 20)),
    ]


def test_instants_become_utc_whatever_their_offset(tmp_path: Path) -> None:
    rows = "employee_id,queue_id,start,end\nE1,repair,2026-03-02T18:00+01:00,2026-03-02T20:00+0100\n"
    pin = read(tmp_path / "c", pins=rows).company.pins[0]
    assert (pin.start, pin.end) == (utc(2, 17), utc(2, 19))
    assert pin.start.tzinfo is dt.UTC


def test_single_calls_are_added_up_to_intervals(tmp_path: Path) -> None:
    rows = (
        "queue_id,start,wait_s,answered\nrepair,2026-02-02T08:29:59-08:00,40,0\nrepair,2026-02-02T08:01:10-08:00,12,1\n"
        "billing,2026-02-02T08:30-08:00,,\n"
    )
    billing, repair = read(tmp_path / "c", call_history=rows).company.call_history
    assert (repair.start, repair.offered, repair.wait_s, repair.answered) == (utc(2, 16, month=2), 2.0, 52.0, 1.0)
    assert (billing.start, billing.offered, billing.wait_s) == (utc(2, 16, 30, month=2), 1.0, None)


def test_holidays_are_there_for_every_region_and_year_in_use(tmp_path: Path) -> None:
    company = read(tmp_path / "c").company
    assert set(company.holidays) == {"US-CA", "US-CO"}
    assert "Chavez" in str(company.holiday_name(company.employees[0], dt.date(2026, 3, 31)))
    assert company.holiday_name(company.employees[1], dt.date(2026, 7, 4)) == "Independence Day"
    assert company.holiday_name(company.employees[1], dt.date(2026, 3, 3)) is None


def test_every_file_that_was_read_has_its_digest(tmp_path: Path) -> None:
    company = read(tmp_path / "c").company
    for name in ("employees.csv", "rotation.toml"):
        assert company.digests[name] == hashlib.sha256((BASE / name).read_bytes()).hexdigest()
    assert len(company.digests) == 8


def test_without_a_window_calendars_are_checked_but_not_expanded(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path / "c")
    (tmp_path / "c" / "calendars").mkdir()
    path = tmp_path / "c" / "calendars" / "E1.ics"
    event = "BEGIN:VEVENT\nUID:a\nDTSTART:20260228T170000Z\nDURATION:PT1H\nEND:VEVENT\n"
    path.write_text(f"BEGIN:VCALENDAR\n{event}END:VCALENDAR\n", encoding="utf-8")
    assert read_company(tmp_path / "c", Policy()).company.busy_times == ()
    assert len(read_company(tmp_path / "c", Policy(), window=WINDOW).company.busy_times) == 1
    path.write_text("gone", encoding="utf-8")
    with pytest.raises(InputFaults, match=r"calendars/E1\.ics"):
        read_company(tmp_path / "c", Policy())


def test_a_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(InputFaults, match="is not a folder"):
        read_company(tmp_path / "nowhere", Policy())


def test_a_table_that_is_a_folder_is_a_fault(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path / "c")
    (tmp_path / "c" / "pins.csv").mkdir()
    with pytest.raises(InputFaults, match=r"pins\.csv: cannot be read"):
        read_company(tmp_path / "c", Policy())
