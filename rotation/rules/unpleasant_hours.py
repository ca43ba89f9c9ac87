"""Evenings, weekends and holidays are shared: dearer for whoever has had more of them than others."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from rotation.declaration import IntervalPoints, Statement, Verdict
from rotation.plan import Case, Plan, weekly_bands
from rotation.plan.unpleasant import is_unpleasant, unpleasant_minutes

MOST_STEPS = 5


def factors(case: Case) -> list[int]:
    """For each employee 1 plus the earlier unpleasant hours above the least burdened person's (of these at most 5)."""
    eligible = [band.eligible for band in weekly_bands(case)]
    minutes = [case.ledger_of(row.employee_id).unpleasant_minutes for row in case.company.employees]
    least = min((m for m, counts in zip(minutes, eligible, strict=True) if counts), default=0)
    return [1 + min(MOST_STEPS, max(0, m - least) // 60) for m in minutes]


class UnpleasantHours:
    """Soft: points per unpleasant hour, times the person's factor."""

    summary = "Unpleasant hours go to those who had fewest of them"
    kind = "soft"
    weights = ("unpleasant",)

    def declare(self, case: Case) -> Iterable[Statement]:
        """Points of each cell."""
        company = case.company
        points = company.policy.per_interval(company.policy.weights.unpleasant)
        masks: dict[tuple[str, str], int] = {}
        rows: list[list[bool]] = []
        which = []
        for employee in company.employees:
            key = (employee.timezone, employee.region)
            if key not in masks:
                masks[key] = len(rows)
                rows.append(
                    [is_unpleasant(case, employee, case.horizon.instant(n)) for n in range(case.horizon.intervals)]
                )
            which.append(masks[key])
        mask = np.array(rows, dtype=np.int32).reshape(-1, case.horizon.intervals)[np.array(which, dtype=np.int64)]
        yield IntervalPoints(mask * np.array(factors(case), dtype=np.int32)[:, None] * np.int32(points))

    def judge(self, case: Case, plan: Plan) -> Verdict:
        """Count minutes on the own clock."""
        weighted = 0
        for employee, factor in zip(case.company.employees, factors(case), strict=True):
            for shift in plan.by_employee.get(employee.employee_id, ()):
                weighted += factor * unpleasant_minutes(case, employee, shift.start, shift.end)
        return Verdict(points={"unpleasant": case.company.policy.weights.unpleasant * weighted // 60})


RULE = UnpleasantHours()
