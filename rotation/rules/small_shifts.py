"""Few long shifts rather than many small ones: each interruption of the own work costs."""

from __future__ import annotations

from collections.abc import Iterable

from rotation.declaration import ShiftPoints, Statement, Verdict
from rotation.plan import Case, Plan


class SmallShifts:
    """Soft: points for each shift shorter than ``small_below_min``."""

    summary = "Few shifts are shorter than small_below_min"
    kind = "soft"
    weights = ("small_shift",)

    def declare(self, case: Case) -> Iterable[Statement]:
        """A cost by length, in intervals (a length of exactly ``small_below_min`` is free)."""
        policy = case.company.policy
        yield ShiftPoints(-(-policy.shifts.small_below_min // policy.interval_min), policy.weights.small_shift)

    def judge(self, case: Case, plan: Plan) -> Verdict:
        """Count."""
        policy = case.company.policy
        small = sum(shift.minutes < policy.shifts.small_below_min for shift in plan.shifts)
        return Verdict(points={"small_shift": policy.weights.small_shift * small})


RULE = SmallShifts()
