"""Points for small shifts: the rule alone."""

from __future__ import annotations

import pytest

from rotation.rules import rules
from tests.tiny import SPRING, person, policy, tiny_case, tiny_company, tiny_plan

RULE = rules()["small_shifts"]
COMPANY = tiny_company(
    person("A"), person("B"), policy=policy(shifts={"small_below_min": 120}, weights={"small_shift": 7})
)


@pytest.mark.parametrize(("minutes", "points"), [(30, 7), (90, 7), (120, 0), (150, 0)])
def test_exactly_small_below_min_is_free(minutes: int, points: int) -> None:
    case = tiny_case(COMPANY)
    assert RULE.judge(case, tiny_plan(case, f"A Q mon 10:00+{minutes}")).points == {"small_shift": points}


def test_each_small_shift_costs() -> None:
    case = tiny_case(COMPANY)
    plan = tiny_plan(case, "A Q mon 10:00-11:00", "A Q tue 10:00-11:00", "B Q mon 10:00-12:00", "B Q tue 10:00-11:30")
    assert RULE.judge(case, plan).points == {"small_shift": 21}


def test_a_limit_off_the_grid_takes_the_next_length() -> None:
    case = tiny_case(tiny_company(person("A"), policy=policy(shifts={"small_below_min": 100})))
    assert RULE.judge(case, tiny_plan(case, "A Q mon 10:00+90")).points == {"small_shift": 15}
    assert RULE.judge(case, tiny_plan(case, "A Q mon 10:00+120")).points == {"small_shift": 0}


def test_two_hours_on_the_clock_that_skips_one_are_small() -> None:
    case = tiny_case(COMPANY, SPRING)
    assert RULE.judge(case, tiny_plan(case, "A Q sun 01:00-03:00")).points == {"small_shift": 7}


def test_nobody_and_nothing() -> None:
    case = tiny_case(tiny_company())
    assert RULE.judge(case, tiny_plan(case)).points == {"small_shift": 0}
