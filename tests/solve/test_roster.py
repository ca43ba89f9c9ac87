"""What a roster amounts to and costs, against a plain loop."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rotation.plan import Plan
from rotation.rules import rules
from rotation.solve.instance import compile_instance
from rotation.solve.roster import Roster
from tests.solve.test_kernel import weeks_of
from tests.solve.tiny_weeks import TinyWeek, Week, tiny_weeks
from tests.tiny import person, tiny_case, tiny_company, tiny_plan


def roster_of(week: TinyWeek, plan: list[Week]) -> Roster:
    roster = Roster.empty(week.instance)
    for e, shifts in enumerate(plan):
        roster.counts[e] = len(shifts)
        for n, shift in enumerate(shifts):
            roster.shifts[e, n] = shift
    return roster


@settings(max_examples=150, deadline=None)
@given(tiny_weeks(employees=3, longest_week=7), st.randoms(use_true_random=False))
def test_activity_points_and_terms_equal_a_plain_loop(week: TinyWeek, chance: object) -> None:
    plan = [chance.choice(week.weeks(e)) for e in range(week.size[0])]  # type: ignore[attr-defined]
    roster, rows = roster_of(week, plan), week.instance.rows
    assert weeks_of(roster) == plan
    activity = sum(week.activity(e, shifts) for e, shifts in enumerate(plan))
    assert (roster.activity(week.instance) == activity).all()
    assert roster.own_points(week.instance) == sum(week.own_points(e, shifts) for e, shifts in enumerate(plan))
    assert rows.cost(activity).sum() == week.row_points(activity)
    assert sum(rows.by_term(activity).values()) == week.row_points(activity)
    assert roster.objective(week.instance) == week.points(plan)


@settings(max_examples=60, deadline=None)
@given(tiny_weeks(employees=2, longest_week=5), st.integers(-6, 6))
def test_a_row_costs_each_unit_beyond_each_of_its_limits(week: TinyWeek, level: int) -> None:
    rows = week.instance.rows
    activity = np.full((rows.groups, week.size[2]), level, dtype=np.int64)
    cost = rows.cost(activity)
    for g in range(rows.groups):
        for t in range(week.size[2]):
            expected = 0
            for h in range(rows.above.shape[1]):
                off = level - rows.limit[g, h, t] if rows.above[g, h] else rows.limit[g, h, t] - level
                expected += max(0, int(off)) * int(rows.points[g, h, t])
            assert cost[g, t] == (0 if rows.is_week[g] and t else expected)


def test_a_plan_becomes_a_roster_and_the_same_plan_again() -> None:
    case = tiny_case(tiny_company(person("A"), person("B"), person("C")))
    instance = compile_instance(case, rules())
    plan = tiny_plan(case, "A Q mon 10:00-11:30", "C Q mon 10:00-12:00", "A Q sun 21:00+180", "C Q tue 00:00-01:00")
    roster = Roster.of(case, plan, instance)
    assert roster.counts.tolist() == [2, 0, 2]
    assert roster.flat().tolist() == [[0, 0, 20, 3], [0, 0, 330, 6], [2, 0, 20, 4], [2, 0, 48, 2]]
    assert roster.plan(case) == plan


def test_nobody_serving_is_an_empty_plan() -> None:
    case = tiny_case(tiny_company(person("A")))
    roster = Roster.empty(compile_instance(case, rules()))
    assert roster.plan(case) == Plan(())
    assert roster.flat().shape == (0, 4)


def test_a_copy_stands_alone() -> None:
    case = tiny_case(tiny_company(person("A")))
    roster = Roster.empty(compile_instance(case, rules()))
    other = roster.copy()
    other.shifts[0, 0], other.counts[0] = (0, 4, 2), 1
    assert roster.counts[0] == 0 and not roster.shifts.any()
