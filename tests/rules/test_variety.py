"""Several departments at once: the rule alone."""

from __future__ import annotations

import pytest

from rotation.company import Queue
from rotation.rules import rules
from rotation.rules.variety import most_of_one
from tests.tiny import person, policy, tiny_case, tiny_company, tiny_plan

RULE = rules()["variety"]
PEOPLE = (person("A"), person("B"), person("C"), person("X", "E"))
HALF = policy(departments={"max_share_pct": 50}, weights={"variety": 40})
QUEUES = (Queue("Q", "Q", 300), Queue("R", "R", 300))


def test_half_of_four_agents_is_free_the_third_costs_by_the_hour() -> None:
    case = tiny_case(tiny_company(*PEOPLE, policy=HALF), required={"Q mon 10:00-12:00": 4})
    two = ("A Q mon 10:00-12:00", "B Q mon 10:00-12:00", "X Q mon 10:00-12:00")
    assert RULE.judge(case, tiny_plan(case, *two)).points == {"variety": 0}
    assert RULE.judge(case, tiny_plan(case, *two, "C Q mon 11:00-12:30")).points == {"variety": 40}


def test_all_queues_count_together_and_core_staff_is_taken_off() -> None:
    company = tiny_company(*PEOPLE, queues=QUEUES, policy=HALF)
    case = tiny_case(
        company,
        required={"Q mon 10:00-10:30": 4, "R mon 10:00-10:30": 1, "R mon 10:30-11:00": 2},
        core={"Q mon 10:00-10:30": 2, "R mon 10:30-11:00": 5},
    )
    assert most_of_one(case)[20:22] == [2, 1]
    shifts = ("A Q mon 10:00-11:00", "B R mon 10:00-11:00")
    assert RULE.judge(case, tiny_plan(case, *shifts)).points == {"variety": 20}


@pytest.mark.parametrize(
    ("pct", "asked", "most"), [(50, 0, 1), (50, 1, 1), (50, 3, 2), (1, 3, 1), (34, 3, 2), (100, 3, 3)]
)
def test_the_share_is_rounded_up_and_at_least_one(pct: int, asked: int, most: int) -> None:
    company = tiny_company(*PEOPLE, policy=policy(departments={"max_share_pct": pct}))
    assert most_of_one(tiny_case(company, required={"Q mon 00:00-00:30": asked}))[0] == most


def test_nobody_and_nothing() -> None:
    case = tiny_case(tiny_company())
    assert RULE.judge(case, tiny_plan(case)).points == {"variety": 0}
