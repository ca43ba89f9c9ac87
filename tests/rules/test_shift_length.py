"""Shortest and longest shift: the rule alone."""

from __future__ import annotations

import pytest

from rotation.rules import rules
from tests.tiny import AUTUMN, SPRING, person, policy, tiny_case, tiny_company, tiny_plan

RULE = rules()["shift_length"]
COMPANY = tiny_company(person("A"), policy=policy(shifts={"min_length_min": 60, "max_length_min": 120}))


@pytest.mark.parametrize(("minutes", "clashes"), [(30, 1), (60, 0), (90, 0), (120, 0), (150, 1)])
def test_both_edges(minutes: int, clashes: int) -> None:
    case = tiny_case(COMPANY)
    assert len(RULE.judge(case, tiny_plan(case, f"A Q mon 10:00+{minutes}")).clashes) == clashes


def test_the_message_names_person_time_and_limits() -> None:
    case = tiny_case(COMPANY)
    (clash,) = RULE.judge(case, tiny_plan(case, "A Q mon 10:00-10:30")).clashes
    assert clash.message == "A Mon 2026-06-08 10:00-10:30 -07:00: 30 min is not between 60 and 120 min"


def test_length_is_time_that_passes_not_time_on_the_clock() -> None:
    autumn, spring = tiny_case(COMPANY, AUTUMN), tiny_case(COMPANY, SPRING)
    # Two hours on the clock are three in autumn; an hour and a half on the clock is half an hour in spring.
    assert len(RULE.judge(autumn, tiny_plan(autumn, "A Q sun 00:30-02:30")).clashes) == 1
    assert len(RULE.judge(spring, tiny_plan(spring, "A Q sun 01:30-03:00")).clashes) == 1
    assert not RULE.judge(spring, tiny_plan(spring, "A Q sun 01:30-03:30")).clashes


def test_nobody_and_nothing() -> None:
    case = tiny_case(tiny_company())
    assert RULE.judge(case, tiny_plan(case)).clashes == ()
