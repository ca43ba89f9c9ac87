"""Ruin and recreate: some employees give their weeks up and anneal new ones together, everybody else stays.

A rebuilt plan is kept when it is no worse (Schrimpf et al. 2000, Record breaking optimization results using the ruin
and recreate principle; Shaw 1998, Using constraint programming and local search methods to solve vehicle routing
problems).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from rotation.solve.kernel.arrays import Arrays
from rotation.solve.kernel.rowcost import row_cost
from rotation.solve.kernel.scale import SCALE
from rotation.solve.kernel.sweeps import count_in, rooms
from rotation.solve.kernel.turns import anneal


@njit(cache=True, nogil=True)
def own_cost(a: Arrays, e: int, shifts: Any, count: int) -> int:
    """Scaled points of an employee's own week."""
    served, points = 0, 0
    for s in range(count):
        first, length = shifts[s, 1], shifts[s, 2]
        served += length
        points += a.length_points[length]
        for t in range(first, first + length):
            points += a.interval_points[e, t]
    for p in range(a.promise_start[e], a.promise_start[e + 1]):
        kept = False
        for s in range(count):
            if a.promise_queue[p] == shifts[s, 0] and a.promise_first[p] == shifts[s, 1]:
                kept = kept or a.promise_length[p] == shifts[s, 2]
        points += 0 if kept else a.promise_points[p]
    return (points + a.served_points[e, served]) * SCALE


@njit(cache=True, nogil=True)
def join(a: Arrays, free: Any, weeks: Any, counts: Any, activity: Any, seen: Any, stamp: int, cells: Any) -> int:
    """Count in the weeks of employees who are out; returns their own points and the rise of the rows, scaled.

    Args:
        a: the instance.
        free: the employees.
        weeks, counts, activity: see :func:`rotation.solve.kernel.turns.sweep`.
        seen: marks of cells, (G, T), below ``stamp``.
        stamp: the mark of this call.
        cells: work space for (group, interval) pairs.
    """
    found, cost = 0, 0
    for e in free:
        cost += own_cost(a, e, weeks[e], counts[e])
        for s in range(counts[e]):
            q, first, length = weeks[e, s, 0], weeks[e, s, 1], weeks[e, s, 2]
            for i in range(a.entry_start[e], a.entry_start[e + 1]):
                if a.entry_queue[i] == q or a.entry_queue[i] < 0:
                    g = a.entry_group[i]
                    for t in range(0 if a.is_week[g] else first, 1 if a.is_week[g] else first + length):
                        if seen[g, t] != stamp:
                            seen[g, t] = stamp
                            cells[found, 0], cells[found, 1] = g, t
                            found += 1
                            cost -= row_cost(a, g, t, activity[g, t])
    for e in free:
        count_in(a, e, weeks[e], counts[e], 1, activity)
    for n in range(found):
        cost += row_cost(a, cells[n, 0], cells[n, 1], activity[cells[n, 0], cells[n, 1]])
    return cost


@njit(cache=True, nogil=True)
def choose(a: Arrays, pool: Any, spots: Any, members: Any, size: int, state: Any, free: Any) -> int:
    """Choose whom to free: two thirds around a spot, the rest anywhere in the pool.

    Args:
        a: the instance.
        pool: employees who may be freed.
        spots: rows around which to choose, (N, 2) of group and interval.
        members: (first member of each group (G + 1,), members).
        size: how many.
        state: 1 for everybody of the pool, else 0, (E,).
        free: filled with the chosen.

    Returns:
        How many were found.
    """
    start, employees = members
    at = np.random.randint(spots.shape[0])
    g, t = spots[at, 0], spots[at, 1]
    near, count, tries = start[g + 1] - start[g], 0, 0
    while near and count < size * 2 // 3 and tries < 4 * size:
        tries += 1
        e = employees[start[g] + np.random.randint(near)]
        if state[e] == 1 and (a.is_week[g] or a.available[e, t]):
            state[e], free[count], count = 2, e, count + 1
    while count < min(size, pool.shape[0]) and tries < 16 * size:
        tries += 1
        e = pool[np.random.randint(pool.shape[0])]
        if state[e] == 1:
            state[e], free[count], count = 2, e, count + 1
    for n in range(count):
        state[free[n]] = 1
    return count


@njit(cache=True, nogil=True)
def take_out(a: Arrays, free: Any, weeks: Any, counts: Any, activity: Any) -> None:
    """Take employees' weeks off the activity."""
    for e in free:
        count_in(a, e, weeks[e], counts[e], -1, activity)


@njit(cache=True, nogil=True)
def rebuild(
    a: Arrays, pool: Any, spots: Any, members: Any, weeks: Any, counts: Any, activity: Any, prices: Any, recipe: Any
) -> int:
    """Rebuild again and again.

    Args:
        a, pool, spots, members: see :func:`choose`.
        weeks, counts, activity: a plan; changed.
        prices, course (in the recipe): see :func:`rotation.solve.kernel.turns.anneal`.
        recipe: (how often, how many employees at a time, course, seed of chance).

    Returns:
        The points won, scaled.
    """
    times, size, course, seed = recipe
    np.random.seed(seed)
    room = rooms(a)
    state, widest = np.zeros(a.available.shape[0], np.int8), 0
    for e in pool:
        state[e] = 1
        widest = max(widest, a.entry_start[e + 1] - a.entry_start[e])
    seen = np.zeros(activity.shape, np.int32)
    cells = np.empty((size * widest * a.served_points.shape[1] + 1, 2), np.int64)
    chosen = np.empty(size, np.int64)
    won = 0
    for number in range(times):
        count = choose(a, pool, spots, members, size, state, chosen)
        free = chosen[:count]
        kept_weeks, kept_counts = weeks[free], counts[free]
        take_out(a, free, weeks, counts, activity)
        before = join(a, free, weeks, counts, activity, seen, 2 * number + 1, cells)
        order = free.copy()
        anneal(a, order, weeks, counts, activity, prices, course, room, -1)
        take_out(a, free, weeks, counts, activity)
        gain = before - join(a, free, weeks, counts, activity, seen, 2 * number + 2, cells)
        if gain >= 0:
            won += gain
        else:
            take_out(a, free, weeks, counts, activity)
            weeks[free], counts[free] = kept_weeks, kept_counts
            for e in free:
                count_in(a, e, weeks[e], counts[e], 1, activity)
    return won
