"""One shift at a time, and a rest before the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import pairwise

from rotation.declaration import Rest, Statement, Verdict
from rotation.plan import Case, Clash, Plan
from rotation.plan.wording import when


class RestRule:
    """Hard: the next shift begins at least ``min_rest_min`` after the last one ended."""

    summary = "At least min_rest_min between two shifts of a person; never two at a time"
    kind = "hard"
    weights: tuple[str, ...] = ()

    def declare(self, case: Case) -> Iterable[Statement]:
        """The rest in intervals, rounded up."""
        policy = case.company.policy
        yield Rest(-(-policy.shifts.min_rest_min // policy.interval_min))

    def judge(self, case: Case, plan: Plan) -> Verdict:
        """Compare neighbours in time."""
        rest = dt.timedelta(minutes=case.company.policy.shifts.min_rest_min)
        clashes = []
        for employee_id, shifts in plan.by_employee.items():
            for before, after in pairwise(shifts):
                if after.start < before.end + rest:
                    message = (
                        f"{employee_id}: {when(case, after.start, after.end)} begins less than "
                        f"{case.company.policy.shifts.min_rest_min} min after {when(case, before.start, before.end)}"
                    )
                    clashes.append(Clash("rest", message, employee_id, after.queue_id, after.start, after.end))
        return Verdict(tuple(clashes))


RULE = RestRule()
