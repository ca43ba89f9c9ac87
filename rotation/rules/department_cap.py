"""A department never lends more than its cap at a time."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from rotation.declaration import Hinge, Members, RowFamily, Statement, Verdict
from rotation.declaration.rows import ANY_QUEUE
from rotation.plan import Case, Clash, Plan
from rotation.plan.attendance import agents_by_department
from rotation.plan.wording import interval


def caps(case: Case) -> dict[str, int]:
    """People of each department who may be on the phones at a time: its share of those employed that week,
    rounded up, at least one."""
    default = case.company.policy.departments.max_away_pct
    days = case.horizon.days()
    found = {}
    for department in case.company.departments:
        people = case.company.members_of[department.department_id]
        employed = sum(any(person.employed_on(day) for day in days) for person in people)
        pct = default if department.max_away_pct is None else department.max_away_pct
        found[department.department_id] = max(1, -(-pct * employed // 100))
    return found


def department_members(case: Case) -> Members:
    """Everybody counts once in the own department."""
    index = {department.department_id: n for n, department in enumerate(case.company.departments)}
    return Members.of(
        [(n, ANY_QUEUE, index[person.department_id], 1) for n, person in enumerate(case.company.employees)]
    )


class DepartmentCap:
    """Hard: a row for each department and interval."""

    summary = "At most max_away_pct of a department's people are on the phones at a time"
    kind = "hard"
    weights: tuple[str, ...] = ()

    def declare(self, case: Case) -> Iterable[Statement]:
        """One upper limit for all intervals."""
        limit = np.array([list(caps(case).values())], dtype=np.int32).T
        yield RowFamily(
            tuple(row.name for row in case.company.departments),
            department_members(case),
            "interval",
            (Hinge("department_cap", "above", np.repeat(limit, case.horizon.intervals, axis=1), None),),
        )

    def judge(self, case: Case, plan: Plan) -> Verdict:
        """Count heads."""
        most = caps(case)
        return Verdict(
            tuple(
                Clash(
                    "department_cap",
                    f"{department} has {count} away {interval(case, index)}, at most {most[department]}",
                    start=case.horizon.instant(index),
                    end=case.horizon.instant(index + 1),
                )
                for (department, index), count in sorted(agents_by_department(case, plan).items())
                if count > most[department]
            )
        )


RULE = DepartmentCap()
