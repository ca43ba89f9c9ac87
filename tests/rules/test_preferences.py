"""Distance from the own best-liked time: the rule alone."""

from __future__ import annotations

import pytest

from rotation.company import Preference
from rotation.plan import Case
from rotation.rules import rules
from rotation.rules.preferences import best_weight, weight_at
from tests.tiny import AUTUMN, DENVER, SPRING, WEEK, person, policy, tiny_case, tiny_company, tiny_plan

RULE = rules()["preferences"]
EIGHT = policy(weights={"preference": 8})


def case(*rows: Preference, week: str = WEEK) -> Case:
    return tiny_case(tiny_company(person("A"), person("D", timezone=DENVER), policy=EIGHT, preferences=rows), week)


def points(week: Case, *shifts: str) -> int:
    return RULE.judge(week, tiny_plan(week, *shifts)).points["preference"]


def test_nobody_who_states_nothing_costs_anything() -> None:
    assert points(case(), "A Q mon 10:00-12:00") == 0


def test_each_hour_costs_its_distance_from_the_best() -> None:
    week = case(Preference("A", 0, 600, 720, 3), Preference("A", 0, 720, 780, -2))
    assert points(week, "A Q mon 10:00-12:00") == 0
    assert points(week, "A Q mon 09:00-10:00") == 3 * 8
    assert points(week, "A Q mon 12:00-13:00") == 5 * 8
    # Half an hour at the best time, an hour refused, half an hour of nothing stated.
    assert points(week, "A Q mon 11:30-13:30") == 0 + 5 * 8 + 3 * 4
    assert points(week, "D Q mon 12:00-13:00") == 0


def test_whoever_only_dislikes_pays_nothing_elsewhere() -> None:
    week = case(Preference("A", 0, 600, 720, -3))
    assert points(week, "A Q mon 09:00-10:00") == 0
    assert points(week, "A Q mon 10:00-11:00") == 3 * 8


@pytest.mark.parametrize(("minute", "weight"), [(599, 0), (600, 2), (659, 2), (660, -1), (719, -1), (720, 0)])
def test_edges_and_the_lowest_of_overlapping_rows(minute: int, weight: int) -> None:
    rows = Preference("A", 0, 600, 720, 2), Preference("A", 0, 660, 720, -1), Preference("A", 1, 0, 1440, 3)
    assert weight_at(rows, 0, minute) == weight
    assert best_weight(rows) == 3


def test_the_clock_is_the_persons_own() -> None:
    week = case(Preference("D", 0, 600, 660, -1), Preference("D", 1, 0, 60, -3))
    assert points(week, "D Q mon 09:00-10:00") == 8
    assert points(week, "D Q mon 10:00-11:00") == 0
    assert points(week, "D Q mon 23:00-24:00") == 24


def test_an_hour_that_comes_twice_is_disliked_twice_and_a_skipped_one_never() -> None:
    dislike = Preference("A", 6, 60, 120, -1), Preference("A", 6, 120, 180, -3)
    assert points(case(*dislike, week=AUTUMN), "A Q sun 01:00+120") == 2 * 8
    assert points(case(*dislike, week=SPRING), "A Q sun 01:00+120") == 8


def test_nobody_and_nothing() -> None:
    week = tiny_case(tiny_company())
    assert RULE.judge(week, tiny_plan(week)).points == {"preference": 0}
