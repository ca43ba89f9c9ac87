"""Sweeps over employees: price everybody at once, or let each in turn take the cheapest week beside the others."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from rotation.solve.kernel.arrays import Arrays
from rotation.solve.kernel.cells import (
    guided_cost,
    linear_prefix,
    linear_terminal,
    marginal_prefix,
    marginal_terminal,
    own_terminal,
    queues_of,
)
from rotation.solve.kernel.week import SCALE, cheapest_week


@njit(cache=True, nogil=True)
def states(a: Arrays) -> int:
    """Most states that a week's dynamic program can have."""
    return a.served_points.shape[1] * (a.a_week + 1) * max(1, a.a_day)


@njit(cache=True, nogil=True)
def count_in(a: Arrays, e: int, shifts: Any, count: int, sign: int, activity: Any) -> None:
    """Add (or with sign -1 take off) an employee's shifts to the rows' activity."""
    for s in range(count):
        q, first, length = shifts[s, 0], shifts[s, 1], shifts[s, 2]
        for i in range(a.entry_start[e], a.entry_start[e + 1]):
            if a.entry_queue[i] == q or a.entry_queue[i] < 0:
                g = a.entry_group[i]
                if a.is_week[g]:
                    activity[g, 0] += sign * length * a.entry_coefficient[i]
                else:
                    for t in range(first, first + length):
                        activity[g, t] += sign * a.entry_coefficient[i]


@njit(cache=True, nogil=True)
def price_all(a: Arrays, begin: int, end: int, price: Any, activity: Any, weeks: Any, counts: Any) -> int:
    """Everybody's cheapest week at given prices.

    Args:
        a: the instance.
        begin, end: which employees.
        price: of one unit of each row, (G, T), scaled.
        activity: filled up with what the weeks amount to, (G, T).
        weeks: filled with everybody's shifts, rows (queue, first interval, length), (E, shifts, 3).
        counts: filled with how many of them, (E,).

    Returns:
        The scaled cost of all these weeks; promises not kept are counted in.
    """
    intervals, queue_count = a.available.shape[1], a.queue_open.shape[0]
    prefix = np.empty((queue_count, intervals + 1), np.int64)
    queue_of = np.empty(queue_count, np.int64)
    terminal = np.empty(a.served_points.shape[1], np.int64)
    live_after = np.empty(intervals + 2, np.int64)
    value = np.empty((intervals + 1, states(a)), np.int64)
    total = 0
    for e in range(begin, end):
        queues = queues_of(a, e, queue_of)
        width = own_terminal(a, e, terminal)
        linear_prefix(a, e, price, queues, queue_of, prefix)
        linear_terminal(a, e, price, width, terminal)
        cost, count = cheapest_week(a, e, queues, prefix, queue_of, terminal, width, live_after, value, weeks[e])
        counts[e] = count
        for p in range(a.promise_start[e], a.promise_start[e + 1]):
            cost += a.promise_points[p] * SCALE
        total += cost
        count_in(a, e, weeks[e], count, 1, activity)
    return total


@njit(cache=True, nogil=True)
def refresh(a: Arrays, e: int, shifts: Any, count: int, activity: Any, guide: Any, up: Any) -> None:
    """Bring the cost of one more unit up to date where an employee's shifts changed the activity."""
    mu, rho, low, high = guide
    for s in range(count):
        q, first, length = shifts[s, 0], shifts[s, 1], shifts[s, 2]
        for i in range(a.entry_start[e], a.entry_start[e + 1]):
            if a.entry_queue[i] == q or a.entry_queue[i] < 0:
                g = a.entry_group[i]
                for t in range(0 if a.is_week[g] else first, 1 if a.is_week[g] else first + length):
                    x = activity[g, t]
                    up[g, t] = guided_cost(a, g, t, x + 1, mu, rho, low, high)
                    up[g, t] -= guided_cost(a, g, t, x, mu, rho, low, high)


@njit(cache=True, nogil=True)
def margins(a: Arrays, activity: Any, guide: Any, up: Any) -> None:
    """The cost of one more unit of every row."""
    mu, rho, low, high = guide
    for g in range(activity.shape[0]):
        for t in range(1 if a.is_week[g] else activity.shape[1]):
            x = activity[g, t]
            up[g, t] = guided_cost(a, g, t, x + 1, mu, rho, low, high) - guided_cost(a, g, t, x, mu, rho, low, high)


@njit(cache=True, nogil=True)
def descend(a: Arrays, order: Any, weeks: Any, counts: Any, activity: Any, guide: Any) -> int:
    """Each employee in turn takes the cheapest week beside everybody else's.

    Args:
        a: the instance.
        order: employees, in the order of their turns.
        weeks: everybody's shifts, (E, shifts, 3); changed.
        counts: how many of them, (E,); changed.
        activity: (G, T); changed.
        guide: (mu, rho, low, high), see :func:`rotation.solve.kernel.cells.guided_cost`.

    Returns:
        How many employees changed their week.
    """
    intervals, queue_count = a.available.shape[1], a.queue_open.shape[0]
    prefix = np.empty((queue_count, intervals + 1), np.int64)
    queue_of = np.empty(queue_count, np.int64)
    terminal = np.empty(a.served_points.shape[1], np.int64)
    live_after = np.empty(intervals + 2, np.int64)
    value = np.empty((intervals + 1, states(a)), np.int64)
    shifts = np.empty((a.served_points.shape[1] + 1, 3), np.int32)
    up = np.zeros(activity.shape, np.int64)
    margins(a, activity, guide, up)
    changed = 0
    for e in order:
        count_in(a, e, weeks[e], counts[e], -1, activity)
        refresh(a, e, weeks[e], counts[e], activity, guide, up)
        queues = queues_of(a, e, queue_of)
        width = own_terminal(a, e, terminal)
        marginal_prefix(a, e, up, activity, guide, queues, queue_of, prefix)
        marginal_terminal(a, e, activity, guide, width, terminal)
        _, count = cheapest_week(a, e, queues, prefix, queue_of, terminal, width, live_after, value, shifts)
        same = count == counts[e]
        for s in range(count):
            for column in range(3):
                same = same and weeks[e, s, column] == shifts[s, column]
                weeks[e, s, column] = shifts[s, column]
        counts[e] = count
        changed += 0 if same else 1
        count_in(a, e, weeks[e], count, 1, activity)
        refresh(a, e, weeks[e], count, activity, guide, up)
    return changed
