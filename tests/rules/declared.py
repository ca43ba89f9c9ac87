"""What the compiled declarations say of a plan, read off their arrays in plain Python: no engine, no witness."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from rotation.plan import Case, Plan
from rotation.solve.instance import Instance
from rotation.solve.roster import Roster
from rotation.solve.rowtable import HARD
from rotation.solve.weekshape import FORBIDDEN

Taken = tuple[int, int, int]
"""Queue, first interval, number of intervals."""


def weeks_of(case: Case, plan: Plan) -> list[list[Taken]]:
    """Everybody's shifts in the order of time, for plans whose shifts lie on the grid of the week."""
    weeks: list[list[Taken]] = [[] for _ in case.company.employees]
    for shift in plan.shifts:
        first, last = case.horizon.floor(shift.start), case.horizon.ceil(shift.end)
        weeks[case.employee_index[shift.employee_id]].append((case.queue_index[shift.queue_id], first, last - first))
    return weeks


def week_allowed(instance: Instance, e: int, taken: list[Taken]) -> bool:
    """Whether an employee may serve these shifts, whatever the others do."""
    week = instance.week
    for q, first, length in taken:
        cells = slice(first, first + length)
        if not (week.available[e, cells].all() and week.queue_open[q, cells].all() and week.start_allowed[first]):
            return False
        if not (week.serve_first[e, q] <= first and first + length <= week.serve_last[e, q]):
            return False
        if not week.shortest <= length <= week.longest:
            return False
    if any(after[1] < before[1] + before[2] + week.rest for before, after in pairwise(sorted(taken, key=_by_time))):
        return False
    days = Counter(int(week.next_day[week.zone_of[e], first]) for _, first, _ in taken)
    if (week.a_day and max(days.values(), default=0) > week.a_day) or (week.a_week and len(taken) > week.a_week):
        return False
    served = sum(length for _, _, length in taken)
    return served < week.served_points.shape[1] and int(week.served_points[e, served]) < FORBIDDEN


def _by_time(taken: Taken) -> int:
    return taken[1]


def rows_allowed(instance: Instance, roster: Roster) -> bool:
    """Whether no row is beyond a limit that nothing may exceed."""
    return not (instance.rows.cost(roster.activity(instance)) >= HARD).any()


def points_of(case: Case, instance: Instance, plan: Plan) -> int | None:
    """The objective of a plan by its declarations; None when they do not allow it."""
    weeks = weeks_of(case, plan)
    if not all(week_allowed(instance, e, taken) for e, taken in enumerate(weeks)):
        return None
    roster = Roster.of(case, plan, instance)
    return roster.objective(instance) if rows_allowed(instance, roster) else None
