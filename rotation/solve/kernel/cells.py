"""What it costs an employee to serve a cell: own points plus the rows the cell counts in."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from rotation.solve.kernel.arrays import Arrays
from rotation.solve.kernel.rowcost import rise
from rotation.solve.kernel.scale import BLOCKED, PART, SCALE, UNREACHABLE
from rotation.solve.rowtable import HARD
from rotation.solve.weekshape import FORBIDDEN


@njit(cache=True, nogil=True)
def may_serve(a: Arrays, e: int, q: int, t: int) -> bool:
    """Whether an employee is free, certified for a queue and the queue open in an interval."""
    return a.available[e, t] and a.queue_open[q, t] and a.serve_first[e, q] <= t and t < a.serve_last[e, q]


@njit(cache=True, nogil=True)
def queues_of(a: Arrays, e: int, queue_of: Any) -> int:
    """List the queues that an employee may serve at some time; returns their number."""
    count = 0
    for q in range(a.serve_first.shape[1]):
        if a.serve_first[e, q] < a.serve_last[e, q]:
            queue_of[count] = q
            count += 1
    return count


@njit(cache=True, nogil=True)
def add_entry(a: Arrays, i: int, first: int, end: int, activity: Any, guide: Any, cost: Any) -> None:
    """Add to the cost of each cell of a run what member entry ``i`` counts there, as ``rise`` says for each."""
    g, c = a.entry_group[i], int(a.entry_coefficient[i])
    mu, rho, low, high = guide
    n = end - first
    if a.is_week[g]:
        more = rise(a, g, 0, c, activity, guide)
        for s in range(n):
            cost[s] += more
        return
    if rho != 0:
        price = mu[g, first:end]
        for s in range(n):
            cost[s] += c * price[s]
    if rho < 0:
        return
    now = activity[g, first:end]
    if rho > 0 and a.points[g, 0, first] < HARD:
        least, most = low[g, first:end], high[g, first:end]
        for s in range(n):
            x = now[s] * PART
            off = max(least[s] - x, 0) + max(x - most[s], 0)
            x += c * PART
            then = max(least[s] - x, 0) + max(x - most[s], 0)
            cost[s] += rho * (then * then - off * off) // (PART * PART)
        return
    for h in range(a.above.shape[1]):
        if not a.used[g, h]:
            continue
        points, limit = a.points[g, h, first:end], a.limit[g, h, first:end]
        if a.above[g, h]:
            for s in range(n):
                past = now[s] - limit[s]
                cost[s] += (max(past + c, 0) - max(past, 0)) * points[s] * SCALE
        else:
            for s in range(n):
                short = limit[s] - now[s]
                cost[s] += (max(short - c, 0) - max(short, 0)) * points[s] * SCALE


@njit(cache=True, nogil=True)
def fill_cells(
    a: Arrays, e: int, activity: Any, guide: Any, queues: int, queue_of: Any, shared: Any, own: Any, prefix: Any
) -> None:
    """Prefix sums of the scaled cost of each cell of an employee's runs; other cells are left as they are.

    Args:
        a: the instance.
        e: the employee, whose own week is not in the activity.
        activity, guide: see :func:`rotation.solve.kernel.rowcost.rise`.
        queues, queue_of: the employee's queues.
        shared, own: work space, (T,).
        prefix: filled, (queues, T + 1); a run's own sums begin anew at its first interval.
    """
    for r in range(a.run_start[e], a.run_start[e + 1]):
        first, end = a.run_first[r], a.run_end[r]
        points = a.interval_points[e, first:end]
        for s in range(end - first):
            shared[s] = np.int64(points[s]) * SCALE
        for i in range(a.entry_start[e], a.entry_start[e + 1]):
            if a.entry_queue[i] < 0 and not a.is_week[a.entry_group[i]]:
                add_entry(a, i, first, end, activity, guide, shared)
        for k in range(queues):
            q, total = queue_of[k], 0
            begin, close, is_open = a.serve_first[e, q] - first, a.serve_last[e, q] - first, a.queue_open[q, first:end]
            for s in range(end - first):
                own[s] = shared[s] if is_open[s] and begin <= s and s < close else BLOCKED
            for i in range(a.entry_start[e], a.entry_start[e + 1]):
                if a.entry_queue[i] == q:
                    add_entry(a, i, first, end, activity, guide, own)
            sums = prefix[k, first : end + 1]
            sums[0] = 0
            for s in range(end - first):
                total += own[s]
                sums[s + 1] = total


@njit(cache=True, nogil=True)
def fill_terminal(a: Arrays, e: int, activity: Any, guide: Any, terminal: Any) -> int:
    """Scaled cost of serving n intervals in all: own points, and the rows that count the whole week on any queue.

    Returns:
        The width: one more than the most intervals that are allowed.
    """
    width = 0
    for n in range(a.served_points.shape[1]):
        if a.served_points[e, n] < FORBIDDEN:
            terminal[n] = a.served_points[e, n] * SCALE
            width = n + 1
        else:
            terminal[n] = UNREACHABLE
    for i in range(a.entry_start[e], a.entry_start[e + 1]):
        g = a.entry_group[i]
        if a.is_week[g] and a.entry_queue[i] < 0:
            for n in range(width):
                terminal[n] += rise(a, g, 0, n * a.entry_coefficient[i], activity, guide)
    return width


@njit(cache=True, nogil=True)
def promised(a: Arrays, e: int, q: int, t: int, length: int) -> int:
    """Scaled points that a shift keeps from being paid."""
    kept = 0
    for p in range(a.promise_start[e], a.promise_start[e + 1]):
        if a.promise_first[p] == t and a.promise_length[p] == length and a.promise_queue[p] == q:
            kept += a.promise_points[p] * SCALE
    return kept
