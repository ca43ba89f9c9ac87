"""People who answer on site need a place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from rotation.declaration import Hinge, Members, RowFamily, Statement, Verdict
from rotation.declaration.rows import ANY_QUEUE
from rotation.plan import Case, Clash, Plan
from rotation.plan.attendance import served
from rotation.plan.wording import interval


class Seats:
    """Hard: agents who do not work from home never outnumber the site's seats (0: no limit)."""

    summary = "Agents on site never outnumber the seats"
    kind = "hard"
    weights: tuple[str, ...] = ()

    def declare(self, case: Case) -> Iterable[Statement]:
        """One row for each interval; nothing where there is no limit."""
        seats = case.company.policy.site.seats
        if seats:
            people = [(n, ANY_QUEUE, 0, 1) for n, e in enumerate(case.company.employees) if e.works_from != "home"]
            limit = np.full((1, case.horizon.intervals), seats, dtype=np.int32)
            yield RowFamily(("site",), Members.of(people), "interval", (Hinge("seats", "above", limit, None),))

    def judge(self, case: Case, plan: Plan) -> Verdict:
        """Count who sits where."""
        seats = case.company.policy.site.seats
        if not seats:
            return Verdict()
        taken: Counter[int] = Counter()
        for shift, intervals in served(case, plan):
            if case.company.employee[shift.employee_id].works_from != "home":
                taken.update(intervals)
        return Verdict(
            tuple(
                Clash(
                    "seats",
                    f"{count} agents on site {interval(case, index)}, {seats} seats",
                    start=case.horizon.instant(index),
                    end=case.horizon.instant(index + 1),
                )
                for index, count in sorted(taken.items())
                if count > seats
            )
        )


RULE = Seats()
