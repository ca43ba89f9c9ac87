"""Shifts begin on round times of the site's clock and lie wholly inside the week."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from rotation.declaration import ShiftStart, Statement, Verdict
from rotation.plan import Case, Clash, Plan
from rotation.plan.wording import when


class ShiftGrid:
    """Hard: starts on multiples of ``start_grid_min``, ends on the grid, inside the week."""

    summary = "Shifts begin on the start grid of the site's clock and stay inside the week"
    kind = "hard"
    weights: tuple[str, ...] = ()

    def declare(self, case: Case) -> Iterable[Statement]:
        """The intervals in which a shift may begin."""
        grid = case.company.policy.shifts.start_grid_min
        minutes = [case.horizon.local(index).minute for index in range(case.horizon.intervals)]
        yield ShiftStart(np.array([minute % grid == 0 for minute in minutes], dtype=np.bool_))

    def judge(self, case: Case, plan: Plan) -> Verdict:
        """Look at the clock."""
        grid, horizon = case.company.policy.shifts.start_grid_min, case.horizon
        clashes = []
        for shift in plan.shifts:
            start = shift.start.astimezone(horizon.zone)
            inside = horizon.start <= shift.start and shift.end <= horizon.end
            if start.minute % grid or start.second or not horizon.on_grid(shift.end) or not inside:
                message = f"{shift.employee_id} {when(case, shift.start, shift.end)}: off the grid or outside the week"
                clashes.append(Clash("shift_grid", message, shift.employee_id, shift.queue_id, shift.start, shift.end))
        return Verdict(tuple(clashes))


RULE = ShiftGrid()
