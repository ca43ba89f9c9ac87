"""Who is where in each interval, read off a plan in plain Python: the ground on which witnesses stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rotation.plan.case import Case
from rotation.plan.plan import Plan, Shift


def served(case: Case, plan: Plan) -> Iterator[tuple[Shift, range]]:
    """Each shift with the intervals it touches, not cut to the week."""
    horizon = case.horizon
    start, step = horizon.start, horizon.step
    for shift in plan.shifts:
        yield shift, range((shift.start - start) // step, -((start - shift.end) // step))


def agents_by_queue(case: Case, plan: Plan) -> Counter[tuple[str, int]]:
    """Number of agents by (queue id, interval)."""
    count: Counter[tuple[str, int]] = Counter()
    for shift, intervals in served(case, plan):
        for index in intervals:
            count[shift.queue_id, index] += 1
    return count


def agents_by_department(case: Case, plan: Plan) -> Counter[tuple[str, int]]:
    """Number of agents by (department id, interval)."""
    count: Counter[tuple[str, int]] = Counter()
    for shift, intervals in served(case, plan):
        employee = case.company.employee.get(shift.employee_id)
        if employee:
            for index in intervals:
                count[employee.department_id, index] += 1
    return count
