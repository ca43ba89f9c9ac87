"""``rotation conflicts``: what came into calendars after the release, and nothing else."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from click.testing import Result

from rotation.store import Store
from tests.cli.company_folder import run, write_company
from tests.store.test_releases import add
from tests.store.weeks import BEFORE, FIRST

EVENT = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:{uid}\nDTSTART:20261130T{start}00Z\nDTEND:20261130T{end}00Z\n"
    "END:VEVENT\nEND:VCALENDAR\n"
)


class Office:
    def __init__(self, folder: Path) -> None:
        self.company = write_company(folder / "company")
        self.policy, self.place = folder / "rotation.toml", str(folder / "store.sqlite")
        (self.company / "calendars").mkdir()
        with Store.open(self.place) as store:
            add(store, *FIRST)

    def meets(self, start: str, end: str, uid: str = "meeting", employee: str = "E1") -> None:
        (self.company / "calendars" / f"{employee}.ics").write_text(EVENT.format(uid=uid, start=start, end=end))

    def conflicts(self, *more: str) -> Result:
        return run(
            "conflicts", "--company", str(self.company), "--config", str(self.policy), "--store", self.place, *more
        )


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int((BEFORE + dt.timedelta(hours=2)).timestamp())))
    return Office(tmp_path)


def test_without_calendars_nothing_collides(office: Office) -> None:
    result = office.conflicts()
    assert result.exit_code == 0 and "no released shift newly collides" in result.output


# Monday 08:00 to 10:00 in Los Angeles is 16:00 to 18:00 in UTC.
@pytest.mark.parametrize(
    ("start", "end", "collides"),
    [
        ("1630", "1700", True),
        ("1800", "1900", True),
        ("1814", "1900", True),
        ("1815", "1900", False),
        ("1500", "1545", False),
    ],
)
def test_a_meeting_that_came_later_collides_with_its_buffer(
    office: Office, start: str, end: str, collides: bool
) -> None:
    office.meets(start, end)
    result = office.conflicts()
    assert result.exit_code == (3 if collides else 0), result.output
    assert ("E1" in result.output and "new" in result.output) if collides else "no released shift" in result.output


def test_the_own_shift_in_the_own_calendar_is_no_conflict(office: Office) -> None:
    office.meets("1600", "1800", uid="E1-20261130T1600Z@rotation")
    assert office.conflicts().exit_code == 0


def test_what_is_over_is_no_conflict(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.meets("1630", "1700")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int((BEFORE + dt.timedelta(days=30)).timestamp())))
    assert office.conflicts().exit_code == 0


def test_a_calendar_that_cannot_be_read_is_an_error(office: Office) -> None:
    (office.company / "calendars" / "E1.ics").write_text("<html>")
    assert office.conflicts().exit_code == 2
