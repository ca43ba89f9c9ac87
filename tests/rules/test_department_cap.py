"""A department lends no more than its cap: the rule alone."""

from __future__ import annotations

import datetime as dt

import pytest

from rotation.company import Department
from rotation.rules import rules
from rotation.rules.department_cap import caps
from tests.tiny import person, policy, tiny_case, tiny_company, tiny_plan

RULE = rules()["department_cap"]
FOUR = tuple(person(key) for key in "ABCE")


def test_half_of_four_is_two_and_a_third_clashes() -> None:
    case = tiny_case(tiny_company(*FOUR, policy=policy(departments={"max_away_pct": 50})))
    two = ("A Q mon 10:00-11:00", "B Q mon 10:00-11:00")
    assert not RULE.judge(case, tiny_plan(case, *two)).clashes
    (clash,) = RULE.judge(case, tiny_plan(case, *two, "C Q mon 10:30-11:30")).clashes
    assert clash.message == "D has 3 away Mon 2026-06-08 10:30-11:00 -07:00, at most 2"


@pytest.mark.parametrize(("pct", "cap"), [(1, 1), (25, 1), (26, 2), (50, 2), (51, 3), (100, 4)])
def test_the_share_is_rounded_up_and_at_least_one(pct: int, cap: int) -> None:
    company = tiny_company(*FOUR, departments=(Department("D", "D", max_away_pct=pct),))
    assert caps(tiny_case(company)) == {"D": cap}


def test_the_departments_own_share_goes_before_the_policys() -> None:
    company = tiny_company(
        *FOUR,
        departments=(Department("D", "D", max_away_pct=100),),
        policy=policy(departments={"max_away_pct": 1}),
    )
    assert caps(tiny_case(company)) == {"D": 4}


def test_only_those_employed_at_some_day_of_the_week_count() -> None:
    gone = person("G", ends_on=dt.date(2026, 6, 7))
    leaves = person("L", ends_on=dt.date(2026, 6, 8))
    begins = person("N", starts_on=dt.date(2026, 6, 14))
    later = person("M", starts_on=dt.date(2026, 6, 15))
    company = tiny_company(gone, leaves, begins, later, policy=policy(departments={"max_away_pct": 100}))
    assert caps(tiny_case(company)) == {"D": 2}


def test_a_department_without_people_still_has_a_cap() -> None:
    assert caps(tiny_case(tiny_company(departments=(Department("D", "D"),)))) == {"D": 1}


def test_departments_do_not_mix() -> None:
    company = tiny_company(person("A"), person("B", "X"), policy=policy(departments={"max_away_pct": 1}))
    case = tiny_case(company)
    assert not RULE.judge(case, tiny_plan(case, "A Q mon 10:00-11:00", "B Q mon 10:00-11:00")).clashes


def test_nobody_and_nothing() -> None:
    case = tiny_case(tiny_company())
    assert RULE.judge(case, tiny_plan(case)).clashes == ()
