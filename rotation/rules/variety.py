"""Several departments are on the phones at once, so that callers meet the whole company."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from rotation.declaration import Hinge, RowFamily, Statement, Verdict
from rotation.plan import Case, Plan
from rotation.plan.attendance import agents_by_department
from rotation.rules.department_cap import department_members


def most_of_one(case: Case) -> list[int]:
    """For each interval how many agents of one department are free of points: the policy's share of the agents
    that all queues ask for, rounded up, at least one."""
    pct = case.company.policy.departments.max_share_pct
    return [max(1, -(-pct * int(asked) // 100)) for asked in case.missing.sum(axis=0)]


class Variety:
    """Soft: points per agent-hour of one department above its share."""

    summary = "No single department answers most of the phones at a time"
    kind = "soft"
    weights = ("variety",)

    def declare(self, case: Case) -> Iterable[Statement]:
        """A row for each department and interval."""
        policy = case.company.policy
        shape = (len(case.company.departments), case.horizon.intervals)
        limit = np.broadcast_to(np.array(most_of_one(case), dtype=np.int32), shape).copy()
        points = np.full(shape, policy.per_interval(policy.weights.variety), dtype=np.int32)
        yield RowFamily(
            tuple(row.name for row in case.company.departments),
            department_members(case),
            "interval",
            (Hinge("variety", "above", limit, points),),
        )

    def judge(self, case: Case, plan: Plan) -> Verdict:
        """Count heads by department and interval."""
        most, over = most_of_one(case), 0
        for (_, index), count in agents_by_department(case, plan).items():
            if 0 <= index < len(most):
                over += max(0, count - most[index])
        return Verdict(points={"variety": case.company.policy.weights.variety * over * case.horizon.interval_min // 60})


RULE = Variety()
