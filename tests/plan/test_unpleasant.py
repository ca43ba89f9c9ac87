"""Unpleasant hours on the own clock."""

from __future__ import annotations

import datetime as dt

import pytest

from rotation.company import Employee
from rotation.plan.unpleasant import is_unpleasant, unpleasant_minutes
from tests.tiny import AUTUMN, DENVER, SPRING, at, person, tiny_case, tiny_company

HERE, THERE = person("A"), person("D", timezone=DENVER)
HOLIDAY = {"US": {dt.date(2026, 6, 9): "Founders' Day"}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-06-08T06:59", True),
        ("2026-06-08T07:00", False),
        ("2026-06-08T17:59", False),
        ("2026-06-08T18:00", True),
        ("2026-06-12T15:59", False),
        ("2026-06-12T16:00", True),
        ("2026-06-13T12:00", True),
        ("2026-06-14T23:59", True),
        ("2026-06-15T00:00", True),
    ],
)
@pytest.mark.parametrize("employee", [HERE, THERE])
def test_default_spans_to_the_minute(employee: Employee, text: str, expected: bool) -> None:
    case = tiny_case(tiny_company(HERE, THERE))
    assert is_unpleasant(case, employee, at(text, employee.timezone)) == expected


def test_a_holiday_is_unpleasant_from_midnight_to_midnight_of_the_own_clock() -> None:
    employee = person("D", timezone=DENVER, region="US")
    case = tiny_case(tiny_company(employee, holidays=HOLIDAY))
    assert is_unpleasant(case, employee, at("2026-06-09T12:00", DENVER))
    assert not is_unpleasant(case, employee, at("2026-06-10T12:00", DENVER))
    assert not is_unpleasant(case, HERE, at("2026-06-09T12:00"))


def test_minutes_are_counted_by_whole_intervals() -> None:
    case = tiny_case(tiny_company(HERE))
    assert unpleasant_minutes(case, HERE, at("2026-06-08T16:00"), at("2026-06-08T19:00")) == 60
    assert unpleasant_minutes(case, HERE, at("2026-06-08T16:00"), at("2026-06-08T16:00")) == 0


@pytest.mark.parametrize(("week", "day", "minutes"), [(SPRING, "2026-03-08", 23 * 60), (AUTUMN, "2026-11-01", 25 * 60)])
def test_a_sunday_of_a_clock_change_has_its_real_hours(week: str, day: str, minutes: int) -> None:
    case = tiny_case(tiny_company(HERE), week)
    start = at(f"{day}T00:00")
    end = at((dt.date.fromisoformat(day) + dt.timedelta(days=1)).isoformat() + "T00:00")
    assert unpleasant_minutes(case, HERE, start, end) == minutes
