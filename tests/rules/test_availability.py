"""Work pattern, holidays, absences and busy times: the rule alone."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from rotation.company import Absence, BusyTime, Employee, WorkPattern, WorkSpan
from rotation.plan import Case
from rotation.rules import rules
from tests.tiny import AUTUMN, DENVER, SPRING, WEEK, at, person, policy, tiny_case, tiny_company, tiny_plan

RULE = rules()["availability"]
MONDAY = dt.date(2026, 6, 8)


def causes(case: Case, *shifts: str) -> list[str]:
    """What follows the person and the time in each message."""
    return [clash.message.split(": ", 1)[1] for clash in RULE.judge(case, tiny_plan(case, *shifts)).clashes]


def week_of(employee: Employee, week: str = WEEK, **tables: object) -> Case:
    return tiny_case(tiny_company(employee, **tables), week)


def patterned(*spans: WorkSpan) -> dict[str, object]:
    return {"work_patterns": {"p": WorkPattern("p", spans)}}


@pytest.mark.parametrize(
    ("shift", "clashes"),
    [
        ("A Q mon 08:00-10:00", 0),
        ("A Q mon 15:00-17:00", 0),
        ("A Q mon 07:30-09:00", 1),
        ("A Q mon 16:00-17:30", 1),
        ("A Q sat 10:00-11:00", 1),
    ],
)
def test_a_shift_lies_inside_the_pattern(shift: str, clashes: int) -> None:
    case = week_of(person("A", work_pattern_id="office"))
    assert causes(case, shift) == ["outside the work pattern"] * clashes


def test_the_message_names_person_and_time() -> None:
    case = week_of(person("A", work_pattern_id="office"))
    (clash,) = RULE.judge(case, tiny_plan(case, "A Q mon 07:30-09:00")).clashes
    assert clash.message == "A Mon 2026-06-08 07:30-09:00 -07:00: outside the work pattern"


def test_the_pattern_is_on_the_persons_own_clock() -> None:
    case = week_of(person("A", work_pattern_id="office", timezone=DENVER))
    assert causes(case, "A Q mon 07:00-08:00", "A Q mon 15:00-16:00") == []
    assert causes(case, "A Q mon 16:00-17:00") == ["outside the work pattern"]


def test_spans_that_touch_are_one_also_over_midnight() -> None:
    spans = WorkSpan(0, 600, 720), WorkSpan(0, 720, 840), WorkSpan(1, 1200, 1440), WorkSpan(2, 0, 120)
    case = week_of(person("A", work_pattern_id="p"), **patterned(*spans))
    assert causes(case, "A Q mon 11:00-13:00", "A Q tue 23:00+120") == []
    assert causes(case, "A Q wed 01:30-02:30") == ["outside the work pattern"]


def test_a_gap_in_the_pattern_is_a_break() -> None:
    case = week_of(person("A", work_pattern_id="p"), **patterned(WorkSpan(0, 600, 720), WorkSpan(0, 780, 840)))
    assert causes(case, "A Q mon 11:00-12:00", "A Q mon 13:00-14:00") == []
    assert causes(case, "A Q mon 11:30-13:30") == ["outside the work pattern"]


def test_the_pattern_over_clock_changes() -> None:
    night = patterned(WorkSpan(6, 0, 180))
    autumn, spring = (week_of(person("A", work_pattern_id="p"), week, **night) for week in (AUTUMN, SPRING))
    assert causes(autumn, "A Q sun 00:00+240") == []
    assert causes(autumn, "A Q sun 00:00+270") == ["outside the work pattern"]
    assert causes(spring, "A Q sun 00:00+120") == []
    assert causes(spring, "A Q sun 00:00+150") == ["outside the work pattern"]


@pytest.mark.parametrize(
    ("shift", "found"),
    [
        ("A Q mon 09:00-10:00", []),
        ("A Q mon 09:30-10:30", ["absent dentist"]),
        ("A Q mon 10:00-10:30", ["absent dentist"]),
        ("A Q mon 11:00-11:30", ["absent dentist"]),
        ("A Q mon 11:30-12:00", []),
    ],
)
def test_an_absence_takes_every_shift_that_it_touches(shift: str, found: list[str]) -> None:
    away = Absence("A", at("2026-06-08T10:00"), at("2026-06-08T11:10"), "dentist")
    assert causes(week_of(person("A"), absences=(away,)), shift) == found


def test_an_absence_without_a_reason() -> None:
    away = Absence("A", at("2026-06-08T10:00"), at("2026-06-08T11:00"))
    assert causes(week_of(person("A"), absences=(away,)), "A Q mon 10:00-11:00") == ["absent"]


@pytest.mark.parametrize(
    ("shift", "clashes"),
    [
        ("A Q mon 08:45-09:45", 0),
        ("A Q mon 09:00-10:00", 1),
        ("A Q mon 11:00-12:00", 1),
        ("A Q mon 11:15-12:15", 0),
    ],
)
def test_the_buffer_is_kept_to_the_minute_on_both_sides(shift: str, clashes: int) -> None:
    meeting = BusyTime("A", at("2026-06-08T10:00"), at("2026-06-08T11:00"))
    case = week_of(person("A"), busy_times=(meeting,), policy=policy(site={"interval_min": 15}))
    assert causes(case, shift) == ["busy Mon 2026-06-08 10:00-11:00 -07:00"] * clashes


def test_another_persons_meeting_does_not_matter() -> None:
    meeting = BusyTime("B", at("2026-06-08T10:00"), at("2026-06-08T11:00"))
    case = tiny_case(tiny_company(person("A"), person("B"), busy_times=(meeting,)))
    assert causes(case, "A Q mon 10:00-11:00") == []


def test_holidays_are_those_of_the_own_region_and_the_own_date() -> None:
    people = person("A"), person("D", region="US-CO", timezone=DENVER)
    holidays = {"US-CO": {MONDAY: "Colorado Day"}}
    case = tiny_case(tiny_company(*people, holidays=holidays))
    assert causes(case, "A Q mon 10:00-11:00") == []
    assert causes(case, "D Q mon 10:00-11:00") == ["public holiday Colorado Day"]
    # 23:00 on Monday in Los Angeles is Tuesday in Denver.
    assert causes(case, "D Q mon 23:00-23:30") == []
    working = policy(availability={"work_on_holidays": True})
    assert causes(tiny_case(tiny_company(*people, holidays=holidays, policy=working)), "D Q mon 10:00-11:00") == []


def test_a_shift_into_a_holiday_clashes() -> None:
    case = week_of(person("A", region="US"), holidays={"US": {dt.date(2026, 6, 9): "Tuesday"}})
    assert causes(case, "A Q mon 23:00-24:00") == []
    assert "public holiday Tuesday" in causes(case, "A Q mon 23:00+90")


def test_first_and_last_day_of_employment() -> None:
    case = week_of(person("A", starts_on=dt.date(2026, 6, 9), ends_on=dt.date(2026, 6, 10)))
    assert causes(case, "A Q tue 00:00-01:00", "A Q wed 23:00-24:00") == []
    assert causes(case, "A Q mon 22:00-24:00") == ["not employed on 2026-06-08"]
    assert causes(case, "A Q mon 23:30+60") == ["not employed on 2026-06-08"]
    assert causes(case, "A Q wed 23:30+60") == ["not employed on 2026-06-11"]


def test_every_cause_is_told() -> None:
    away = Absence("A", at("2026-06-13T10:00"), at("2026-06-13T11:00"), "ill")
    meeting = BusyTime("A", at("2026-06-13T10:00"), at("2026-06-13T11:00"))
    case = week_of(person("A", work_pattern_id="office"), absences=(away,), busy_times=(meeting,))
    assert len(causes(case, "A Q sat 10:00-11:00")) == 3


def test_nobody_and_nothing() -> None:
    case = tiny_case(tiny_company())
    assert RULE.judge(case, tiny_plan(case)).clashes == ()


def test_an_interval_over_midnight_of_a_zone_off_the_grid_is_working_time() -> None:
    """Kathmandu is 05:45 ahead of UTC: half-hours of the site straddle its midnight."""
    night = WorkPattern("p", (WorkSpan(0, 1320, 1440), WorkSpan(1, 0, 120)))
    employee = person("A", work_pattern_id="p", timezone="Asia/Kathmandu")
    case = tiny_case(tiny_company(employee, work_patterns={"p": night}))
    first, last = (
        case.horizon.ceil(at("2026-06-08T22:00", "Asia/Kathmandu")),
        case.horizon.floor(at("2026-06-09T02:00", "Asia/Kathmandu")),
    )
    assert causes(case, f"A Q mon {case.horizon.local(first):%H:%M}+{(last - first) * 30}") == []
    (unavailable,) = RULE.declare(case)
    assert np.flatnonzero(~unavailable.cells[0]).tolist() == list(range(first, last))
