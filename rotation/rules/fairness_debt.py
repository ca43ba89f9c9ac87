"""What earlier weeks left over is made good: who owes serves more, who served ahead serves less."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from rotation.declaration import ServedIntervals, Statement, Verdict
from rotation.plan import Case, Plan, weekly_bands


def aims(case: Case) -> list[tuple[int, int]]:
    """For each employee the intervals of the week that settle the ledger, as (at least, at most), inside the band."""
    step = case.horizon.interval_min
    found = []
    for employee, band in zip(case.company.employees, weekly_bands(case), strict=True):
        debt = case.ledger_of(employee.employee_id).debt_minutes
        low, high = band.band_min // step, max(band.band_min, band.band_max) // step
        at_least = min(high, (band.band_min + debt) // step) if debt > 0 and band.eligible else 0
        at_most = max(low, (band.band_max + debt) // step) if debt < 0 else high
        found.append((at_least, at_most))
    return found


class FairnessDebt:
    """Soft: points per hour of debt left, or of credit overdrawn."""

    summary = "Hours owed from earlier weeks are served, hours served ahead are given back"
    kind = "soft"
    weights = ("fairness_debt",)

    def declare(self, case: Case) -> Iterable[Statement]:
        """Two limits on the week's intervals."""
        policy = case.company.policy
        points = policy.per_interval(policy.weights.fairness_debt)
        table = np.array(aims(case), dtype=np.int32).reshape(-1, 2)
        yield ServedIntervals("below", table[:, 0].copy(), points)
        yield ServedIntervals("above", table[:, 1].copy(), points)

    def judge(self, case: Case, plan: Plan) -> Verdict:
        """Add up minutes and compare with the ledger's aims."""
        step, off = case.horizon.interval_min, 0
        for employee, (at_least, at_most) in zip(case.company.employees, aims(case), strict=True):
            minutes = sum(shift.minutes for shift in plan.by_employee.get(employee.employee_id, ()))
            off += max(0, at_least * step - minutes) + max(0, minutes - at_most * step)
        return Verdict(points={"fairness_debt": case.company.policy.weights.fairness_debt * off // 60})


RULE = FairnessDebt()
