"""Filling gaps of a released week with the least change: fewest missing agents, then changes, then points.

Missing are agents below what the release promised, so that a repair never starts to improve the rest of the week. A
change is a duty (person, queue, day) that is new, moved or gone. The search is a small CP-SAT model around the gap,
with everybody else fixed; people who leave a shift to fill the gap open a new one, which is searched as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from rotation.declaration import Rule
from rotation.plan import Case, Plan
from rotation.plan.case import IntArray
from rotation.solve.instance import compile_instance
from rotation.solve.repairmodel import Outcome, RepairLimits, RepairModel, Week
from rotation.solve.repairscope import scope_of
from rotation.solve.roster import Roster
from rotation.solve.settings import Watch

MOST_CANDIDATES = 20_000
"""Legal shifts beyond which chains of people are not searched: the model would take longer to build than to solve."""

CANDIDATES_A_SECOND = 2_500
"""A model of so many legal shifts is built and solved within a second or two."""


@dataclass(frozen=True)
class Repaired:
    """What a repair found.

    Args:
        plan: the week.
        missing: agent-intervals below what was promised.
        changes: duties that are new, moved or gone.
        people: employee ids of those whose week is touched.
        broken: hard limits that nobody could mend.
        proven: whether no plan has fewer missing, and as few with fewer changes.
    """

    plan: Plan
    missing: int
    changes: int
    people: tuple[str, ...]
    broken: int
    proven: bool


def repair(
    case: Case, plan: Plan, allowed: IntArray, rules: Mapping[str, Rule], limits: RepairLimits, watch: Watch
) -> Repaired:
    """Fill the gaps of a week.

    Args:
        case: the week, absences included; its ``published`` says what has begun already.
        plan: the released shifts that can still be kept.
        allowed: agents that the release itself lacked, (queues, intervals).
        rules: by name.
        limits: what may be done.
        watch: time and stop.

    Returns:
        The repaired week; where nobody may be touched, or nothing is missing, the plan as it is.
    """
    instance = compile_instance(case, rules)
    roster = Roster.of(case, plan, instance)
    week = Week(case, instance, roster, np.maximum(case.missing - allowed, 0), limits.fixed_until)
    outcome = Outcome(roster, week.lacking(), 0, (), week.broken(), True)
    if not (outcome.missing or outcome.broken):
        return _repaired(case, outcome)
    searched = 0
    for depth in range(limits.people + 1) if limits.people else ():
        scope = scope_of(week, depth)
        if not scope.size or scope.size == searched:
            continue
        left = limits.seconds - watch.seconds
        most = min(MOST_CANDIDATES, int(left * CANDIDATES_A_SECOND))
        if left <= 0 or watch.stopped() or (searched and scope.size > most):
            outcome = replace(outcome, proven=False)
            break
        outcome = RepairModel(week, scope.choices, limits.people, outcome).solve(limits, left, watch)
        searched = scope.size
        if not outcome.broken and not outcome.missing and outcome.changes <= min(2, depth + 1):
            # One change is the least that can fill a gap, and whoever fills a hole that a filler left is a second one.
            break
    return _repaired(case, outcome)


def _repaired(case: Case, outcome: Outcome) -> Repaired:
    names = tuple(case.company.employees[e].employee_id for e in outcome.people)
    return Repaired(outcome.roster.plan(case), outcome.missing, outcome.changes, names, outcome.broken, outcome.proven)
