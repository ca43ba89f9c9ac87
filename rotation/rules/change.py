"""A promised shift is changed only for a good reason: the nearer it is, the better the reason must be."""

from __future__ import annotations

from collections.abc import Iterable

from rotation.declaration import Promise, Statement, Verdict
from rotation.plan import Case, Plan


class Change:
    """Soft: points for each shift of the effective release that is not planned exactly so, times its nearness."""

    summary = "A week that is released changes as little as possible, least of all what comes soon"
    kind = "soft"
    weights = ("change",)

    def declare(self, case: Case) -> Iterable[Statement]:
        """One promise for each shift after the freeze window; those inside it are pins."""
        published = case.published
        if published is None:
            return
        horizon = case.horizon
        for shift in published.open:
            if shift.employee_id in case.employee_index and shift.queue_id in case.queue_index:
                first, end = horizon.floor(shift.start), horizon.ceil(shift.end)
                exact = horizon.on_grid(shift.start) and horizon.on_grid(shift.end)
                yield Promise(
                    case.employee_index[shift.employee_id],
                    case.queue_index[shift.queue_id],
                    first if exact else horizon.intervals,
                    end - first,
                    case.company.policy.weights.change * published.nearness(shift),
                )

    def judge(self, case: Case, plan: Plan) -> Verdict:
        """Look for each promised shift in the plan."""
        published = case.published
        if published is None:
            return Verdict(points={"change": 0})
        there = {(s.employee_id, s.queue_id, s.start, s.end) for s in plan.shifts}
        broken = sum(
            published.nearness(s)
            for s in published.open
            if (s.employee_id, s.queue_id, s.start, s.end) not in there
            and s.employee_id in case.company.employee
            and s.queue_id in case.company.queue
        )
        return Verdict(points={"change": case.company.policy.weights.change * broken})


RULE = Change()
