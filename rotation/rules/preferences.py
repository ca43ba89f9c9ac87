"""People serve when it suits them: each hour costs its distance from the person's own best-liked time."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

import numpy as np

from rotation.company import Preference
from rotation.declaration import IntervalPoints, Statement, Verdict
from rotation.plan import Case, Plan
from rotation.plan.attendance import served

NOT_STATED = 99
"""Above any weight, so that the lowest stated one wins."""


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
        spans: dict[tuple[str, int, int, int], np.ndarray[tuple[int, ...], np.dtype[np.int64]]] = {}
        for employee_id, rows in case.company.preferences_of.items():
            zone, line = case.company.employee[employee_id].timezone, cells[case.employee_index[employee_id]]
            line[:] = NOT_STATED
            for row in rows:
                key = zone, row.weekday, row.start_min, row.end_min
                if key not in spans:
                    spans[key] = _covered(case, *key)
                line[spans[key]] = np.minimum(line[spans[key]], row.weight)
            line[line == NOT_STATED] = 0
            np.subtract(best_weight(rows), line, out=line)
        cells *= per_step
        yield IntervalPoints(cells)

    def judge(self, case: Case, plan: Plan) -> Verdict:
        """Ask the clock interval by interval."""
        steps = 0
        clock: dict[tuple[str, int], tuple[int, int]] = {}
        for shift, intervals in served(case, plan):
            rows = case.company.preferences_of.get(shift.employee_id, ())
            if rows:
                zone = case.company.employee[shift.employee_id].timezone
                best = best_weight(rows)
                for index in intervals:
                    if (zone, index) not in clock:
                        local = case.horizon.local(index, ZoneInfo(zone))
                        clock[zone, index] = local.weekday(), local.hour * 60 + local.minute
                    steps += best - weight_at(rows, *clock[zone, index])
        weight = case.company.policy.weights.preference
        return Verdict(points={"preference": weight * steps * case.horizon.interval_min // 60})


def _covered(
    case: Case, zone: str, weekday: int, start_min: int, end_min: int
) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """The intervals whose start lies in a stretch of a weekday on the clock of a zone."""
    local = [case.horizon.local(n, ZoneInfo(zone)) for n in range(case.horizon.intervals)]
    inside = [at.weekday() == weekday and start_min <= at.hour * 60 + at.minute < end_min for at in local]
    return np.flatnonzero(inside)


RULE = Preferences()
