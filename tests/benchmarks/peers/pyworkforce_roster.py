"""pyworkforce's rostering, as far as it can say what is asked.

It knows named shifts of a day with required numbers, bans, least hours and preferences. So each queue's day is cut into
shifts of two hours with the mean requirement, whoever is not certified or not free is banned, and everybody owes the
least band of all. It has no upper end of the band, no cap of a department, no mentors, no points: its answer is a
plan that the audit judges like any other. Where it says infeasible, less is asked, a tenth at a time.
"""

from __future__ import annotations

import time

import numpy as np
from pyworkforce.rostering.binary_programming import MinHoursRoster

from rotation.plan import Case
from rotation.solve.instance import Instance

SHIFT_H = 2


def solve(case: Case, instance: Instance, seconds: float) -> tuple[np.ndarray, int | None]:
    """Ask for less until there is an answer or the time is up."""
    week, day = instance.week, 24 * 60 // case.horizon.interval_min
    length, days = SHIFT_H * 60 // case.horizon.interval_min, 5
    open_at = np.flatnonzero(week.queue_open[:, :day].any(axis=0))
    starts = range(int(open_at[0]), int(open_at[-1]) + 1, length)
    shifts = {f"{q} {t}": (q, t) for q in range(week.queue_open.shape[0]) for t in starts}
    certified = week.serve_first < week.serve_last
    banned = [
        {"resource": e, "shift": name, "day": d}
        for e in range(instance.employees)
        for name, (q, t) in shifts.items()
        for d in range(days)
        if not certified[e, q] or not week.available[e, d * day + t :][:length].all()
    ]
    asked = {
        name: [case.missing[q, d * day + t :][:length].mean() for d in range(days)] for name, (q, t) in shifts.items()
    }
    least = min(int(np.flatnonzero(row == row.min())[0]) for row in week.served_points) * case.horizon.interval_min / 60
    begun, share = time.monotonic(), 1.0
    while share > 0 and (left := seconds - (time.monotonic() - begun)) > 0:
        roster = MinHoursRoster(
            num_days=days,
            resources=_Places(instance.employees),
            shifts=list(shifts),
            shifts_hours=[SHIFT_H] * len(shifts),
            min_working_hours=int(least // SHIFT_H * SHIFT_H),
            banned_shifts=banned,
            max_resting=days,
            required_resources={name: [int(share * count) for count in counts] for name, counts in asked.items()},
            max_search_time=left,
        )
        answer = roster.solve()
        if answer["status"] in ("OPTIMAL", "FEASIBLE"):
            rows = [(r["resource"], *shifts[r["shift"]], r["day"]) for r in answer["resource_shifts"]]
            return np.array([(e, q, d * day + t, length) for e, q, t, d in rows]).reshape(-1, 4), None
        share -= 0.1
    return np.zeros((0, 4), dtype=np.int64), None


class _Places(list[int]):
    """Employee indices whose position is themselves: the library looks each ban's person up from the front."""

    def __init__(self, count: int) -> None:
        super().__init__(range(count))

    def index(self, value: int, *_: int) -> int:  # type: ignore[override]
        """The position of an employee."""
        return value
