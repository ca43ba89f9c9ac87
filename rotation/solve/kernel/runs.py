"""Everybody's runs: the stretches of time in which an employee may serve, laid out one after another."""

from __future__ import annotations

from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from rotation.solve.weekshape import Bool, Int32, Int64, WeekShape


class Runs(TypedDict):
    """See :class:`rotation.solve.kernel.arrays.Arrays`."""

    run_start: Int64
    run_first: Int32
    run_end: Int32
    run_day: Int32
    most_days: int
    apart: NDArray[np.uint8]


def lay_runs(week: WeekShape) -> Runs:
    """Find the runs of all employees, their days, and whose days are apart."""
    employees, intervals = week.available.shape
    edge = np.zeros((employees, intervals + 2), dtype=np.int8)
    edge[:, 1:-1] = _servable(week)
    step = np.diff(edge, axis=1)
    owner, first = np.nonzero(step == 1)
    _, end = np.nonzero(step == -1)
    start = np.searchsorted(owner, np.arange(employees + 1)).astype(np.int64)
    tomorrow = week.next_day[week.zone_of[owner], first]
    same = owner[1:] == owner[:-1]
    another = np.concatenate([[True], ~same | (tomorrow[1:] != tomorrow[:-1])])[: len(owner)]
    number = np.cumsum(another) - 1
    day = (number - number[start[owner]]).astype(np.int32) if len(owner) else np.zeros(0, dtype=np.int32)
    apart = np.full(employees, week.a_day == 1)
    apart[owner[end > tomorrow]] = False
    close = same & another[1:] & (first[1:] - end[:-1] < week.rest)
    apart[owner[1:][close]] = False
    return Runs(
        run_start=start,
        run_first=first.astype(np.int32),
        run_end=end.astype(np.int32),
        run_day=day,
        most_days=int(day.max(initial=-1)) + 1,
        apart=apart.view(np.uint8),
    )


def _servable(week: WeekShape) -> Bool:
    """Where an employee is free, certified for some queue and that queue open, (E, T)."""
    inside = np.arange(week.available.shape[1])
    found = np.zeros(week.available.shape, dtype=np.bool_)
    for q, is_open in enumerate(week.queue_open):
        first, last = week.serve_first[:, q, None], week.serve_last[:, q, None]
        found |= is_open & (first <= inside) & (inside < last)
    return found & week.available
