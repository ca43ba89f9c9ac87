"""Departments carry the load by contract, not by who is easiest to plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

import numpy as np

from rotation.declaration import Hinge, RowFamily, Statement, Verdict
from rotation.plan import Case, Plan
from rotation.plan.fair_share import fair_minutes
from rotation.rules.department_cap import department_members


def fair_intervals(case: Case) -> dict[str, tuple[int, int]]:
    """For each department the intervals of the week that are free of points, as (least, most)."""
    tolerance = Fraction(case.company.policy.departments.load_tolerance_pct, 100)
    step, fair = case.horizon.interval_min, fair_minutes(case)
    limits = {}
    for department in case.company.departments:
        minutes = fair.get(department.department_id, Fraction(0))
        least, most = minutes * (1 - tolerance) / step, minutes * (1 + tolerance) / step
        limits[department.department_id] = int(least // 1), int(-(-most // 1))
    return limits


class DepartmentShare:
    """Soft: points per hour outside the tolerance around the fair share."""

    summary = "Each department carries its fair share of the week's hours"
    kind = "soft"
    weights = ("department_share",)

    def declare(self, case: Case) -> Iterable[Statement]:
        """One row for each department over the whole week."""
        policy = case.company.policy
        limits = np.array(list(fair_intervals(case).values()), dtype=np.int32).reshape(-1, 2)
        points = np.full((len(limits), 1), policy.per_interval(policy.weights.department_share), dtype=np.int32)
        yield RowFamily(
            tuple(row.name for row in case.company.departments),
            department_members(case),
            "week",
            (
                Hinge("department_share", "below", limits[:, :1].copy(), points),
                Hinge("department_share", "above", limits[:, 1:].copy(), points),
            ),
        )

    def judge(self, case: Case, plan: Plan) -> Verdict:
        """Add up minutes by department."""
        minutes: Counter[str] = Counter()
        for shift in plan.shifts:
            minutes[case.company.employee[shift.employee_id].department_id] += shift.minutes
        step, off = case.horizon.interval_min, 0
        for department_id, (least, most) in fair_intervals(case).items():
            served = minutes[department_id]
            off += max(0, least * step - served) + max(0, served - most * step)
        return Verdict(points={"department_share": case.company.policy.weights.department_share * off // 60})


RULE = DepartmentShare()
