"""Price everybody at once, or let each in turn take the cheapest week beside the others."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from rotation.solve.kernel.anyweek import cheapest_any_week
from rotation.solve.kernel.arrays import Arrays
from rotation.solve.kernel.cells import fill_cells, fill_terminal, queues_of
from rotation.solve.kernel.scale import LINEAR, SCALE
from rotation.solve.kernel.week import fill_days, fill_week, trace_week


@njit(cache=True, nogil=True)
def states(a: Arrays) -> int:
    """Most states that a week's dynamic program can have."""
    return a.served_points.shape[1] * (a.a_week + 1) * max(1, a.a_day)


@njit(cache=True, nogil=True)
def rooms(a: Arrays) -> Any:
    """Work space for one employee at a time: the employee's queues (Q,), two costs of cells (T,) each, their prefix
    sums (Q, T + 1), the terminal (most served + 1,), the days' tables, the states of the week by days and by
    intervals, and a week's shifts."""
    intervals, queue_count = a.available.shape[1], a.queue_open.shape[0]
    table = a.most_days + 1, a.longest + 1
    return (
        np.empty(queue_count, np.int64),
        np.empty(intervals, np.int64),
        np.empty(intervals, np.int64),
        np.empty((queue_count, intervals + 1), np.int64),
        np.empty(a.served_points.shape[1], np.int64),
        (np.empty(table, np.int64), np.empty(table, np.int64), np.empty(table, np.int64)),
        np.empty((a.most_days + 1, a.served_points.shape[1] * (a.a_week + 1)), np.int64),
        (
            np.empty(intervals + 2, np.int64),
            np.empty(intervals, np.int64),
            np.empty((intervals + 1, states(a)), np.int64),
        ),
        np.empty((a.served_points.shape[1] + 1, 3), np.int32),
    )


@njit(cache=True, nogil=True)
def cheapest_week(a: Arrays, e: int, queues: int, room: Any, width: int, shifts: Any, days_filled: bool) -> Any:
    """The cheapest week at the costs of cells that the work space holds: (scaled cost, number of shifts).

    The bonus of kept promises is taken off. ``shifts`` is filled with rows (queue, first interval, length).
    """
    queue_of, _, _, prefix, terminal, tables, value, any_room, _ = room
    if not a.apart[e]:
        return cheapest_any_week(a, e, queues, prefix, queue_of, terminal, width, any_room, shifts)
    days = a.run_day[a.run_start[e + 1] - 1] + 1 if a.run_start[e] < a.run_start[e + 1] else 0
    if not days_filled:
        fill_days(a, e, queues, queue_of, prefix, width, tables)
    fill_week(a, days, tables[0], terminal, width, value)
    return value[0, 0], trace_week(a, days, tables, width, value, queue_of, shifts)


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
def price_all(a: Arrays, who: Any, price: Any, activity: Any, weeks: Any, counts: Any) -> int:
    """Everybody's cheapest week at given prices.

    Args:
        a: the instance.
        who: which employees.
        price: of one unit of each row, (G, T), scaled.
        activity: filled up with what the weeks amount to, (G, T).
        weeks: filled with everybody's shifts, rows (queue, first interval, length), (E, shifts, 3).
        counts: filled with how many of them, (E,).

    Returns:
        The scaled cost of all these weeks; promises not kept are counted in.
    """
    guide, room = (price, LINEAR, price, price), rooms(a)
    queue_of, shared, own, prefix, terminal = room[0], room[1], room[2], room[3], room[4]
    total = 0
    for e in who:
        queues = queues_of(a, e, queue_of)
        fill_cells(a, e, price, guide, queues, queue_of, shared, own, prefix)
        width = fill_terminal(a, e, price, guide, terminal)
        cost, counts[e] = cheapest_week(a, e, queues, room, width, weeks[e], False)
        for p in range(a.promise_start[e], a.promise_start[e + 1]):
            cost += a.promise_points[p] * SCALE
        total += cost
        count_in(a, e, weeks[e], counts[e], 1, activity)
    return total
