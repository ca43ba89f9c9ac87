"""A first plan by descent: each employee in turn takes the cheapest week beside everybody else's."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from rotation.solve.crew import neighbours
from rotation.solve.instance import Instance
from rotation.solve.kernel.arrays import Arrays
from rotation.solve.kernel.sweeps import rooms
from rotation.solve.kernel.turns import anneal
from rotation.solve.roster import Roster
from rotation.solve.rowtable import HARD, Int64


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
    """Take people out of broken hard rows, one after the other, until none is broken."""
    rows, activity = instance.rows, roster.activity(instance)
    while (broken := rows.cost(activity) >= HARD).any():
        suspects = _in_broken(instance, roster, broken)
        helping = [e for e in suspects if _leaves(instance, roster, e, activity)]
        if not helping:  # nobody alone can mend it
            roster.counts[suspects] = 0
            activity = roster.activity(instance)


def _leaves(instance: Instance, roster: Roster, e: int, activity: Int64) -> bool:
    """Take an employee out, and off the activity, if some row's hard limit is broken less then."""
    counts = list(_counts(instance, roster, e))
    helps = any(
        _hard_cost(instance, g, cells, activity[g, cells] - value) < _hard_cost(instance, g, cells, activity[g, cells])
        for g, cells, value in counts
    )
    if helps:
        for g, cells, value in counts:
            activity[g, cells] -= value
        roster.counts[e] = 0
    return helps


def _in_broken(instance: Instance, roster: Roster, broken: NDArray[np.bool_]) -> list[int]:
    """Employees with a shift that counts in a broken row."""
    flat, which, group, _ = roster.counted(instance)
    before = np.zeros((broken.shape[0], broken.shape[1] + 1), dtype=np.int64)
    np.cumsum(broken, axis=1, out=before[:, 1:])
    first, end = flat[which, 2], flat[which, 2] + flat[which, 3]
    meets = np.where(instance.rows.is_week[group], broken[group, 0], before[group, end] > before[group, first])
    return [int(e) for e in np.unique(flat[which[meets], 0])]


def _counts(instance: Instance, roster: Roster, e: int) -> Iterator[tuple[int, slice, int]]:
    """What an employee's shifts count: group, intervals, how much in each."""
    rows = instance.rows
    for q, first, length in roster.shifts[e, : roster.counts[e]].tolist():
        for i in range(int(rows.entry_start[e]), int(rows.entry_start[e + 1])):
            if rows.entry_queue[i] in (-1, q):
                g, value = int(rows.entry_group[i]), int(rows.entry_coefficient[i])
                if rows.is_week[g]:
                    yield g, slice(0, 1), value * length
                else:
                    yield g, slice(first, first + length), value


def _hard_cost(instance: Instance, g: int, cells: slice, x: Int64) -> int:
    """Points that some cells of a group cost for its hard limits."""
    rows, total = instance.rows, 0
    for h in np.flatnonzero((rows.points[g, :, cells] >= HARD).any(axis=1)):
        off = x - rows.limit[g, h, cells] if rows.above[g, h] else rows.limit[g, h, cells] - x
        total += int((np.maximum(off, 0) * rows.points[g, h, cells]).sum())
    return total
