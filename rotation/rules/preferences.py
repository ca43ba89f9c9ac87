"""People serve when it suits them: each hour costs its distance from the person's own best-liked time."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

import numpy as np

from rotation.company import Preference
from rotation.declaration import IntervalPoints, Statement, Verdict
from rotation.plan import Case, Plan
from rotation.plan.attendance import served


def best_weight(rows: tuple[Preference, ...]) -> int:
    """The person's best-liked weight; 0 when nothing is liked."""
    return max((row.weight for row in rows), default=0) if any(row.weight > 0 for row in rows) else 0


def weight_at(rows: tuple[Preference, ...], weekday: int, minute: int) -> int:
    """The stated weight of a minute of a weekday: the lowest of the rows that cover it, 0 when none does."""
    return min(
        (row.weight for row in rows if row.weekday == weekday and row.start_min <= minute < row.end_min), default=0
    )


class Preferences:
    """Soft: points per hour and per step below the own best."""

    summary = "People serve at times they like rather than at times they refuse"
    kind = "soft"
    weights = ("preference",)

    def declare(self, case: Case) -> Iterable[Statement]:
        """Points of each cell, from the local clock at the interval's start."""
        per_step = case.company.policy.per_interval(case.company.policy.weights.preference)
        cells = np.zeros((len(case.company.employees), case.horizon.intervals), dtype=np.int32)
        clocks: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.int64]]] = {}
        for employee_id, rows in case.company.preferences_of.items():
            zone = case.company.employee[employee_id].timezone
            if zone not in clocks:
                local = [case.horizon.local(n, ZoneInfo(zone)) for n in range(case.horizon.intervals)]
                clocks[zone] = np.array([at.weekday() * 1440 + at.hour * 60 + at.minute for at in local])
            clock = clocks[zone]
            stated = np.full(case.horizon.intervals, 99, dtype=np.int32)
            for row in rows:
                low, high = row.weekday * 1440 + row.start_min, row.weekday * 1440 + row.end_min
                covered = (low <= clock) & (clock < high)
                stated[covered] = np.minimum(stated[covered], row.weight)
            stated[stated == 99] = 0
            cells[case.employee_index[employee_id]] = (best_weight(rows) - stated) * per_step
        yield IntervalPoints(cells)

    def judge(self, case: Case, plan: Plan) -> Verdict:
        """Ask the clock interval by interval."""
        steps = 0
        for shift, intervals in served(case, plan):
            rows = case.company.preferences_of.get(shift.employee_id, ())
            if rows:
                zone = ZoneInfo(case.company.employee[shift.employee_id].timezone)
                best = best_weight(rows)
                for index in intervals:
                    local = case.horizon.local(index, zone)
                    steps += best - weight_at(rows, local.weekday(), local.hour * 60 + local.minute)
        weight = case.company.policy.weights.preference
        return Verdict(points={"preference": weight * steps * case.horizon.interval_min // 60})


RULE = Preferences()
