"""Promised shifts that are kept, and the price of those that are not: the rule alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from rotation.plan import Case, Published
from rotation.rules import rules
from rotation.solve.instance import compile_instance
from tests.rules.declared import points_of
from tests.tiny import at, person, policy, tiny_case, tiny_company, tiny_plan

RULE = rules()["change"]
NOW = at("2026-06-01T09:00")
WEIGHT = 60


def case(now: dt.datetime = NOW, freeze_h: float = 0, *promised: str) -> Case:
    week = tiny_case(tiny_company(person("A"), person("B"), policy=policy(weights={"change": WEIGHT})))
    plan = tiny_plan(week, *(promised or ("A Q tue 10:00-11:00", "B Q fri 10:00-11:00")))
    return replace(week, published=Published.at(plan.shifts, now, freeze_h))


@pytest.mark.parametrize(
    ("now", "times"),
    [
        ("2026-06-01T09:00", 1),
        ("2026-06-02T10:00", 1),
        ("2026-06-02T10:01", 2),
        ("2026-06-08T10:00", 7),
        ("2026-06-08T10:01", 8),
        ("2026-06-09T09:59", 8),
    ],
)
def test_a_change_is_the_dearer_the_nearer_the_shift(now: str, times: int) -> None:
    week = case(at(now), 0, "A Q tue 10:00-11:00")
    assert RULE.judge(week, tiny_plan(week)).points == {"change": WEIGHT * times}
    assert RULE.judge(week, tiny_plan(week, "A Q tue 10:00-11:00")).points == {"change": 0}


@pytest.mark.parametrize("shift", ["A Q tue 10:00-11:30", "A Q tue 10:30-11:30", "B Q tue 10:00-11:00"])
def test_only_exactly_the_promise_keeps_it(shift: str) -> None:
    week = case(NOW, 0, "A Q tue 10:00-11:00")
    assert RULE.judge(week, tiny_plan(week, shift)).points == {"change": WEIGHT}


def test_shifts_inside_the_freeze_window_are_for_pins_to_keep() -> None:
    week = case(at("2026-06-08T10:00"), 48)
    assert RULE.judge(week, tiny_plan(week)).points == {"change": 4 * WEIGHT}


def test_a_week_without_a_release_has_nothing_to_change() -> None:
    week = replace(case(), published=None)
    assert list(RULE.declare(week)) == [] and RULE.judge(week, tiny_plan(week)).points == {"change": 0}


def test_whoever_has_left_costs_nothing() -> None:
    week = case()
    gone = tiny_company(person("B"), policy=policy(weights={"change": WEIGHT}))
    week = replace(week, company=gone)
    assert RULE.judge(week, tiny_plan(week)).points == {"change": WEIGHT}


@pytest.mark.parametrize("shifts", [(), ("A Q tue 10:00-11:00",), ("A Q tue 10:00-11:00", "B Q fri 10:00-11:30")])
@pytest.mark.parametrize("freeze_h", [0, 100])
def test_declaration_and_witness_agree(shifts: tuple[str, ...], freeze_h: float) -> None:
    week = case(at("2026-06-07T10:00"), freeze_h)
    instance = compile_instance(week, {"change": RULE})
    plan = tiny_plan(week, *shifts)
    assert points_of(week, instance, plan) == RULE.judge(week, plan).points["change"]
