"""Everybody's weeks mixed: each with a probability that falls with its cost, so that the bound becomes smooth.

The soft least cost -heat log sum exp(-cost / heat) over all weeks of an employee, by the same dynamic program as
:mod:`rotation.solve.kernel.week`, and the activity to be expected, by handing probabilities forward.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from rotation.solve.kernel.arrays import Arrays
from rotation.solve.kernel.cells import linear_prefix, linear_terminal, own_terminal, queues_of
from rotation.solve.kernel.sweeps import states
from rotation.solve.kernel.week import BLOCKED, SCALE, dimensions, successor

NEVER = 1e300
"""Cost of a shift that cannot be."""
LEAST = 1e-9
"""A probability that no longer counts."""
COLD = 25.0
"""Heats behind the best beyond which a choice has no part."""
UNIT = 1 << 20
"""Expected activities are whole multiples of 1/UNIT, so that they do not depend on who adds them up."""


@njit(cache=True, nogil=True)
def mixed_stretch(
    a: Arrays, e: int, t: int, length: int, queues: int, prefix: Any, queue_of: Any, heat: float, share: Any
) -> float:
    """Soft least cost of a shift over the queues; ``share`` is filled with the part of each, (queues,)."""
    best = NEVER
    for k in range(queues):
        cost = prefix[k, t + length] - prefix[k, t]
        share[k] = NEVER
        if cost < BLOCKED // 2:
            for p in range(a.promise_start[e], a.promise_start[e + 1]):
                if a.promise_first[p] == t and a.promise_length[p] == length and a.promise_queue[p] == queue_of[k]:
                    cost -= a.promise_points[p] * SCALE
            share[k] = cost
            best = min(best, share[k])
    if best >= NEVER:
        return best
    total = 0.0
    for k in range(queues):
        share[k] = np.exp((best - share[k]) / heat) if share[k] - best < COLD * heat else 0.0
        total += share[k]
    for k in range(queues):
        share[k] /= total
    return best - heat * np.log(total) + a.length_points[length] * SCALE


@njit(cache=True, nogil=True)
def mix_row(a: Arrays, e: int, t: int, costs: Any, heat: float, live_after: Any, value: Any, shape: Any) -> None:
    """Soft least costs from interval ``t`` on, for every state; ``costs`` of a shift of each length there."""
    width, weeks, days, last = shape
    later = live_after[t + 1]
    new_day = a.a_day > 1 and later >= a.next_day[a.zone_of[e], t]
    row, after = np.empty(last + 1, np.int64), np.empty(last + 1, np.int64)
    for n in range(weeks):
        for j in range(days):
            base, idle = (n * days + j) * width, (n * days + (0 if new_day else j)) * width
            most = last if weeks == 1 or n < weeks - 1 else 0
            for length in range(a.shortest, most + 1):
                row[length], today = successor(a, e, t, length, j, live_after)
                after[length] = ((n + 1 if weeks > 1 else n) * days + today) * width + length
            for m in range(width):
                stay = value[later, idle + m]
                best, total, top = stay, 0.0, min(most, width - 1 - m)
                for length in range(a.shortest, top + 1):
                    best = min(best, costs[length] + value[row[length], after[length] + m])
                for length in range(a.shortest, top + 1):
                    behind = costs[length] + value[row[length], after[length] + m] - best
                    if behind < COLD * heat:
                        total += np.exp(-behind / heat)
                if stay - best < COLD * heat:
                    total += np.exp((best - stay) / heat)
                value[t, base + m] = best - heat * np.log(total) if total > 1.0 else best


@njit(cache=True, nogil=True)
def flow(
    a: Arrays, e: int, t: int, costs: Any, heat: float, live_after: Any, value: Any, mass: Any, begun: Any, shape: Any
) -> None:
    """Hand the probability of interval ``t``'s states on; ``begun`` gets that of a shift of each length beginning."""
    width, weeks, days, last = shape
    later = live_after[t + 1]
    new_day = a.a_day > 1 and later >= a.next_day[a.zone_of[e], t]
    begun[:] = 0.0
    for n in range(weeks):
        for j in range(days):
            base, idle = (n * days + j) * width, (n * days + (0 if new_day else j)) * width
            most = last if weeks == 1 or n < weeks - 1 else 0
            for m in range(width):
                behind = value[later, idle + m] - value[t, base + m]
                if mass[t, base + m] > LEAST and behind < COLD * heat:
                    mass[later, idle + m] += mass[t, base + m] * np.exp(-behind / heat)
            for length in range(a.shortest, most + 1):
                row, today = successor(a, e, t, length, j, live_after)
                after = ((n + 1 if weeks > 1 else n) * days + today) * width + length
                for m in range(width - length):
                    behind = costs[length] + value[row, after + m] - value[t, base + m]
                    if mass[t, base + m] > LEAST and behind < COLD * heat:
                        part = mass[t, base + m] * np.exp(-behind / heat)
                        begun[length] += part
                        mass[row, after + m] += part


@njit(cache=True, nogil=True)
def count_mixed(a: Arrays, e: int, queues: int, queue_of: Any, change: Any, activity: Any) -> None:
    """Add an employee's probable cells to the rows; ``change`` is the probability's change at each, (queues, T + 1)."""
    for k in range(queues):
        here = 0.0
        for t in range(a.available.shape[1]):
            here += change[k, t]
            part = np.int64(np.rint(here * UNIT))
            if part > 0:
                for i in range(a.entry_start[e], a.entry_start[e + 1]):
                    if a.entry_queue[i] == queue_of[k] or a.entry_queue[i] < 0:
                        g = a.entry_group[i]
                        activity[g, 0 if a.is_week[g] else t] += part * a.entry_coefficient[i]


@njit(cache=True, nogil=True)
def mix_week(
    a: Arrays, e: int, queues: int, prefix: Any, queue_of: Any, terminal: Any, width: int, heat: float, room: Any
) -> float:
    """The soft least cost of an employee's weeks; fills ``change`` of the room, see :func:`count_mixed`."""
    intervals = a.available.shape[1]
    live_after, lasts, value, mass, costs, share, begun, change = room
    weeks, days = dimensions(a, e, width)
    for s in range(width * weeks * days):
        value[intervals, s] = terminal[s % width]
    live_after[intervals] = intervals
    for t in range(intervals - 1, -1, -1):
        live_after[t] = live_after[t + 1]
        if a.available[e, t] and a.start_allowed[t] and queues:
            lasts[t] = 0
            for n in range(a.shortest, min(a.longest, width - 1, intervals - t) + 1):
                costs[t, n] = mixed_stretch(a, e, t, n, queues, prefix, queue_of, heat, share[t, n])
                if costs[t, n] >= NEVER:
                    break
                lasts[t] = n
            mix_row(a, e, t, costs[t], heat, live_after, value, (width, weeks, days, lasts[t]))
            live_after[t] = t
    first = t = live_after[0]
    mass[:, : width * weeks * days] = 0.0
    mass[first, 0] = 1.0
    change[:queues] = 0.0
    while t < intervals:
        flow(a, e, t, costs[t], heat, live_after, value, mass, begun, (width, weeks, days, lasts[t]))
        for n in range(a.shortest, lasts[t] + 1):
            for k in range(queues):
                change[k, t] += begun[n] * share[t, n, k]
                change[k, t + n] -= begun[n] * share[t, n, k]
        t = live_after[t + 1]
    return value[first, 0]


@njit(cache=True, nogil=True)
def mix_all(a: Arrays, begin: int, end: int, price: Any, heat: float, activity: Any) -> int:
    """Everybody's weeks mixed: each with probability proportional to exp(-cost / heat).

    Args:
        a: the instance.
        begin, end: which employees.
        price: of one unit of each row, (G, T), scaled.
        heat: scaled points; near 0 only the cheapest weeks are left.
        activity: filled up with what is to be expected in each row, in units of 1/UNIT, (G, T).

    Returns:
        The sum of everybody's soft least cost, -heat log sum exp(-cost / heat), scaled.
    """
    intervals, queue_count = a.available.shape[1], a.queue_open.shape[0]
    prefix, change = np.empty((queue_count, intervals + 1), np.int64), np.empty((queue_count, intervals + 1))
    queue_of, terminal = np.empty(queue_count, np.int64), np.empty(a.served_points.shape[1], np.int64)
    value, mass = np.empty((intervals + 1, states(a))), np.empty((intervals + 1, states(a)))
    costs, share = np.empty((intervals, a.longest + 1)), np.empty((intervals, a.longest + 1, queue_count))
    live_after, lasts = np.empty(intervals + 2, np.int64), np.empty(intervals, np.int64)
    room = live_after, lasts, value, mass, costs, share, np.empty(a.longest + 1), change
    total = 0
    for e in range(begin, end):
        queues, width = queues_of(a, e, queue_of), own_terminal(a, e, terminal)
        linear_prefix(a, e, price, queues, queue_of, prefix)
        linear_terminal(a, e, price, width, terminal)
        total += int(np.rint(mix_week(a, e, queues, prefix, queue_of, terminal, width, heat, room)))
        for p in range(a.promise_start[e], a.promise_start[e + 1]):
            total += a.promise_points[p] * SCALE
        count_mixed(a, e, queues, queue_of, change, activity)
    return total
