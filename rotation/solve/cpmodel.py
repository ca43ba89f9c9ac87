"""The exact model: all legal shifts of some employees as Booleans, everybody else fixed, for CP-SAT.

Reads the same arrays as the kernel. With all employees it is the whole model, with some of them a neighbourhood.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model

from rotation.solve.instance import Instance
from rotation.solve.roster import Roster
from rotation.solve.rowtable import HARD, Int64
from rotation.solve.weekshape import FORBIDDEN


@dataclass(frozen=True, slots=True)
class Candidate:
    """A shift that an employee could take."""

    employee: int
    queue: int
    first: int
    length: int
    points: int


@dataclass
class ExactModel:
    """A CP-SAT model of the weeks of some employees.

    Args:
        instance: the week.
        choices: the shifts that each free employee may take.
        activity: what everybody else's shifts amount to, (G, T).
    """

    instance: Instance
    choices: Mapping[int, Sequence[Candidate]]
    activity: Int64
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)

    def __post_init__(self) -> None:
        self.taken: dict[Candidate, cp_model.IntVar] = {}
        self._costs: list[tuple[cp_model.LinearExprT, int]] = []
        self._cells: dict[tuple[int, int, int], list[cp_model.IntVar]] = {}
        self._constant = 0
        self._follows: list[tuple[cp_model.IntVar, Callable[[dict[int, int]], int]]] = []
        for e, shifts in self.choices.items():
            self._week(e, shifts)
        self._rows()
        terms = [variable for variable, _ in self._costs]
        self.model.minimize(
            cp_model.LinearExpr.weighted_sum(terms, [points for _, points in self._costs]) + self._constant
        )

    def hint(self, roster: Roster) -> None:
        """Start the search from the free employees' present weeks, with a value for every variable."""
        present = {(e, *map(int, roster.shifts[e, s])) for e in self.choices for s in range(int(roster.counts[e]))}
        value: dict[int, int] = {}
        for shift, variable in self.taken.items():
            key = (shift.employee, shift.queue, shift.first, shift.length)
            value[variable.index] = int(key in present)
            self.model.add_hint(variable, value[variable.index])
        for variable, follow in self._follows:
            value[variable.index] = follow(value)
            self.model.add_hint(variable, value[variable.index])

    def store(self, solver: cp_model.CpSolver, roster: Roster) -> None:
        """Write the weeks found into a roster."""
        roster.counts[list(self.choices)] = 0
        chosen = [shift for shift, variable in self.taken.items() if solver.boolean_value(variable)]
        for shift in sorted(chosen, key=lambda c: (c.employee, c.first)):
            e = shift.employee
            roster.shifts[e, roster.counts[e]] = shift.queue, shift.first, shift.length
            roster.counts[e] += 1

    def _week(self, e: int, shifts: Sequence[Candidate]) -> None:
        week = self.instance.week
        for shift in shifts:
            variable = self.model.new_bool_var("")
            self.taken[shift] = variable
            if shift.points:
                self._costs.append((variable, shift.points))
            for t in range(shift.first, shift.first + shift.length):
                self._cells.setdefault((e, shift.queue, t), []).append(variable)
        mine = week.promise_employee == e
        self._constant += int(week.promise_points[mine].sum())
        self._apart(e, shifts)
        self._served(e, shifts)

    def _apart(self, e: int, shifts: Sequence[Candidate]) -> None:
        """One shift at a time with rest between; so many a day and a week."""
        week = self.instance.week
        tomorrow = week.next_day[week.zone_of[e]]
        days: dict[int, list[cp_model.IntVar]] = {}
        busy: dict[int, list[Candidate]] = {}
        for shift in shifts:
            days.setdefault(int(tomorrow[shift.first]), []).append(self.taken[shift])
            for t in range(shift.first, shift.first + shift.length + week.rest):
                busy.setdefault(t, []).append(shift)
        for group in busy.values():
            if week.a_day != 1 or len({int(tomorrow[shift.first]) for shift in group}) > 1:
                self.model.add_at_most_one(self.taken[shift] for shift in group)
        for variables in days.values():
            if week.a_day == 1:
                self.model.add_at_most_one(variables)
            elif week.a_day:
                self.model.add(cp_model.LinearExpr.sum(variables) <= week.a_day)
        if week.a_week and shifts:
            self.model.add(cp_model.LinearExpr.sum([self.taken[shift] for shift in shifts]) <= week.a_week)

    def _served(self, e: int, shifts: Sequence[Candidate]) -> None:
        """The convex cost of all intervals served in the week."""
        table = self.instance.week.served_points[e]
        most = int(np.flatnonzero(table < FORBIDDEN).max())
        if not shifts:
            self._constant += int(table[0])
            return
        served = self.model.new_int_var(0, most, "")
        lengths = [shift.length for shift in shifts]
        variables = [self.taken[shift] for shift in shifts]
        self.model.add(cp_model.LinearExpr.weighted_sum(variables, lengths) == served)
        self._follow(served, variables, lengths, 0)
        if not table[: most + 1].any():
            return
        cost = self.model.new_int_var(int(table[: most + 1].min()), int(table[: most + 1].max()), "")
        slopes: set[int] = set()
        for n in range(most):
            slope = int(table[n + 1] - table[n])
            if slope not in slopes:
                slopes.add(slope)
                self.model.add(cost >= slope * (served - n) + int(table[n]))
        self._costs.append((cost, 1))
        self._follows.append((cost, lambda value: int(table[value[served.index]])))

    def _follow(self, sum_of: cp_model.IntVar, variables: list[cp_model.IntVar], factors: list[int], base: int) -> None:
        """Remember that a variable is a weighted sum, for hints."""
        indices = [variable.index for variable in variables]
        self._follows.append(
            (sum_of, lambda value: base + sum(value[n] * f for n, f in zip(indices, factors, strict=True)))
        )

    def _rows(self) -> None:
        """Each row that the free employees can change, with a variable for each hinge that can bind."""
        rows = self.instance.rows
        members: dict[tuple[int, int], list[tuple[cp_model.IntVar, int]]] = {}
        for (e, q, t), variables in self._cells.items():
            serving = self.model.new_bool_var("")
            self.model.add(cp_model.LinearExpr.sum(variables) == serving)
            self._follow(serving, variables, [1] * len(variables), 0)
            for i in range(int(rows.entry_start[e]), int(rows.entry_start[e + 1])):
                if rows.entry_queue[i] in (-1, q):
                    g = int(rows.entry_group[i])
                    key = (g, 0 if rows.is_week[g] else t)
                    members.setdefault(key, []).append((serving, int(rows.entry_coefficient[i])))
        rest = rows.cost(self.activity)
        touched = np.zeros(rest.shape, dtype=np.bool_)
        for (g, t), terms in members.items():
            touched[g, t] = True
            self._row(g, t, terms)
        self._constant += int(rest[~touched].sum())

    def _row(self, g: int, t: int, terms: list[tuple[cp_model.IntVar, int]]) -> None:
        rows, base = self.instance.rows, int(self.activity[g, t])
        low = base + sum(min(0, c) for _, c in terms)
        high = base + sum(max(0, c) for _, c in terms)
        sum_of = cp_model.LinearExpr.weighted_sum([v for v, _ in terms], [c for _, c in terms]) + base
        for h in range(rows.above.shape[1]):
            points, limit = int(rows.points[g, h, t]), int(rows.limit[g, h, t])
            above = bool(rows.above[g, h])
            worst = high - limit if above else limit - low
            if not points or worst <= 0:
                continue
            if points >= HARD and base <= limit:
                self.model.add(sum_of <= limit)
                continue
            off = self.model.new_int_var(0, worst, "")
            self.model.add(off >= (sum_of - limit if above else limit - sum_of))
            self._costs.append((off, points))
            self._follows.append((off, _excess(terms, base, limit, above)))


def _excess(
    terms: list[tuple[cp_model.IntVar, int]], base: int, limit: int, above: bool
) -> Callable[[dict[int, int]], int]:
    """How far a row is beyond a limit, as a function of the variables' values."""
    indices = [(variable.index, factor) for variable, factor in terms]

    def follow(value: dict[int, int]) -> int:
        activity = base + sum(value[n] * factor for n, factor in indices)
        return max(0, activity - limit if above else limit - activity)

    return follow


def candidates(instance: Instance, e: int) -> list[Candidate]:
    """All shifts that an employee could take alone, with the employee's own points of each (kept promises negative)."""
    week, found = instance.week, []
    bonus = {
        (int(week.promise_queue[p]), int(week.promise_first[p]), int(week.promise_length[p])): int(
            week.promise_points[p]
        )
        for p in np.flatnonzero(week.promise_employee == e)
    }
    cost = np.concatenate([[0], np.cumsum(week.interval_points[e], dtype=np.int64)])
    inside = np.arange(instance.intervals)
    for q in range(week.queue_open.shape[0]):
        cells = week.available[e] & week.queue_open[q]
        cells = cells & (week.serve_first[e, q] <= inside) & (inside < week.serve_last[e, q])
        until = _free_until(cells)
        for t in np.flatnonzero(cells & week.start_allowed):
            for length in range(week.shortest, min(week.longest, int(until[t]) - int(t)) + 1):
                points = int(cost[t + length] - cost[t]) + int(week.length_points[length])
                points -= bonus.get((q, int(t), length), 0)
                found.append(Candidate(e, q, int(t), length, points))
    return found


def _free_until(cells: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Int64:
    """For each cell the first later one that is not free."""
    until = np.arange(len(cells) + 1, dtype=np.int64)
    for t in range(len(cells) - 1, -1, -1):
        until[t] = until[t + 1] if cells[t] else t
    return until
