"""Turns: each employee takes the cheapest week beside everybody else's, exactly or with cells made dearer by chance.

Chance is what gets a plan out of corners: a person who takes the second-best week now makes room for another's best
(perturb and maximise: Papandreou and Yuille 2011, Perturb-and-MAP random fields).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from rotation.solve.kernel.arrays import Arrays
from rotation.solve.kernel.cells import fill_cells, fill_terminal, queues_of
from rotation.solve.kernel.sweeps import cheapest_week, count_in, rooms

BLOCK = 200
"""Employees of a block."""


@njit(cache=True, nogil=True)
def jitter(a: Arrays, e: int, queues: int, heat: float, prefix: Any) -> None:
    """Make each cell of an employee dearer by chance: by up to ``heat``, scaled points."""
    for r in range(a.run_start[e], a.run_start[e + 1]):
        for k in range(queues):
            total = 0
            for t in range(a.run_first[r], a.run_end[r]):
                total += int(heat * np.random.random())
                prefix[k, t + 1] += total


@njit(cache=True, nogil=True)
def turn(a: Arrays, e: int, weeks: Any, counts: Any, activity: Any, guide: Any, heat: float, room: Any) -> bool:
    """An employee takes the cheapest week beside everybody else's, cells made dearer by chance up to ``heat``.

    Returns:
        Whether it is another week than before.
    """
    queue_of, shared, own, prefix, terminal = room[0], room[1], room[2], room[3], room[4]
    shifts = room[8]
    count_in(a, e, weeks[e], counts[e], -1, activity)
    queues = queues_of(a, e, queue_of)
    fill_cells(a, e, activity, guide, queues, queue_of, shared, own, prefix)
    if heat >= 1:
        jitter(a, e, queues, heat, prefix)
    width = fill_terminal(a, e, activity, guide, terminal)
    _, count = cheapest_week(a, e, queues, room, width, shifts, False)
    same = count == counts[e]
    for s in range(count):
        for column in range(3):
            same = same and weeks[e, s, column] == shifts[s, column]
            weeks[e, s, column] = shifts[s, column]
    counts[e] = count
    count_in(a, e, weeks[e], count, 1, activity)
    return not same


@njit(cache=True, nogil=True)
def sweep(a: Arrays, order: Any, weeks: Any, counts: Any, activity: Any, guide: Any, heat: float, room: Any) -> int:
    """A turn for everybody of ``order``, which is shuffled first; returns how many changed their week.

    Long orders are shuffled block by block: those who stand beside each other count in the same rows, which stay near.

    Args:
        a: the instance.
        order: employees.
        weeks: everybody's shifts, (E, shifts, 3); changed.
        counts: how many of them, (E,); changed.
        activity: (G, T); changed.
        guide: (mu, rho, low, high), see :func:`rotation.solve.kernel.rowcost.guided_cost`.
        heat: scaled points by which chance makes cells dearer at most; below 1 turns are exact.
        room: see :func:`rotation.solve.kernel.sweeps.rooms`.
    """
    changed = 0
    block = BLOCK if order.shape[0] > 16 * BLOCK else max(order.shape[0], 1)
    for first in range(0, order.shape[0], block):
        np.random.shuffle(order[first : first + block])
    for e in order:
        changed += 1 if turn(a, e, weeks, counts, activity, guide, heat, room) else 0
    return changed


@njit(cache=True, nogil=True)
def settle(a: Arrays, order: Any, weeks: Any, counts: Any, activity: Any, most: int, room: Any) -> None:
    """Exact turns at true points until nobody changes, or ``most`` sweeps."""
    guide = (activity, 0, activity, activity)
    for _ in range(most):
        if not sweep(a, order, weeks, counts, activity, guide, 0.0, room):
            break


@njit(cache=True, nogil=True)
def descend(a: Arrays, order: Any, weeks: Any, counts: Any, activity: Any, most: int, seed: int) -> None:
    """:func:`settle`, from Python."""
    np.random.seed(seed)
    settle(a, order, weeks, counts, activity, most, rooms(a))


@njit(cache=True, nogil=True)
def anneal(a: Arrays, order: Any, weeks: Any, counts: Any, activity: Any, prices: Any, course: Any, room: Any) -> None:
    """Turns on prices and a penalty that grows from stage to stage.

    Args:
        a, order, weeks, counts, activity, room: see :func:`sweep`.
        prices: (mu, low, high), see :func:`rotation.solve.kernel.rowcost.guided_cost`.
        course: (stages, turns of each, first penalty, last penalty, heat).
    """
    stages, turns, first, last, heat = course
    mu, low, high = prices
    for stage in range(stages):
        rho = np.int64(first * (last / first) ** (stage / max(stages - 1, 1)))
        for _ in range(turns):
            sweep(a, order, weeks, counts, activity, (mu, rho, low, high), heat, room)


@njit(cache=True, nogil=True)
def anneal_from(
    a: Arrays, order: Any, weeks: Any, counts: Any, activity: Any, prices: Any, course: Any, seed: int
) -> None:
    """:func:`anneal`, from Python."""
    np.random.seed(seed)
    anneal(a, order, weeks, counts, activity, prices, course, rooms(a))
