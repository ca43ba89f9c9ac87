"""How what mixed employees serve varies together: the curvature of the smooth bound in the prices of wide rows.

A shift is served or not, so that its cells rise and fall together, and two shifts of one day exclude each other. Days
bind each other through the hours of the week: what one serves more, the others serve less. For that, a day stands by
how its cells vary with its length, and the days by how much less the week varies than its days would alone.

A row's position is place of the interval * slots + slot of the group.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from rotation.solve.kernel.arrays import Arrays

LEAST = 1e-4
"""A probability that does not count."""


class Metric(NamedTuple):
    """Which rows have a curvature.

    - ``slot``: of each group, -1 where it has none, (G,);
    - ``place``: of each interval, -1 where it has none, (T,);
    - ``slots``, ``places``: how many.
    """

    slot: NDArray[np.int64]
    place: NDArray[np.int64]
    slots: int
    places: int


@njit(cache=True, nogil=True)
def vary_room(a: Arrays, metric: Metric) -> Any:
    """Work space: what :func:`memberships` fills, and for :func:`bind_days` the shifts' lengths by where they begin and
    end (Q, T + 1), and by position what is expected, how it varies with the day's length, zero before and after, which
    positions there are and where each day's begin."""
    queues, count, shape = (
        a.queue_open.shape[0],
        metric.slots * metric.places,
        (a.queue_open.shape[0], max(metric.slots, 1)),
    )
    return (
        (np.empty(queues, np.int64), np.empty(shape, np.int64), np.empty(shape)),
        np.zeros((queues, a.available.shape[1] + 1)),
        (np.zeros(count), np.zeros(count), np.empty(count, np.int64), np.empty(a.most_days + 2, np.int64)),
    )


@njit(cache=True, nogil=True)
def memberships(a: Arrays, e: int, queues: int, queue_of: Any, metric: Metric, room: Any) -> None:
    """List the slots in which an employee counts on each queue, with the coefficients.

    Args:
        a, e, queues, queue_of: the employee, see :func:`rotation.solve.kernel.cells.queues_of`.
        metric: which rows.
        room: filled with the number of slots of each queue (Q,), the slots and the coefficients (Q, slots) each.
    """
    count, slots, factor = room
    for k in range(queues):
        count[k] = 0
        for i in range(a.entry_start[e], a.entry_start[e + 1]):
            slot = metric.slot[a.entry_group[i]]
            if slot >= 0 and (a.entry_queue[i] == queue_of[k] or a.entry_queue[i] < 0):
                slots[k, count[k]], factor[k, count[k]] = slot, a.entry_coefficient[i]
                count[k] += 1


@njit(cache=True, nogil=True)
def join_shift(k: int, first: int, length: int, odds: float, metric: Metric, room: Any, curvature: Any) -> None:
    """Count a shift of so much variance: all its cells are served, or none.

    Args:
        k: position of its queue.
        first, length: its intervals.
        odds: variance of whether it is served, or its probability where others exclude it.
        metric, room: see :func:`memberships`.
        curvature: filled up, (positions, positions).
    """
    count, slots, factor = room
    for t in range(first, first + length):
        if metric.place[t] < 0:
            continue
        for m in range(count[k]):
            at = metric.place[t] * metric.slots + slots[k, m]
            row, weight = curvature[at], odds * factor[k, m]
            for u in range(first, first + length):
                if metric.place[u] >= 0:
                    for n in range(count[k]):
                        row[metric.place[u] * metric.slots + slots[k, n]] += weight * factor[k, n]


@njit(cache=True, nogil=True)
def lay_day(a: Arrays, runs: Any, queues: int, change: Any, metric: Metric, room: Any, found: int) -> Any:
    """Find the positions of a day of an employee, what is expected there and how it varies with the day's length.

    Args:
        a: the instance.
        runs: the day's (first, end).
        queues: of the employee.
        change: how the probability of serving changes at each cell, (queues, T + 1).
        metric: which rows.
        room: see :func:`vary_room`.
        found: positions of earlier days.

    Returns:
        The positions of this and earlier days, the variance of the day's length.
    """
    (count, slots, factor), stretched, (expected, tied, cells, _) = room
    mean = 0.0
    for r in range(runs[0], runs[1]):
        for k in range(queues):
            here = 0.0
            for t in range(a.run_first[r], a.run_end[r]):
                here += change[k, t]
                mean += here
    variance = 0.0
    for r in range(runs[0], runs[1]):
        for k in range(queues):
            here, long = 0.0, 0.0
            for t in range(a.run_first[r], a.run_end[r]):
                here += change[k, t]
                long += stretched[k, t]
                with_length = long - here * mean
                variance += with_length
                if here <= LEAST or metric.place[t] < 0:
                    continue
                for m in range(count[k]):
                    at = metric.place[t] * metric.slots + slots[k, m]
                    if expected[at] == 0.0:
                        cells[found], found = at, found + 1
                    expected[at] += here * factor[k, m]
                    tied[at] += with_length * factor[k, m]
    return found, variance


@njit(cache=True, nogil=True)
def bind_days(a: Arrays, e: int, queues: int, change: Any, spread: float, metric: Metric, room: Any, out: Any) -> None:
    """Take off what cells of one day would share if they did not exclude each other, and what days take from days.

    Args:
        a, e, queues, change, metric, room: see :func:`lay_day`.
        spread: variance of the intervals served in the week.
        out: the curvature.
    """
    expected, tied, cells, begins = room[2]
    r, stop, found, days = a.run_start[e], a.run_start[e + 1], 0, 0
    alone, squares = 0.0, 0.0
    while r < stop:
        begin = r
        while r < stop and a.run_day[r] == a.run_day[begin]:
            r += 1
        begins[days] = found
        found, variance = lay_day(a, (begin, r), queues, change, metric, room, found)
        days, alone, squares = days + 1, alone + variance, squares + variance * variance
    begins[days] = found
    bond = 0.0
    if alone * alone - squares > 1e-9:
        bond = max(alone - spread, 0.0) / (alone * alone - squares)
    for d in range(days):
        for i in range(begins[d], begins[d + 1]):
            row, likely, weight = out[cells[i]], expected[cells[i]], bond * tied[cells[i]]
            for j in range(begins[d]):
                row[cells[j]] -= weight * tied[cells[j]]
            for j in range(begins[d], begins[d + 1]):
                row[cells[j]] -= likely * expected[cells[j]]
            for j in range(begins[d + 1], found):
                row[cells[j]] -= weight * tied[cells[j]]
    for i in range(found):
        expected[cells[i]] = 0.0
        tied[cells[i]] = 0.0
