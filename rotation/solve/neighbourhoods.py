"""Which employees to free at once, and which of their shifts are worth a Boolean.

A neighbourhood grows around a row that costs points: those who count in it and could serve there, so that coupling and
cost sit inside. Reads only the compiled rows: a queue's interval, a department's, a mentor's are all rows.
"""

from __future__ import annotations

import numpy as np

from rotation.solve.cpmodel import Candidate, candidates
from rotation.solve.instance import Instance
from rotation.solve.kernel.week import SCALE
from rotation.solve.roster import Roster
from rotation.solve.rowtable import Int64


class Neighbourhoods:
    """Chooses neighbourhoods.

    Args:
        instance: the week.
        prices: of a unit of each row, (G, T), 1/256 point.
    """

    def __init__(self, instance: Instance, prices: Int64) -> None:
        self.instance, self.prices = instance, prices
        self._candidates: dict[int, list[Candidate]] = {}
        rows = instance.rows
        owner = np.repeat(np.arange(instance.employees), np.diff(rows.entry_start))
        self._members = [np.unique(owner[rows.entry_group == g]) for g in range(rows.groups)]
        self._able = np.array([bool(instance.week.available[e].any()) for e in range(instance.employees)])

    def around_a_cost(self, roster: Roster, size: int, rng: np.random.Generator, without: set[int]) -> list[int]:
        """Employees who could change a row that costs points, chosen with the odds of its points.

        Args:
            roster: the present plan.
            size: how many employees.
            rng: random choices.
            without: who must not be chosen.
        """
        cost = self.instance.rows.cost(roster.activity(self.instance)).ravel()
        total = int(cost.sum())
        chosen: list[int] = []
        if total:
            at = int(np.searchsorted(np.cumsum(cost), rng.integers(1, total + 1)))
            g, t = divmod(at, self.instance.intervals)
            near = self._near(g, t)
            chosen = [int(e) for e in rng.permutation(near) if int(e) not in without][: size * 2 // 3]
        rest = rng.permutation(np.flatnonzero(self._able))
        chosen += [int(e) for e in rest if int(e) not in without and int(e) not in chosen][: size - len(chosen)]
        return sorted(chosen)

    def choices(self, roster: Roster, employees: list[int], keep: int) -> dict[int, list[Candidate]]:
        """The shifts with the least reduced cost per interval at the prices, and those of the present week."""
        chosen = {}
        for e in employees:
            ranked = self._ranked(e)
            present = {tuple(map(int, roster.shifts[e, s])) for s in range(int(roster.counts[e]))}
            chosen[e] = [
                shift
                for place, shift in enumerate(ranked)
                if place < keep or (shift.queue, shift.first, shift.length) in present
            ]
        return chosen

    def _near(self, g: int, t: int) -> Int64:
        members = self._members[g].astype(np.int64)
        if self.instance.rows.is_week[g]:
            return members
        near: Int64 = members[self.instance.week.available[members, t]]
        return near

    def _ranked(self, e: int) -> list[Candidate]:
        if e not in self._candidates:
            shifts = candidates(self.instance, e)
            order = np.argsort(self._reduced(e, shifts), kind="stable")
            self._candidates[e] = [shifts[int(n)] for n in order]
        return self._candidates[e]

    def _reduced(self, e: int, shifts: list[Candidate]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        rows = self.instance.rows
        prefix: dict[int, Int64] = {}
        for queue in {shift.queue for shift in shifts}:
            cells = np.zeros(self.instance.intervals + 1, dtype=np.int64)
            for i in range(int(rows.entry_start[e]), int(rows.entry_start[e + 1])):
                if rows.entry_queue[i] in (-1, queue):
                    g = int(rows.entry_group[i])
                    price = self.prices[g, 0] if rows.is_week[g] else self.prices[g]
                    cells[1:] += int(rows.entry_coefficient[i]) * price
            prefix[queue] = np.cumsum(cells)
        return np.array(
            [
                (s.points * SCALE + prefix[s.queue][s.first + s.length] - prefix[s.queue][s.first]) / s.length
                for s in shifts
            ]
        )
