"""Everybody's weeks mixed: each with a probability that falls with its cost, so that the bound becomes smooth.

The soft least cost -heat log sum exp(-cost / heat) over all weeks of an employee, and the activity to be expected.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from rotation.solve.kernel.anymixing import COLD, LEAST, mix_any_week
from rotation.solve.kernel.arrays import Arrays
from rotation.solve.kernel.cells import fill_cells, fill_terminal, promised, queues_of
from rotation.solve.kernel.climbing import UNIT
from rotation.solve.kernel.curvature import bind_days, join_shift, memberships, vary_room
from rotation.solve.kernel.scale import BLOCKED, LINEAR, SCALE
from rotation.solve.kernel.sweeps import cheapest_week, rooms, states
from rotation.solve.kernel.week import fill_days, layers


@njit(cache=True, nogil=True)
def soften(
    a: Arrays, e: int, queues: int, queue_of: Any, prefix: Any, width: int, heat: float, tables: Any, room: Any
) -> None:
    """The soft least cost of each day's shifts of each length.

    Args:
        a, e, queues, queue_of, prefix, width: as for :func:`rotation.solve.kernel.week.fill_days`.
        heat: scaled points.
        tables: as filled there.
        room: filled with the soft least costs and the sums of weights against the best, (most days, longest + 1) each.
    """
    soft, weight = room
    best = tables[0]
    days, has_promise = 0, a.promise_start[e] < a.promise_start[e + 1]
    for r in range(a.run_start[e], a.run_start[e + 1]):
        d, first, end = a.run_day[r], a.run_first[r], a.run_end[r]
        days = d + 1
        for k in range(queues):
            for n in range(a.shortest, min(a.longest, end - first, width - 1) + 1):
                least = best[d, n] - a.length_points[n] * SCALE
                edge = least + COLD * heat
                for t in range(first, end - n + 1):
                    cost = prefix[k, t + n] - prefix[k, t]
                    if has_promise and cost < BLOCKED // 2:
                        cost -= promised(a, e, queue_of[k], t, n)
                    if cost < edge and cost < BLOCKED // 2 and a.start_allowed[t]:
                        weight[d, n] += np.exp((least - cost) / heat)
    for d in range(days):
        for n in range(a.shortest, a.longest + 1):
            soft[d, n] = best[d, n] - heat * np.log(weight[d, n]) if best[d, n] < BLOCKED // 2 else BLOCKED


@njit(cache=True, nogil=True)
def hand_on(a: Arrays, days: int, soft: Any, terminal: Any, width: int, heat: float, room: Any) -> float:
    """The soft least cost of the week, and how probable each day's shifts of each length are.

    Args:
        a: the instance.
        days: number of days.
        soft: soft least costs of each day and length.
        terminal: scaled cost of serving n intervals, (width,).
        width: one more than the most intervals.
        heat: scaled points.
        room: soft costs and probabilities of each state, (most days + 1, states) each; filled at last with the
            probability of a shift of each length on each day, (most days, longest + 1).
    """
    value, mass, likely = room
    count = layers(a, days)
    for s in range(count * width):
        value[days, s] = terminal[s % width]
    for d in range(days - 1, -1, -1):
        for layer in range(count):
            base = layer * width
            after = base + width if count > 1 else base
            top = 0 if count > 1 and layer == count - 1 else min(a.longest, width - 1)
            for m in range(width):
                stay = value[d + 1, base + m]
                best, total = stay, 0.0
                for n in range(a.shortest, min(top, width - 1 - m) + 1):
                    best = min(best, soft[d, n] + value[d + 1, after + m + n])
                for n in range(a.shortest, min(top, width - 1 - m) + 1):
                    behind = soft[d, n] + value[d + 1, after + m + n] - best
                    if behind < COLD * heat:
                        total += np.exp(-behind / heat)
                if stay - best < COLD * heat:
                    total += np.exp((best - stay) / heat)
                value[d, base + m] = best - heat * np.log(total)
    mass[: days + 1, : count * width] = 0.0
    mass[0, 0] = 1.0
    for d in range(days):
        likely[d, :] = 0.0
        for layer in range(count):
            base = layer * width
            after = base + width if count > 1 else base
            top = 0 if count > 1 and layer == count - 1 else min(a.longest, width - 1)
            for m in range(width):
                here = mass[d, base + m]
                if here <= LEAST:
                    continue
                behind = value[d + 1, base + m] - value[d, base + m]
                if behind < COLD * heat:
                    mass[d + 1, base + m] += here * np.exp(-behind / heat)
                for n in range(a.shortest, min(top, width - 1 - m) + 1):
                    behind = soft[d, n] + value[d + 1, after + m + n] - value[d, base + m]
                    if behind < COLD * heat:
                        part = here * np.exp(-behind / heat)
                        likely[d, n] += part
                        mass[d + 1, after + m + n] += part
    return value[0, 0]


@njit(cache=True, nogil=True)
def spread(
    a: Arrays,
    e: int,
    queues: int,
    queue_of: Any,
    prefix: Any,
    width: int,
    heat: float,
    best: Any,
    room: Any,
    change: Any,
    varying: Any,
) -> None:
    """Share each day's and length's probability out over the shifts: ``change`` gets each one's begin and end.

    ``varying`` is (whether to, metric, work space, curvature): what to count the shifts in, see
    :mod:`rotation.solve.kernel.curvature`.
    """
    likely, weight = room
    wanted, metric, vary, curvature = varying
    has_promise = a.promise_start[e] < a.promise_start[e + 1]
    for r in range(a.run_start[e], a.run_start[e + 1]):
        d, first, end = a.run_day[r], a.run_first[r], a.run_end[r]
        for n in range(a.shortest, min(a.longest, end - first, width - 1) + 1):
            if likely[d, n] <= LEAST:
                continue
            least = best[d, n] - a.length_points[n] * SCALE
            edge, part = least + COLD * heat, likely[d, n] / weight[d, n]
            for k in range(queues):
                for t in range(first, end - n + 1):
                    cost = prefix[k, t + n] - prefix[k, t]
                    if has_promise and cost < BLOCKED // 2:
                        cost -= promised(a, e, queue_of[k], t, n)
                    if cost < edge and cost < BLOCKED // 2 and a.start_allowed[t]:
                        share = part * np.exp((least - cost) / heat)
                        change[k, t] += share
                        change[k, t + n] -= share
                        if wanted:
                            join_shift(k, t, n, share, metric, vary[0], curvature)
                            vary[1][k, t] += share * n
                            vary[1][k, t + n] -= share * n


@njit(cache=True, nogil=True)
def count_mixed(a: Arrays, e: int, queues: int, queue_of: Any, change: Any, own: Any, activity: Any) -> None:
    """Add an employee's probable cells to the rows; ``change`` is the probability's change at each, (queues, T + 1)."""
    for k in range(queues):
        for r in range(a.run_start[e], a.run_start[e + 1]):
            first, end = a.run_first[r], a.run_end[r]
            here, some = 0.0, False
            for t in range(first, end):
                here += change[k, t]
                own[t] = np.int64(np.rint(here * UNIT))
                some = some or own[t] > 0
            if not some:
                continue
            for i in range(a.entry_start[e], a.entry_start[e + 1]):
                if a.entry_queue[i] == queue_of[k] or a.entry_queue[i] < 0:
                    g, c = a.entry_group[i], a.entry_coefficient[i]
                    for t in range(first, end):
                        activity[g, 0 if a.is_week[g] else t] += own[t] * c


@njit(cache=True, nogil=True)
def variance(mass: Any, width: int, states: int) -> float:
    """Variance of the intervals served in a week, from the probability of each state at its end."""
    total, square = 0.0, 0.0
    for s in range(states):
        total += mass[s] * (s % width)
        square += mass[s] * (s % width) ** 2
    return square - total * total


@njit(cache=True, nogil=True)
def mix_all(a: Arrays, who: Any, price: Any, heat: float, activity: Any, mixed: Any, varying: Any) -> int:
    """Everybody's weeks mixed: each with probability proportional to exp(-cost / heat).

    Args:
        a: the instance.
        who: which employees.
        price: of one unit of each row, (G, T), scaled.
        heat: scaled points; near 0 only the cheapest weeks are left.
        activity: filled up with what is to be expected in each row, in units of 1/UNIT, (G, T).
        mixed: its one element gets the sum of everybody's -heat log sum exp(-cost / heat), scaled.
        varying: (every how many-th employee is counted in the curvature or 0, metric, the curvature that is filled up),
            see :mod:`rotation.solve.kernel.curvature`.

    Returns:
        The sum of everybody's least cost, scaled.
    """
    intervals, queue_count = a.available.shape[1], a.queue_open.shape[0]
    guide, room = (price, LINEAR, price, price), rooms(a)
    queue_of, shared, own, prefix, terminal, tables, value, _, shifts = room
    every, metric, curvature = varying
    change = np.empty((queue_count, intervals + 1))
    soft, weight = np.empty(tables[0].shape), np.empty(tables[0].shape)
    likely = np.empty(tables[0].shape)
    week_room = np.empty(value.shape), np.empty(value.shape), likely
    any_mixing = (
        np.empty(intervals + 2, np.int64),
        np.empty(intervals, np.int64),
        np.empty((intervals + 1, states(a))),
        np.empty((intervals + 1, states(a))),
        np.empty((intervals, a.longest + 1)),
        np.empty((intervals, a.longest + 1, queue_count)),
        np.empty(a.longest + 1),
    )
    vary = vary_room(a, metric)
    total = 0
    for number in range(who.shape[0]):
        e = who[number]
        queues = queues_of(a, e, queue_of)
        fill_cells(a, e, price, guide, queues, queue_of, shared, own, prefix)
        width = fill_terminal(a, e, price, guide, terminal)
        wanted = every > 0 and number % every == 0
        if wanted:
            memberships(a, e, queues, queue_of, metric, vary[0])
            vary[1][:queues] = 0.0
        change[:queues] = 0.0
        if a.apart[e]:
            days = fill_days(a, e, queues, queue_of, prefix, width, tables)
            weight[:days] = 0.0
            soften(a, e, queues, queue_of, prefix, width, heat, tables, (soft, weight))
            warm = hand_on(a, days, soft, terminal, width, heat, week_room)
            varies = wanted, metric, vary, curvature
            spread(a, e, queues, queue_of, prefix, width, heat, tables[0], (likely, weight), change, varies)
            if wanted:
                week = variance(week_room[1][days], width, layers(a, days) * width)
                bind_days(a, e, queues, change, week, metric, vary, curvature)
            cost, _ = cheapest_week(a, e, queues, room, width, shifts, True)
        else:
            varies = wanted, metric, vary, curvature
            warm = mix_any_week(a, e, queues, prefix, queue_of, terminal, width, heat, any_mixing, change, varies)
            cost, _ = cheapest_week(a, e, queues, room, width, shifts, False)
        kept = 0
        for p in range(a.promise_start[e], a.promise_start[e + 1]):
            kept += a.promise_points[p] * SCALE
        total += cost + kept
        mixed[0] += int(np.rint(warm)) + kept
        count_mixed(a, e, queues, queue_of, change, own, activity)
    return total
