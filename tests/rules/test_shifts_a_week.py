"""Shifts a week: the rule alone."""

from __future__ import annotations

from rotation.rules import rules
from tests.tiny import person, policy, tiny_case, tiny_company, tiny_plan

RULE = rules()["shifts_a_week"]
COMPANY = tiny_company(person("A"), person("B"), policy=policy(shifts={"max_a_week": 2}))


def test_exactly_the_limit_is_allowed_one_more_clashes() -> None:
    case = tiny_case(COMPANY)
    two = ("A Q mon 09:00-10:00", "A Q tue 09:00-10:00")
    assert not RULE.judge(case, tiny_plan(case, *two, "B Q mon 09:00-10:00")).clashes
    (clash,) = RULE.judge(case, tiny_plan(case, *two, "A Q sun 09:00-10:00")).clashes
    assert clash.message == "A has 3 shifts, at most 2"


def test_nobody_and_nothing() -> None:
    case = tiny_case(tiny_company())
    assert RULE.judge(case, tiny_plan(case)).clashes == ()
