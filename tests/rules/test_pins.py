"""Promised shifts: the rule alone."""

from __future__ import annotations

import pytest

from rotation.company import Pin, Queue
from rotation.plan import Case, Plan
from rotation.rules import rules
from rotation.rules.pins import BROKEN_PROMISE
from tests.tiny import AUTUMN, at, person, tiny_case, tiny_company, tiny_plan

RULE = rules()["pins"]
QUEUES = (Queue("Q", "Q", 300), Queue("R", "R", 300))
PROMISED = Pin("A", "Q", at("2026-06-08T10:00"), at("2026-06-08T11:00"))


def case(*pins: Pin, week: str = "2026-W24") -> Case:
    return tiny_case(tiny_company(person("A"), person("B"), queues=QUEUES, pins=pins), week)


def test_a_kept_promise_is_free() -> None:
    week = case(PROMISED)
    verdict = RULE.judge(week, tiny_plan(week, "A Q mon 10:00-11:00", "B Q mon 10:00-11:00"))
    assert (verdict.clashes, verdict.points) == ((), {"pins": 0})


@pytest.mark.parametrize(
    "shift",
    [
        "A R mon 10:00-11:00",
        "B Q mon 10:00-11:00",
        "A Q mon 10:00-11:30",
        "A Q mon 09:30-11:00",
        "A Q mon 10:30-11:30",
        "A Q tue 10:00-11:00",
    ],
)
def test_anything_but_exactly_the_promise_breaks_it(shift: str) -> None:
    week = case(PROMISED)
    verdict = RULE.judge(week, tiny_plan(week, shift))
    assert [clash.message for clash in verdict.clashes] == ["A was promised Q Mon 2026-06-08 10:00-11:00 -07:00"]
    assert verdict.points == {"pins": BROKEN_PROMISE}


def test_each_broken_promise_costs() -> None:
    week = case(PROMISED, Pin("B", "R", at("2026-06-09T10:00"), at("2026-06-09T11:00")))
    assert RULE.judge(week, tiny_plan(week)).points == {"pins": 2 * BROKEN_PROMISE}


def test_promises_of_other_weeks_are_not_asked_for() -> None:
    before = Pin("A", "Q", at("2026-06-07T23:30"), at("2026-06-08T00:30"))
    after = Pin("A", "Q", at("2026-06-15T00:00"), at("2026-06-15T01:00"))
    week = case(before, after)
    assert RULE.judge(week, tiny_plan(week)).clashes == ()
    assert list(RULE.declare(week)) == []


def test_a_promise_off_the_grid_cannot_be_kept() -> None:
    week = case(Pin("A", "Q", at("2026-06-08T10:10"), at("2026-06-08T11:10")))
    (promise,) = RULE.declare(week)
    assert promise.first == week.horizon.intervals
    assert len(RULE.judge(week, tiny_plan(week, "A Q mon 10:00-11:00")).clashes) == 1


def test_a_promise_in_the_second_of_two_equal_hours() -> None:
    start = at("2026-11-01T01:00", fold=1)
    week = case(Pin("A", "Q", start, at("2026-11-01T02:00")), week=AUTUMN)
    assert len(RULE.judge(week, tiny_plan(week, "A Q sun 01:00+60")).clashes) == 1
    kept = Plan.of([("A", "Q", start, at("2026-11-01T02:00"))])
    assert not RULE.judge(week, kept).clashes
    (promise,) = RULE.declare(week)
    assert (week.horizon.instant(promise.first), promise.length) == (start, 2)


def test_nobody_and_nothing() -> None:
    week = tiny_case(tiny_company())
    verdict = RULE.judge(week, tiny_plan(week))
    assert (verdict.clashes, verdict.points) == ((), {"pins": 0})
