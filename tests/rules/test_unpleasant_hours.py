"""Evenings, weekends and holidays: the rule alone."""

from __future__ import annotations

import datetime as dt

import pytest

from rotation.company import Exemption
from rotation.plan import Case, Ledger
from rotation.rules import rules
from rotation.rules.unpleasant_hours import factors
from tests.tiny import AUTUMN, DENVER, WEEK, person, policy, tiny_case, tiny_company, tiny_plan

RULE = rules()["unpleasant_hours"]
EVENINGS = policy(
    weights={"unpleasant": 24}, unpleasant=[{"weekdays": ["mon", "sun"], "start": "18:00", "end": "24:00"}]
)
PEOPLE = (person("A"), person("B"), person("D", timezone=DENVER))


def case(ledger: dict[str, int] | None = None, week: str = WEEK, **tables: object) -> Case:
    company = tiny_company(*PEOPLE, policy=EVENINGS, **tables)
    return tiny_case(company, week, ledger={key: Ledger(0, minutes) for key, minutes in (ledger or {}).items()})


def points(week: Case, *shifts: str) -> int:
    return RULE.judge(week, tiny_plan(week, *shifts)).points["unpleasant"]


def test_only_unpleasant_intervals_cost() -> None:
    assert points(case(), "A Q mon 16:00-18:00") == 0
    assert points(case(), "A Q mon 17:30-19:00") == 24
    assert points(case(), "A Q mon 23:00+90") == 24
    assert points(case(), "A Q tue 18:00-20:00") == 0


def test_the_evening_is_that_of_the_own_clock() -> None:
    assert points(case(), "D Q mon 16:30-18:30") == 24 + 12
    assert points(case(), "D Q mon 23:00-24:00") == 0


@pytest.mark.parametrize(
    ("minutes", "factor"), [(0, 1), (59, 1), (60, 2), (119, 2), (120, 3), (299, 5), (300, 6), (6000, 6)]
)
def test_dearer_by_each_whole_hour_above_the_least_burdened_up_to_five(minutes: int, factor: int) -> None:
    week = case({"A": 500 + minutes, "B": 500, "D": 700})
    assert factors(week)[:2] == [factor, 1]
    assert points(week, "A Q mon 18:00-19:00") == 24 * factor


def test_whoever_does_not_take_part_is_not_the_least_burdened() -> None:
    away = Exemption("B", "leave", "CEO", dt.date(2026, 12, 31))
    week = case({"A": 600, "B": 0, "D": 600}, exemptions=(away,))
    assert factors(week) == [1, 1, 1]


def test_public_holidays_are_unpleasant_all_day_for_those_who_have_them() -> None:
    holiday = {"US": {dt.date(2026, 6, 10): "Founders' Day"}}
    people = (person("A", region="US"), person("B", region="CA"))
    company = tiny_company(*people, policy=EVENINGS, holidays=holiday)
    week = tiny_case(company)
    assert points(week, "A Q wed 10:00-11:00") == 24
    assert points(week, "B Q wed 10:00-11:00") == 0


def test_the_hour_that_comes_twice_counts_twice() -> None:
    nights = policy(weights={"unpleasant": 24}, unpleasant=[{"weekdays": ["sun"], "start": "01:00", "end": "02:00"}])
    week = tiny_case(tiny_company(person("A"), policy=nights), AUTUMN)
    assert points(week, "A Q sun 00:00+240") == 48


def test_nobody_and_nothing() -> None:
    week = tiny_case(tiny_company())
    assert RULE.judge(week, tiny_plan(week)).points == {"unpleasant": 0}
    assert factors(week) == []
