"""The freeze window of a released week: the rule alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rotation.plan import Case, Published
from rotation.rules import rules
from rotation.solve.instance import compile_instance
from tests.rules.declared import points_of
from tests.tiny import at, person, tiny_case, tiny_company, tiny_plan

RULE = rules()["freeze"]
PROMISED = ("A Q mon 10:00-11:30", "B Q tue 10:00-11:00")


def case(now: str = "2026-06-08T08:00", freeze_h: float = 24) -> Case:
    week = tiny_case(tiny_company(person("A"), person("B")))
    return replace(week, published=Published.at(tiny_plan(week, *PROMISED).shifts, at(now), freeze_h))


@pytest.mark.parametrize(
    ("shift", "allowed"),
    [
        ("A Q mon 10:00-11:30", True),
        ("A Q mon 10:00-11:00", True),
        ("A Q mon 10:00-12:00", False),
        ("A Q mon 09:30-11:30", False),
        ("B Q mon 10:00-11:30", False),
        ("A Q mon 14:00-15:00", False),
        ("B Q tue 07:30-08:30", False),
        ("B Q tue 08:00-09:00", True),
        ("A Q fri 10:00-11:00", True),
    ],
)
def test_inside_the_window_people_serve_only_when_they_were_promised_to(shift: str, allowed: bool) -> None:
    week = case()
    plan, instance = tiny_plan(week, shift), compile_instance(week, {"freeze": RULE})
    verdict = RULE.judge(week, plan)
    assert (verdict.clashes == ()) is allowed
    assert (points_of(week, instance, plan) is not None) is allowed
    if not allowed:
        assert "which lies inside the freeze window" in verdict.clashes[0].message


def test_what_has_begun_is_frozen_without_any_window() -> None:
    week = case("2026-06-08T10:30", 0)
    assert RULE.judge(week, tiny_plan(week, "A Q mon 10:00-11:30")).clashes == ()
    assert len(RULE.judge(week, tiny_plan(week, "B Q mon 10:00-11:00")).clashes) == 1
    assert RULE.judge(week, tiny_plan(week, "B Q mon 10:30-11:30")).clashes == ()


def test_before_the_week_and_without_a_release_nothing_is_frozen() -> None:
    early, never = case("2026-06-01T08:00"), replace(case(), published=None)
    for week in (early, never):
        assert list(RULE.declare(week)) == []
        assert RULE.judge(week, tiny_plan(week, "B Q mon 14:00-15:00")).clashes == ()
