"""The jobs that a crew shares: pure functions of the arrays, so that they run in any thread or on any machine."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from rotation.solve.kernel.arrays import Arrays
from rotation.solve.kernel.curvature import Metric
from rotation.solve.kernel.mixing import mix_all
from rotation.solve.kernel.rebuilding import rebuild
from rotation.solve.kernel.sweeps import rooms
from rotation.solve.kernel.turns import anneal
from rotation.solve.rowtable import Int64

Weeks: TypeAlias = tuple[NDArray[np.int32], NDArray[np.int32]]
"""Shifts (N, S, 3) and their counts (N,) of some employees, see :class:`rotation.solve.roster.Roster`."""
Prices: TypeAlias = tuple[Int64, Int64, Int64]
"""Prices and the first and last activity that is best at them, (G, T) each."""
Course: TypeAlias = tuple[int, int, float, float, float, int]
"""Stages, turns of each, first and last penalty, heat, sweeps at true points at most; see
:func:`rotation.solve.kernel.turns.anneal`."""


def mix_share(
    a: Arrays, who: Int64, mu: Int64, heat: float, every: int, metric: Metric
) -> tuple[Int64, int, int, NDArray[np.float64]]:
    """Mix the weeks of some employees, see :func:`rotation.solve.kernel.mixing.mix_all`.

    Returns:
        What they amount to in 1/UNIT, (G, T), the sum of their least costs, the sum of their soft least costs, and the
        curvature that every so many-th of them gives to the rows of the metric.
    """
    activity, mixed = np.zeros(mu.shape, dtype=np.int64), np.zeros(1, dtype=np.int64)
    curvature = np.zeros((metric.slots * metric.places,) * 2)
    cost = int(mix_all(a, who, mu, heat, activity, mixed, (every, metric, curvature)))
    return activity, cost, int(mixed[0]), curvature


def anneal_share(
    a: Arrays, who: Int64, weeks: Weeks, activity: Int64, prices: Prices, course: Course, seed: int
) -> Weeks:
    """New weeks of some employees, see :func:`rotation.solve.kernel.turns.anneal`, everybody else stays.

    Args:
        a: the instance.
        who: the employees.
        weeks: of everybody.
        activity: of everybody, (G, T).
        prices, course: of the annealing.
        seed: of chance.
    """
    shifts, counts, activity = weeks[0].copy(), weeks[1].copy(), activity.copy()
    anneal(a, who.copy(), shifts, counts, activity, prices, course, rooms(a), seed)
    return shifts[who], counts[who]


def rebuild_share(
    a: Arrays,
    who: Int64,
    around: tuple[Int64, tuple[Int64, Int64]],
    weeks: Weeks,
    activity: Int64,
    prices: Prices,
    recipe: tuple[int, int, Course, int],
) -> Weeks:
    """Better weeks of some employees, see :func:`rotation.solve.kernel.rebuilding.rebuild`.

    Args:
        a: the instance.
        who: the employees.
        around: the spots, and the members of each group.
        weeks, activity, prices: as for :func:`anneal_share`.
        recipe: see :func:`rotation.solve.kernel.rebuilding.rebuild`.
    """
    shifts, counts, activity = weeks[0].copy(), weeks[1].copy(), activity.copy()
    rebuild(a, who, around[0], around[1], shifts, counts, activity, prices, recipe)
    return shifts[who], counts[who]
