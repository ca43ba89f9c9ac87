"""Missing, too few and too many agents: the rule alone."""

from __future__ import annotations

import pytest

from rotation.company import OpeningHours, Queue
from rotation.plan import Case
from rotation.rules import rules
from tests.tiny import person, policy, tiny_case, tiny_company, tiny_plan

RULE = rules()["coverage"]
WEIGHTS = policy(weights={"missing_agent": 100, "below_min_agents": 1000, "surplus_agent": 10})
PEOPLE = (person("A"), person("B"), person("C"))


def case(agents: int, *, core: int = 0, min_agents: int = 0, priority: int = 3) -> Case:
    """One queue, open Monday 10:00 to 11:00, that asks for some agents."""
    queue = Queue("Q", "Q", 300, min_agents=min_agents, priority=priority)
    company = tiny_company(*PEOPLE, queues=(queue,), policy=WEIGHTS, opening_hours=(OpeningHours("Q", 0, 600, 660),))
    return tiny_case(company, required={"Q mon 10:00-11:00": agents}, core={"Q mon 10:00-11:00": core})


def points(week: Case, *shifts: str) -> tuple[int, int, int]:
    found = RULE.judge(week, tiny_plan(week, *shifts)).points
    assert set(found) == {"missing_agent", "below_min_agents", "surplus_agent"}
    return found["missing_agent"], found["below_min_agents"], found["surplus_agent"]


@pytest.mark.parametrize(("priority", "factor"), [(1, 5), (3, 3), (5, 1)])
def test_a_missing_agent_costs_by_the_queues_priority(priority: int, factor: int) -> None:
    assert points(case(2, priority=priority), "A Q mon 10:00-11:00") == (100 * factor, 0, 0)


def test_exactly_enough_is_free() -> None:
    assert points(case(2), "A Q mon 10:00-11:00", "B Q mon 10:00-11:00") == (0, 0, 0)


def test_too_many_cost_by_the_hour() -> None:
    assert points(case(1), "A Q mon 10:00-11:00", "B Q mon 10:30-11:00") == (0, 0, 5)


def test_below_the_floor_costs_besides() -> None:
    week = case(1, min_agents=2)
    assert points(week) == (300, 2000, 0)
    assert points(week, "A Q mon 10:00-11:00") == (0, 1000, 0)
    assert points(week, "A Q mon 10:00-11:00", "B Q mon 10:00-11:00") == (0, 0, 10)


def test_core_staff_counts_for_requirement_and_floor_but_not_as_surplus() -> None:
    assert points(case(3, core=2, min_agents=2)) == (300, 0, 0)
    assert points(case(1, core=5)) == (0, 0, 0)
    assert points(case(1, core=5), "A Q mon 10:00-11:00") == (0, 0, 10)


def test_a_closed_queue_has_no_floor_but_whoever_serves_it_is_surplus() -> None:
    assert points(case(0, min_agents=1), "A Q mon 10:00-11:00", "B Q mon 12:00-13:00") == (0, 0, 10 + 10)


def test_shifts_outside_the_week_cover_nothing() -> None:
    assert points(case(1), "A Q mon-1 10:00-11:00", "B Q sun+1 10:00-11:00") == (300, 0, 0)


def test_nobody_and_nothing() -> None:
    week = tiny_case(tiny_company())
    assert points(week) == (0, 168 * 2000, 0)
