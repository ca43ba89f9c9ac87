"""Plans by descent: each employee in turn takes the cheapest week beside everybody else's, until nobody changes."""

from __future__ import annotations

import numpy as np

from rotation.solve.instance import Instance
from rotation.solve.kernel.arrays import Arrays
from rotation.solve.kernel.sweeps import descend
from rotation.solve.prices import PriceAscent
from rotation.solve.roster import Roster
from rotation.solve.rowtable import HARD, Int64

FIRST_PENALTY, GROWTH, PENALTIES = 300, 1.5, 14
"""Penalty of a unit's squared distance from the best activity, 1/256 point, and how it grows."""
TURNS = 2
MOST_SWEEPS = 30


def greedy(instance: Instance, arrays: Arrays, rng: np.random.Generator) -> Roster:
    """A first legal plan: from nobody serving, at true points."""
    roster = Roster.empty(instance)
    settle(instance, arrays, roster, rng)
    return roster


def guided(instance: Instance, ascent: PriceAscent, rng: np.random.Generator) -> Roster:
    """A plan near the prices: descent on prices and a penalty that grows, then at true points."""
    roster = Roster.empty(instance)
    low, high = ascent.best_activities()
    activity = roster.activity(instance)
    for stage in range(PENALTIES):
        guide = (ascent.prices, int(FIRST_PENALTY * GROWTH**stage), low, high)
        for _ in range(TURNS):
            order = rng.permutation(instance.employees)
            descend(ascent.arrays, order, roster.shifts, roster.counts, activity, guide)
    settle(instance, ascent.arrays, roster, rng)
    return roster


def settle(instance: Instance, arrays: Arrays, roster: Roster, rng: np.random.Generator) -> None:
    """Descend at true points until nobody changes; whoever is in a broken hard row starts again from nothing.

    Nobody serving breaks no hard row and no turn adds a break, so the roster is legal at the end.
    """
    activity = roster.activity(instance)
    _drop_breaks(instance, roster, activity)
    activity = roster.activity(instance)
    free = np.zeros(activity.shape, dtype=np.int64)
    for _ in range(MOST_SWEEPS):
        order = rng.permutation(instance.employees)
        if not descend(arrays, order, roster.shifts, roster.counts, activity, (free, 0, free, free)):
            break


def _drop_breaks(instance: Instance, roster: Roster, activity: Int64) -> None:
    """Take everybody out who counts in a broken hard row."""
    rows = instance.rows
    for _ in range(instance.employees):
        broken = rows.cost(activity) >= HARD
        if not broken.any():
            return
        for e in np.flatnonzero(roster.counts):
            if _meets(instance, roster, int(e), broken):
                roster.counts[e] = 0
        activity = roster.activity(instance)


def _meets(instance: Instance, roster: Roster, e: int, broken: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> bool:
    rows = instance.rows
    for q, first, length in roster.shifts[e, : roster.counts[e]]:
        for i in range(int(rows.entry_start[e]), int(rows.entry_start[e + 1])):
            group = rows.entry_group[i]
            if rows.entry_queue[i] in (-1, q) and broken[group, first : first + length].any():
                return True
    return False
