"""A first plan by descent: each employee in turn takes the cheapest week beside everybody else's."""

from __future__ import annotations

import numpy as np

from rotation.solve.crew import neighbours
from rotation.solve.instance import Instance
from rotation.solve.kernel.arrays import Arrays
from rotation.solve.kernel.sweeps import rooms
from rotation.solve.kernel.turns import anneal
from rotation.solve.roster import Roster
from rotation.solve.rowtable import HARD


def greedy(instance: Instance, arrays: Arrays, most: int, seed: int) -> Roster:
    """A first legal plan: from nobody serving, at true points, in at most ``most`` sweeps."""
    roster = Roster.empty(instance)
    settle(instance, arrays, roster, most, seed)
    return roster


def settle(instance: Instance, arrays: Arrays, roster: Roster, most: int, seed: int) -> None:
    """Descend at true points until nobody changes; whoever is in a broken hard row starts again from nothing.

    Nobody serving breaks no hard row and no turn adds a break, so the roster is legal at the end.
    """
    _drop_breaks(instance, roster)
    activity, order = roster.activity(instance), neighbours(arrays)
    course = (0, 1, 1.0, 1.0, 0.0, most)
    prices = (activity, activity, activity)
    anneal(arrays, order, roster.shifts, roster.counts, activity, prices, course, rooms(arrays), seed)


def _drop_breaks(instance: Instance, roster: Roster) -> None:
    """Take everybody out who counts in a broken hard row."""
    rows, activity = instance.rows, roster.activity(instance)
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
