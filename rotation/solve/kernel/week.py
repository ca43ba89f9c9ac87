"""One employee's cheapest week where the days bind each other only through the week's totals.

Each day has a table: the cheapest shift of each length. The week is the cheapest choice of one entry or none a day by
how many intervals are served in all and, where it can bind, how many shifts there are.
"""

from __future__ import annotations

from typing import Any

from numba import njit

from rotation.solve.kernel.arrays import Arrays
from rotation.solve.kernel.cells import promised
from rotation.solve.kernel.scale import BLOCKED, SCALE


@njit(cache=True, nogil=True)
def fill_days(a: Arrays, e: int, queues: int, queue_of: Any, prefix: Any, width: int, days: Any) -> int:
    """The cheapest shift of each length on each day.

    Args:
        a: the instance.
        e: the employee.
        queues, queue_of, prefix: see :func:`rotation.solve.kernel.cells.fill_cells`.
        width: one more than the most intervals that may be served.
        days: filled with (cost, first interval, position of the queue) of each day and length, three arrays of shape
            (most days, longest + 1); a cost of BLOCKED says that there is none.

    Returns:
        The number of days.
    """
    best, begin, which = days
    count, has_promise = 0, a.promise_start[e] < a.promise_start[e + 1]
    for r in range(a.run_start[e], a.run_start[e + 1]):
        d, first, end = a.run_day[r], a.run_first[r], a.run_end[r]
        if d == count:
            best[d, :] = BLOCKED
            count += 1
        allowed = a.start_allowed[first:end]
        for k in range(queues):
            sums = prefix[k, first : end + 1]
            for n in range(a.shortest, min(a.longest, end - first, width - 1) + 1):
                later, least, at = sums[n:], best[d, n], -1
                for s in range(end - first - n + 1):
                    cost = later[s] - sums[s]
                    if has_promise and cost < BLOCKED // 2:
                        cost -= promised(a, e, queue_of[k], first + s, n)
                    if cost < least and allowed[s]:
                        least, at = cost, s
                if at >= 0:
                    best[d, n], begin[d, n], which[d, n] = least, first + at, k
    for d in range(count):
        for n in range(a.shortest, a.longest + 1):
            best[d, n] = min(best[d, n] + a.length_points[n] * SCALE, BLOCKED) if best[d, n] < BLOCKED // 2 else BLOCKED
    return count


@njit(cache=True, nogil=True)
def layers(a: Arrays, days: int) -> int:
    """Numbers of shifts to tell apart: 1 where the week's limit cannot bind."""
    return 1 if a.a_week == 0 or days <= a.a_week else a.a_week + 1


@njit(cache=True, nogil=True)
def fill_week(a: Arrays, days: int, best: Any, terminal: Any, width: int, value: Any) -> None:
    """Costs from each day on, for every number of shifts and of intervals before it, (days + 1, layers x width)."""
    count = layers(a, days)
    for s in range(count * width):
        value[days, s] = terminal[s % width]
    for d in range(days - 1, -1, -1):
        for layer in range(count):
            base = layer * width
            for m in range(width):
                value[d, base + m] = value[d + 1, base + m]
            if count > 1 and layer == count - 1:
                continue
            after = base + width if count > 1 else base
            for n in range(a.shortest, min(a.longest, width - 1) + 1):
                cost = best[d, n]
                if cost < BLOCKED // 2:
                    for m in range(width - n):
                        value[d, base + m] = min(value[d, base + m], cost + value[d + 1, after + m + n])


@njit(cache=True, nogil=True)
def trace_week(a: Arrays, days: int, tables: Any, width: int, value: Any, queue_of: Any, shifts: Any) -> int:
    """Read the cheapest week off into ``shifts``; returns their number. Ties stay idle."""
    best, begin, which = tables
    count = layers(a, days)
    layer, m, found = 0, 0, 0
    for d in range(days):
        target = value[d, layer * width + m]
        if value[d + 1, layer * width + m] == target:
            continue
        after = (layer + 1 if count > 1 else 0) * width + m
        for n in range(a.shortest, min(a.longest, width - 1 - m) + 1):
            if best[d, n] < BLOCKED // 2 and best[d, n] + value[d + 1, after + n] == target:
                shifts[found, 0], shifts[found, 1], shifts[found, 2] = queue_of[which[d, n]], begin[d, n], n
                found, m = found + 1, m + n
                layer = layer + 1 if count > 1 else 0
                break
    return found
