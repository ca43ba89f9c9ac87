"""One employee's weeks mixed where days bind each other, as :mod:`rotation.solve.kernel.anyweek` finds the cheapest.

The soft least cost -heat log sum exp(-cost / heat) over all weeks, and the probable cells, by handing probabilities
forward.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from rotation.solve.kernel.anyweek import dimensions, successor
from rotation.solve.kernel.arrays import Arrays
from rotation.solve.kernel.cells import promised
from rotation.solve.kernel.curvature import join_shift
from rotation.solve.kernel.scale import BLOCKED, SCALE

NEVER = 1e300
"""Cost of a shift that cannot be."""
LEAST = 1e-9
"""A probability that no longer counts."""
COLD = 18.0
"""Heats behind the best beyond which a choice has no part."""


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
            share[k] = cost - promised(a, e, queue_of[k], t, length)
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
def mix_any_week(
    a: Arrays,
    e: int,
    queues: int,
    prefix: Any,
    queue_of: Any,
    terminal: Any,
    width: int,
    heat: float,
    room: Any,
    change: Any,
    varying: Any,
) -> float:
    """The soft least cost of an employee's weeks; ``change`` and ``varying`` as in
    :func:`rotation.solve.kernel.mixing.spread`, with shifts independent of one another.

    ``room`` is work space: next rows (T + 2,), last lengths (T,), soft costs and probabilities (T + 1, states) each,
    costs of shifts (T, longest + 1) and the queues' shares of them (T, longest + 1, Q), and (longest + 1,).
    """
    intervals = a.available.shape[1]
    live_after, lasts, value, mass, costs, share, begun = room
    wanted, metric, vary, curvature = varying
    weeks, days = dimensions(a, e, width)
    for s in range(width * weeks * days):
        value[intervals, s] = terminal[s % width]
    live_after[intervals] = intervals
    r = a.run_start[e + 1]
    for t in range(intervals - 1, -1, -1):
        live_after[t] = live_after[t + 1]
        while r > a.run_start[e] and t < a.run_first[r - 1]:
            r -= 1
        if queues and r > a.run_start[e] and t < a.run_end[r - 1] and a.start_allowed[t]:
            lasts[t] = 0
            for n in range(a.shortest, min(a.longest, width - 1, a.run_end[r - 1] - t) + 1):
                costs[t, n] = mixed_stretch(a, e, t, n, queues, prefix, queue_of, heat, share[t, n])
                if costs[t, n] >= NEVER:
                    break
                lasts[t] = n
            mix_row(a, e, t, costs[t], heat, live_after, value, (width, weeks, days, lasts[t]))
            live_after[t] = t
    first = t = live_after[0]
    mass[:, : width * weeks * days] = 0.0
    mass[first, 0] = 1.0
    while t < intervals:
        flow(a, e, t, costs[t], heat, live_after, value, mass, begun, (width, weeks, days, lasts[t]))
        for n in range(a.shortest, lasts[t] + 1):
            for k in range(queues):
                odds = begun[n] * share[t, n, k]
                change[k, t] += odds
                change[k, t + n] -= odds
                if wanted and odds > LEAST:
                    join_shift(k, t, n, odds * max(1 - odds, 0.0), metric, vary[0], curvature)
        t = live_after[t + 1]
    return value[first, 0]
