"""Everybody's share: never above the band's upper end, and below its lower end only at a price."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from rotation.declaration import ServedIntervals, Statement, Verdict
from rotation.plan import Case, Clash, Plan, weekly_bands


class Band:
    """Hard at the upper end, ``band_short`` points an hour below the lower end."""

    summary = "Everybody serves the band's share of the contract; the upper end is never exceeded"
    kind = "hard, soft"
    weights = ("band_short",)

    def declare(self, case: Case) -> Iterable[Statement]:
        """Both ends in intervals."""
        step, policy = case.horizon.interval_min, case.company.policy
        bands = weekly_bands(case)
        most = np.array([band.band_max // step for band in bands], dtype=np.int32)
        least = np.array([band.band_min // step for band in bands], dtype=np.int32)
        yield ServedIntervals("above", most, None)
        yield ServedIntervals("below", least, policy.per_interval(policy.weights.band_short))

    def judge(self, case: Case, plan: Plan) -> Verdict:
        """Add up minutes."""
        clashes, short = [], 0
        for employee, band in zip(case.company.employees, weekly_bands(case), strict=True):
            minutes = sum(shift.minutes for shift in plan.by_employee.get(employee.employee_id, ()))
            if minutes > band.band_max:
                message = f"{employee.employee_id} serves {minutes} min, the band ends at {band.band_max} min"
                clashes.append(Clash("band", message, employee.employee_id))
            short += max(0, band.band_min - minutes)
        return Verdict(tuple(clashes), {"band_short": case.company.policy.weights.band_short * short // 60})


RULE = Band()
