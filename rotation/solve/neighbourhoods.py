"""Which employees to free at once, and which of their shifts are worth a Boolean.

The distance between a plan and the bound is the sum of each employee's distance from the cheapest week at the prices
and of each row's distance from its cheapest activity. A neighbourhood grows where that distance sits: around a row, or
around an employee's cells, with those who could serve there. Reads only the compiled rows: a queue's interval, a
department's, a mentor's are all rows.
"""

from __future__ import annotations

import numpy as np

from rotation.solve.cpmodel import Candidate, candidates
from rotation.solve.instance import Instance
from rotation.solve.kernel.scale import SCALE
from rotation.solve.roster import Roster
from rotation.solve.rowtable import Int64


class Neighbourhoods:
    """Chooses neighbourhoods.

    Args:
        instance: the week.
        prices: of the rows, (G, T), 1/256 point.
        best: everybody's cheapest weeks at these prices.
        low, high: the first and the last activity of each row that is best at its price, (G, T).
    """

    def __init__(self, instance: Instance, prices: Int64, best: Roster, low: Int64, high: Int64) -> None:
        self.instance, self.prices, self._best = instance, prices, best
        self._cheapest = self._best.priced_each(instance, self.prices, SCALE)
        self._low, self._high = low, high
        self._candidates: dict[int, list[Candidate]] = {}
        rows = instance.rows
        owner = np.repeat(np.arange(instance.employees), np.diff(rows.entry_start))
        self._members = [np.unique(owner[rows.entry_group == g]) for g in range(rows.groups)]
        self._able = np.array([bool(instance.week.available[e].any()) for e in range(instance.employees)])

    def around_a_distance(self, roster: Roster, size: int, rng: np.random.Generator, without: set[int]) -> list[int]:
        """Employees around a row or an employee, chosen with the odds of their distance from the bound.

        Args:
            roster: the present plan.
            size: how many employees.
            rng: random choices.
            without: who must not be chosen.
        """
        activity = roster.activity(self.instance)
        of_rows = np.maximum(self._value(activity) - self._value(np.clip(activity, self._low, self._high)), 0).ravel()
        of_people = np.maximum(roster.priced_each(self.instance, self.prices, SCALE) - self._cheapest, 0)
        edges = np.cumsum(np.concatenate([of_people, of_rows]))
        chosen: list[int] = []
        if len(edges) and edges[-1] > 0:
            at = int(np.searchsorted(edges, rng.integers(1, int(edges[-1]) + 1)))
            if at < self.instance.employees:
                chosen = [at] if at not in without else []
                g, t = self._cell_of(at, roster, rng)
            else:
                g, t = divmod(at - self.instance.employees, self.instance.intervals)
            near = rng.permutation(self._near(g, t))
            chosen += [int(e) for e in near if int(e) not in without and int(e) not in chosen][: size * 2 // 3]
        rest = rng.permutation(np.flatnonzero(self._able))
        chosen += [int(e) for e in rest if int(e) not in without and int(e) not in chosen][: size - len(chosen)]
        return sorted(chosen)

    def _value(self, activity: Int64) -> Int64:
        """Scaled cost less price of each row at an activity, (G, T)."""
        return self.instance.rows.cost(activity) * SCALE - self.prices * activity

    def _cell_of(self, e: int, roster: Roster, rng: np.random.Generator) -> tuple[int, int]:
        """A row that the employee's present week or the cheapest one touches."""
        rows = self.instance.rows
        weeks = [week for week in (roster, self._best) if week.counts[e]]
        entries = range(int(rows.entry_start[e]), int(rows.entry_start[e + 1]))
        if not weeks or not entries:
            return 0, 0
        week = weeks[int(rng.integers(len(weeks)))]
        queue, first, length = (int(value) for value in week.shifts[e, int(rng.integers(week.counts[e]))])
        mine = [i for i in entries if rows.entry_queue[i] == queue] or list(entries)
        return int(rows.entry_group[mine[int(rng.integers(len(mine)))]]), first + int(rng.integers(length))

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
