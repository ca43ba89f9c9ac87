"""What earlier weeks left over: the rule alone."""

from __future__ import annotations

import datetime as dt

import pytest

from rotation.company import Exemption
from rotation.plan import Case, Ledger
from rotation.rules import rules
from rotation.rules.fairness_debt import aims
from tests.tiny import person, policy, tiny_case, tiny_company, tiny_plan

RULE = rules()["fairness_debt"]
POINTS = policy(weights={"fairness_debt": 40})


def case(debt: int, hours: float = 40, **tables: object) -> Case:
    company = tiny_company(person("A", weekly_hours=hours), policy=POINTS, **tables)
    return tiny_case(company, ledger={"A": Ledger(debt)})


def points(week: Case, minutes: int) -> int:
    plan = tiny_plan(week, *([f"A Q wed 10:00+{minutes}"] if minutes else []))
    return RULE.judge(week, plan).points["fairness_debt"]


@pytest.mark.parametrize(
    ("debt", "at_least", "at_most"),
    [
        (0, 0, 12),
        (30, 9, 12),
        (29, 8, 12),
        (120, 12, 12),
        (600, 12, 12),
        (-30, 0, 11),
        (-29, 0, 11),
        (-120, 0, 8),
        (-600, 0, 8),
    ],
)
def test_aims_stay_inside_the_band(debt: int, at_least: int, at_most: int) -> None:
    assert aims(case(debt)) == [(at_least, at_most)]


def test_debt_left_costs_by_the_hour() -> None:
    week = case(60)
    assert [points(week, minutes) for minutes in (0, 240, 270, 300, 360)] == [200, 40, 20, 0, 0]


def test_credit_overdrawn_costs_by_the_hour() -> None:
    week = case(-60)
    assert [points(week, minutes) for minutes in (0, 240, 300, 330, 360)] == [0, 0, 0, 20, 40]


def test_without_a_ledger_nothing_costs() -> None:
    week = tiny_case(tiny_company(person("A"), policy=POINTS))
    assert [points(week, minutes) for minutes in (0, 240, 360)] == [0, 0, 0]


def test_whoever_does_not_take_part_need_not_pay_back_this_week() -> None:
    away = Exemption("A", "leave", "CEO", dt.date(2026, 12, 31))
    assert aims(case(120, exemptions=(away,))) == [(0, 0)]
    assert aims(case(-120, exemptions=(away,))) == [(0, 0)]


def test_nobody_and_nothing() -> None:
    week = tiny_case(tiny_company())
    assert RULE.judge(week, tiny_plan(week)).points == {"fairness_debt": 0}
