"""Departments carry the load by contract: the rule alone."""

from __future__ import annotations

import pytest

from rotation.company import Department
from rotation.plan import Case
from rotation.rules import rules
from rotation.rules.department_share import fair_intervals
from tests.tiny import person, policy, tiny_case, tiny_company, tiny_plan

RULE = rules()["department_share"]
PEOPLE = (person("A"), person("X", "E", weekly_hours=20))


def case(asked: str | None, tolerance: int = 10) -> Case:
    """Two departments, of 40 and 20 hours: together 360 to 540 minutes of the week."""
    sections = policy(departments={"load_tolerance_pct": tolerance}, weights={"department_share": 12})
    return tiny_case(tiny_company(*PEOPLE, policy=sections), required={asked: 1} if asked else {})


@pytest.mark.parametrize(
    ("asked", "tolerance", "limits"),
    [
        (None, 0, {"D": (8, 8), "E": (4, 4)}),
        ("Q mon 10:00+450", 0, {"D": (10, 10), "E": (5, 5)}),
        ("Q mon 10:00+1200", 0, {"D": (12, 12), "E": (6, 6)}),
        (None, 10, {"D": (7, 9), "E": (3, 5)}),
        ("Q mon 10:00+450", 100, {"D": (0, 20), "E": (0, 10)}),
    ],
)
def test_the_fair_share_follows_the_requirement_between_the_ends_of_the_band(
    asked: str | None, tolerance: int, limits: dict[str, tuple[int, int]]
) -> None:
    assert fair_intervals(case(asked, tolerance)) == limits


@pytest.mark.parametrize(("minutes", "points"), [(0, 42), (180, 6), (210, 0), (270, 0), (300, 6), (330, 12)])
def test_hours_beyond_the_tolerance_cost(minutes: int, points: int) -> None:
    week = case(None)
    serves = [f"A Q tue 10:00+{minutes}"] if minutes else []
    plan = tiny_plan(week, "X Q mon 10:00-12:00", *serves)
    assert RULE.judge(week, plan).points == {"department_share": points}


def test_a_department_without_anybody_eligible_owes_nothing_and_may_lend_nothing() -> None:
    week = tiny_case(tiny_company(person("A"), departments=(Department("D", "D"), Department("Z", "Z"))))
    assert fair_intervals(week)["Z"] == (0, 0)


def test_nobody_and_nothing() -> None:
    week = tiny_case(tiny_company())
    assert RULE.judge(week, tiny_plan(week)).points == {"department_share": 0}
