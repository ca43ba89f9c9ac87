"""One employee's cheapest week where days bind each other: several shifts a day, rest or shifts over midnight.

Dynamic programming over the intervals in which a shift can begin. State: intervals served so far and, where they can
bind, shifts so far in the week and today. A shift costs the prefix difference of its queue's cell prices; for each
stretch of time the cheapest of the employee's queues is taken. Slower than :mod:`rotation.solve.kernel.week`, and for
every employee.
"""

from __future__ import annotations

from typing import Any

from numba import njit

from rotation.solve.kernel.arrays import Arrays
from rotation.solve.kernel.cells import promised
from rotation.solve.kernel.scale import BLOCKED, SCALE


@njit(cache=True, nogil=True)
def dimensions(a: Arrays, e: int, width: int) -> tuple[int, int]:
    """Size of the state's second and third part: shifts of the week and of the day, 1 where they cannot bind."""
    days = a.a_day if a.a_day > 1 else 1
    if a.a_week == 0 or (width - 1) // a.shortest <= a.a_week:
        return 1, days
    if a.a_day > 0:
        intervals, zone = a.available.shape[1], a.zone_of[e]
        worked, t = 0, 0
        while t < intervals:
            if a.available[e, t]:
                worked += 1
                t = a.next_day[zone, t]
            else:
                t += 1
        if worked * a.a_day <= a.a_week:
            return 1, days
    return a.a_week + 1, days


@njit(cache=True, nogil=True)
def stretch(a: Arrays, e: int, t: int, length: int, queues: int, prefix: Any, queue_of: Any) -> tuple[int, int]:
    """Cheapest queue for a shift inside a run: (its scaled cost, its position among the employee's queues)."""
    best, which = BLOCKED, -1
    for k in range(queues):
        cost = prefix[k, t + length] - prefix[k, t]
        if cost >= BLOCKED // 2:
            continue
        cost -= promised(a, e, queue_of[k], t, length)
        if cost < best:
            best, which = cost, k
    return best + a.length_points[length] * SCALE, which


@njit(cache=True, nogil=True)
def successor(a: Arrays, e: int, t: int, length: int, j: int, live_after: Any) -> tuple[int, int]:
    """Where the week goes on after a shift: (row, shifts of that day so far)."""
    intervals = a.available.shape[1]
    end = min(t + length + a.rest, intervals)
    if a.a_day == 0:
        return live_after[end], 0
    tomorrow = a.next_day[a.zone_of[e], t]
    if j + 1 >= a.a_day:
        return live_after[max(end, tomorrow)], 0
    row = live_after[end]
    return row, (0 if row >= tomorrow else j + 1)


@njit(cache=True, nogil=True)
def fill_row(
    a: Arrays,
    e: int,
    t: int,
    later: int,
    queues: int,
    prefix: Any,
    queue_of: Any,
    live_after: Any,
    value: Any,
    shape: tuple[int, int, int],
    end: int,
) -> None:
    """Costs from interval ``t`` on, for every state: stay idle until the next row, or begin a shift here
    that ends by ``end``, where the run does."""
    width, weeks, days = shape
    new_day = a.a_day > 1 and later >= a.next_day[a.zone_of[e], t]
    for n in range(weeks):
        for j in range(days):
            base, idle = (n * days + j) * width, (n * days + (0 if new_day else j)) * width
            for m in range(width):
                value[t, base + m] = value[later, idle + m]
    for length in range(a.shortest, min(a.longest, width - 1, end - t) + 1):
        cost, k = stretch(a, e, t, length, queues, prefix, queue_of)
        if k < 0:
            break
        for n in range(weeks if weeks == 1 else weeks - 1):
            for j in range(days):
                row, today = successor(a, e, t, length, j, live_after)
                base = (n * days + j) * width
                after = ((n + 1 if weeks > 1 else n) * days + today) * width + length
                for m in range(width - length):
                    candidate = cost + value[row, after + m]
                    if candidate < value[t, base + m]:
                        value[t, base + m] = candidate


@njit(cache=True, nogil=True)
def trace(
    a: Arrays,
    e: int,
    row: int,
    queues: int,
    prefix: Any,
    queue_of: Any,
    live_after: Any,
    value: Any,
    shape: tuple[int, int, int],
    until: Any,
    shifts: Any,
) -> int:
    """Read the cheapest week off the filled rows into ``shifts``; returns their number. Ties stay idle."""
    width, weeks, days = shape
    intervals = a.available.shape[1]
    m, n, j, count = 0, 0, 0, 0
    while row < intervals:
        target = value[row, (n * days + j) * width + m]
        later = live_after[row + 1]
        idle = 0 if a.a_day > 1 and later >= a.next_day[a.zone_of[e], row] else j
        if value[later, (n * days + idle) * width + m] == target:
            row, j = later, idle
            continue
        for length in range(a.shortest, min(a.longest, width - 1 - m, until[row] - row) + 1):
            cost, k = stretch(a, e, row, length, queues, prefix, queue_of)
            if k < 0:
                break
            nxt, today = successor(a, e, row, length, j, live_after)
            week = n + 1 if weeks > 1 else n
            if week < weeks and cost + value[nxt, (week * days + today) * width + m + length] == target:
                shifts[count, 0], shifts[count, 1], shifts[count, 2] = queue_of[k], row, length
                count, m, n, j, row = count + 1, m + length, week, today, nxt
                break
    return count


@njit(cache=True, nogil=True)
def cheapest_any_week(
    a: Arrays, e: int, queues: int, prefix: Any, queue_of: Any, terminal: Any, width: int, room: Any, shifts: Any
) -> tuple[int, int]:
    """The cheapest week of employee ``e``.

    Args:
        a: the instance.
        e: the employee.
        queues: how many queues the employee may serve.
        prefix: prefix sums of scaled cell prices of each within the runs, (queues, T + 1).
        queue_of: their indices.
        terminal: scaled cost of serving n intervals in all, (width,).
        width: one more than the most intervals that may be served.
        room: work space: next rows (T + 2,), ends of runs (T,), costs (T + 1, states).
        shifts: filled with rows (queue, first interval, length).

    Returns:
        Scaled cost of the week, with the bonus of kept promises taken off, and the number of shifts.
    """
    intervals = a.available.shape[1]
    live_after, until, value = room
    weeks, days = dimensions(a, e, width)
    shape = (width, weeks, days)
    for s in range(width * weeks * days):
        value[intervals, s] = terminal[s % width]
    live_after[intervals] = intervals
    r = a.run_start[e + 1]
    for t in range(intervals - 1, -1, -1):
        live_after[t] = live_after[t + 1]
        while r > a.run_start[e] and t < a.run_first[r - 1]:
            r -= 1
        if queues and r > a.run_start[e] and t < a.run_end[r - 1] and a.start_allowed[t]:
            until[t] = a.run_end[r - 1]
            fill_row(a, e, t, live_after[t + 1], queues, prefix, queue_of, live_after, value, shape, until[t])
            live_after[t] = t
    first = live_after[0]
    return value[first, 0], trace(a, e, first, queues, prefix, queue_of, live_after, value, shape, until, shifts)
