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
from rotation.solve.kernel.sweeps import cheapest_week, count_in

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
def anneal(
    a: Arrays, order: Any, weeks: Any, counts: Any, activity: Any, prices: Any, course: Any, room: Any, seed: int
) -> None:
    """Turns on prices and a penalty that grows from stage to stage, then at true points until nobody changes.

    Before each sweep the order is shuffled; long orders block by block, because those who stand beside each other count
    in the same rows, which stay near.

    Args:
        a: the instance.
        order: employees.
        weeks: everybody's shifts, (E, shifts, 3); changed.
        counts: how many of them, (E,); changed.
        activity: (G, T); changed.
        prices: (mu, low, high), see :func:`rotation.solve.kernel.rowcost.guided_cost`.
        course: (stages, turns of each, first penalty, last penalty, heat, most sweeps at true points).
        room: see :func:`rotation.solve.kernel.sweeps.rooms`.
        seed: of chance; below 0 to go on with the last.
    """
    stages, turns, first, last, heat, settling = course
    mu, low, high = prices
    if seed >= 0:
        np.random.seed(seed)
    block = BLOCK if order.shape[0] > 16 * BLOCK else max(order.shape[0], 1)
    for sweep in range(stages * turns + settling):
        rho, chance = np.int64(0), 0.0
        if sweep < stages * turns:
            rho, chance = np.int64(first * (last / first) ** (sweep // turns / max(stages - 1, 1))), heat
        for begin in range(0, order.shape[0], block):
            np.random.shuffle(order[begin : begin + block])
        changed = 0
        for e in order:
            changed += 1 if turn(a, e, weeks, counts, activity, (mu, rho, low, high), chance, room) else 0
        if changed == 0 and rho == 0:
            break
