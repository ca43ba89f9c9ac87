"""Nothing new begins inside the freeze window of a week that is already released."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import numpy as np

from rotation.declaration import Statement, Unavailable, Verdict
from rotation.plan import Case, Clash, Plan
from rotation.plan.wording import when


class Freeze:
    """Hard: before ``frozen_until`` people serve only when they were promised to. That those promises are kept is for
    pins to say."""

    summary = "Inside the freeze window of a released week nobody gets a shift that was not promised"
    kind = "hard"
    weights: tuple[str, ...] = ()

    def declare(self, case: Case) -> Iterable[Statement]:
        """The window's cells, without those of everybody's own promised shifts."""
        published = case.published
        if published is None or published.frozen_until <= case.horizon.start:
            return
        horizon, index = case.horizon, case.employee_index
        cells = np.zeros((len(index), horizon.intervals), dtype=np.bool_)
        cells[:, : horizon.touching(horizon.start, published.frozen_until)[1]] = True
        for shift in published.frozen:
            if shift.employee_id in index:
                first, last = horizon.within(shift.start, shift.end)
                cells[index[shift.employee_id], first:last] = False
        yield Unavailable(cells)

    def judge(self, case: Case, plan: Plan) -> Verdict:
        """Look at each interval before the window's end."""
        published = case.published
        if published is None:
            return Verdict()
        promised: dict[str, list[tuple[dt.datetime, dt.datetime]]] = {}
        for shift in published.frozen:
            promised.setdefault(shift.employee_id, []).append((shift.start, shift.end))
        clashes, step = [], case.horizon.step
        for shift in plan.shifts:
            mine = promised.get(shift.employee_id, [])
            instant = shift.start
            while instant < min(shift.end, published.frozen_until):
                if not any(start <= instant and instant + step <= end for start, end in mine):
                    message = (
                        f"{shift.employee_id} was not promised {shift.queue_id} {when(case, shift.start, shift.end)}, "
                        "which lies inside the freeze window"
                    )
                    clashes.append(Clash("freeze", message, shift.employee_id, shift.queue_id, shift.start, shift.end))
                    break
                instant += step
        return Verdict(tuple(clashes))


RULE = Freeze()
