"""Better plans from a good one: the crew rebuilds neighbourhoods side by side, each hand within its own share."""

from __future__ import annotations

import numpy as np

from rotation.solve.annealing import TURNS, Annealing
from rotation.solve.crew import Crew
from rotation.solve.instance import Instance
from rotation.solve.jobs import Weeks, rebuild_share
from rotation.solve.kernel.scale import PART, SCALE
from rotation.solve.roster import Roster
from rotation.solve.rowtable import Int64

SMALLEST, LARGEST = 24, 80
"""Employees of a neighbourhood: a quarter of the company between these."""
STAGES, FIRST = 30, 1.0
"""Of a rebuilding's course, see :class:`rotation.solve.annealing.Annealing`."""
TURN_S = 25e-6
"""Seconds that an employee's turn takes, about: what a round holds is counted by it, not measured."""
SETTLED = 4
"""Sweeps at true points that a rebuilding takes, about."""


class Rebuilding:
    """Rounds of rebuilding.

    Args:
        instance: the week.
        crew: who works.
        annealing: with the prices and the heat.
    """

    def __init__(self, instance: Instance, crew: Crew, annealing: Annealing) -> None:
        self.instance, self.crew, self.annealing = instance, crew, annealing
        rows = instance.rows
        owner = np.repeat(np.arange(instance.employees), np.diff(rows.entry_start))
        key = np.unique(rows.entry_group.astype(np.int64) * max(instance.employees, 1) + owner)
        group, employee = np.divmod(key, max(instance.employees, 1))
        self._members = np.searchsorted(group, np.arange(rows.groups + 1)).astype(np.int64), employee
        served = instance.week.available.any(axis=0) & instance.week.queue_open.any(axis=0)
        wanted = np.any(rows.points[:, :, served] > 0, axis=1)
        wanted[rows.is_week] = False
        group, place = np.nonzero(wanted)
        self._anywhere = np.column_stack([group, np.flatnonzero(served)[place]]).astype(np.int64)
        self._able = np.flatnonzero(instance.week.available.any(axis=1)).astype(np.int64)

    def round(self, roster: Roster, rng: np.random.Generator, seconds: float) -> list[Roster]:
        """Rebuild a while.

        Args:
            roster: the plan to start from.
            rng: random choices.
            seconds: how long, on a machine on which a turn takes TURN_S.

        Returns:
            The plan of all shares together, then that of each alone.
        """
        activity, size = roster.activity(self.instance), min(LARGEST, max(SMALLEST, len(self._able) // 4))
        around = self._spots(activity, rng), self._members
        times = max(1, round(seconds / (size * (TURNS * STAGES + SETTLED) * TURN_S)))
        course = self.annealing.course(STAGES, FIRST)
        weeks: Weeks = (roster.shifts, roster.counts)
        shares = np.array_split(rng.permutation(self._able), self.crew.hands)
        seeds = rng.integers(1 << 31, size=len(shares))
        found = self.crew.run(
            rebuild_share,
            [
                (share, around, weeks, activity, self.annealing.prices, (times, size, course, int(seed)))
                for share, seed in zip(shares, seeds, strict=True)
            ],
        )
        joined, alone = roster.copy(), []
        for share, (shifts, counts) in zip(shares, found, strict=True):
            joined.shifts[share], joined.counts[share] = shifts, counts
            one = roster.copy()
            one.shifts[share], one.counts[share] = shifts, counts
            alone.append(one)
        return [joined, *alone]

    def _spots(self, activity: Int64, rng: np.random.Generator) -> Int64:
        """Rows anywhere, and as many with the odds of their distance from what is best at their price."""
        mu, low, high = self.annealing.prices
        best = np.clip(activity, -(-low // PART), high // PART)
        rows = self.instance.rows
        off = (rows.cost(activity) - rows.cost(best)) * SCALE - mu * (activity - best)
        group, t = np.nonzero(off > 0)
        if not len(group):
            return self._anywhere
        odds = off[group, t] / off[group, t].sum()
        chosen = rng.choice(len(group), size=len(self._anywhere), p=odds)
        return np.concatenate([self._anywhere, np.column_stack([group[chosen], t[chosen]])])
