"""So many shifts a week, and no more."""

from __future__ import annotations

from collections.abc import Iterable

from rotation.declaration import ShiftsAWeek, Statement, Verdict
from rotation.plan import Case, Clash, Plan


class ShiftsAWeekRule:
    """Hard: shifts of one person in the week."""

    summary = "At most max_a_week shifts of a person in the week"
    kind = "hard"
    weights: tuple[str, ...] = ()

    def declare(self, case: Case) -> Iterable[Statement]:
        """The number."""
        yield ShiftsAWeek(case.company.policy.shifts.max_a_week)

    def judge(self, case: Case, plan: Plan) -> Verdict:
        """Count."""
        most = case.company.policy.shifts.max_a_week
        return Verdict(
            tuple(
                Clash("shifts_a_week", f"{employee_id} has {len(shifts)} shifts, at most {most}", employee_id)
                for employee_id, shifts in plan.by_employee.items()
                if len(shifts) > most
            )
        )


RULE = ShiftsAWeekRule()
