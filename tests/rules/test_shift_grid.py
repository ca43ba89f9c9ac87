"""Starts on round times of the site's clock, inside the week: the rule alone."""

from __future__ import annotations

import pytest

from rotation.rules import rules
from tests.tiny import AUTUMN, SPRING, person, policy, tiny_case, tiny_company, tiny_plan

RULE = rules()["shift_grid"]
HOURLY = tiny_company(person("A"), policy=policy(shifts={"start_grid_min": 60}))


def clashes(week: str, shift: str) -> int:
    case = tiny_case(HOURLY, week)
    return len(RULE.judge(case, tiny_plan(case, shift)).clashes)


@pytest.mark.parametrize(
    ("shift", "expected"),
    [
        ("A Q mon 10:00+60", 0),
        ("A Q mon 10:00+90", 0),
        ("A Q mon 10:30+60", 1),
        ("A Q mon 10:10+50", 1),
        ("A Q mon 10:00+75", 1),
    ],
)
def test_start_on_the_hour_end_on_the_grid(shift: str, expected: int) -> None:
    assert clashes("2026-W24", shift) == expected


@pytest.mark.parametrize(
    ("shift", "expected"),
    [
        ("A Q mon 00:00+60", 0),
        ("A Q sun 23:00+60", 0),
        ("A Q mon-1 23:00+120", 1),
        ("A Q sun 23:00+90", 1),
        ("A Q sun+1 00:00+60", 1),
    ],
)
@pytest.mark.parametrize("week", ["2026-W24", SPRING, AUTUMN])
def test_a_shift_stays_inside_the_week(week: str, shift: str, expected: int) -> None:
    assert clashes(week, shift) == expected


def test_the_grid_follows_the_clock_over_a_change() -> None:
    assert clashes(SPRING, "A Q sun 03:00+60") == 0
    assert clashes(AUTUMN, "A Q sun 02:00+60") == 0


def test_the_message() -> None:
    case = tiny_case(HOURLY)
    (clash,) = RULE.judge(case, tiny_plan(case, "A Q mon 10:30-11:30")).clashes
    assert clash.message == "A Mon 2026-06-08 10:30-11:30 -07:00: off the grid or outside the week"


def test_an_hourly_grid_after_a_half_hour_change_is_still_the_clocks() -> None:
    company = tiny_company(
        person("A", timezone="Australia/Lord_Howe"),
        policy=policy(site={"timezone": "Australia/Lord_Howe"}, shifts={"start_grid_min": 60}),
    )
    case = tiny_case(company, "2026-W40")
    # At 02:00 the clock goes to 02:30: from then on whole hours lie half an hour off the week's first ones.
    assert not RULE.judge(case, tiny_plan(case, "A Q sun 03:00+60")).clashes
    assert len(RULE.judge(case, tiny_plan(case, "A Q sun 02:30+60")).clashes) == 1


def test_nobody_and_nothing() -> None:
    case = tiny_case(tiny_company())
    assert RULE.judge(case, tiny_plan(case)).clashes == ()
