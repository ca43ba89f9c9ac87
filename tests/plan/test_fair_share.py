"""The fair share of the week's load for each department."""

from __future__ import annotations

import datetime as dt

import pytest

from rotation.company import Exemption
from rotation.plan import Case
from rotation.plan.fair_share import fair_minutes
from tests.tiny import person, tiny_case, tiny_company

PEOPLE = (person("A"), person("B", weekly_hours=20), person("X", "E", weekly_hours=30))


def case(minutes: int, agents: int = 1, **tables: object) -> Case:
    asked = {f"Q mon 00:00+{minutes}": agents} if minutes else {}
    return tiny_case(tiny_company(*PEOPLE, **tables), required=asked)


@pytest.mark.parametrize(
    ("minutes", "shares"),
    [
        # 90 hours in all: 540 to 810 minutes, two thirds of them of D.
        (0, (360, 180)),
        (540, (360, 180)),
        (660, (440, 220)),
        (810, (540, 270)),
        (6000, (540, 270)),
    ],
)
def test_everybody_stands_at_the_same_point_of_the_band(minutes: int, shares: tuple[int, int]) -> None:
    assert fair_minutes(case(minutes)) == {"D": shares[0], "E": shares[1]}


def test_agents_at_a_time_are_added_and_core_staff_is_not_asked_for() -> None:
    assert fair_minutes(case(330, agents=2)) == {"D": 440, "E": 220}
    core = tiny_case(tiny_company(*PEOPLE), required={"Q mon 00:00+330": 3}, core={"Q mon 00:00+330": 1})
    assert fair_minutes(core) == {"D": 440, "E": 220}


def test_departments_without_anybody_eligible_have_no_share() -> None:
    away = Exemption("X", "r", "b", dt.date(2026, 12, 31))
    assert fair_minutes(case(0, exemptions=(away,))) == {"D": 360}
    assert fair_minutes(tiny_case(tiny_company())) == {}
