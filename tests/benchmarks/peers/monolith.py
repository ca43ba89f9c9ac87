"""One monolithic CP-SAT model: a Boolean for each legal shift, every rule a constraint or a cost."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import pairwise

import numpy as np
from ortools.sat.python import cp_model

from rotation.plan import Case
from rotation.solve.instance import Instance
from rotation.solve.rowtable import HARD
from rotation.solve.weekshape import FORBIDDEN
from tests.benchmarks.peers.shifts import legal_shifts

Terms = dict[tuple[int, int], list[tuple[int, int]]]


class Monolith:
    """The model of a week without promised shifts.

    Args:
        instance: the compiled week.
    """

    def __init__(self, instance: Instance) -> None:
        self.instance, self.model = instance, cp_model.CpModel()
        self.shifts: list[tuple[int, int, int, int]] = []
        self.taken: list[cp_model.IntVar] = []
        self.costs: list[tuple[cp_model.IntVar, int]] = []
        self.constant = 0
        self.rows: Terms = defaultdict(list)
        for e in range(instance.employees):
            self._employee(e)
        for g in range(instance.rows.groups):
            for t in range(1 if instance.rows.is_week[g] else instance.intervals):
                self._row(g, t)
        variables, points = zip(*self.costs, strict=True) if self.costs else ((), ())
        self.model.minimize(cp_model.LinearExpr.weighted_sum(variables, points) + self.constant)

    def _employee(self, e: int) -> None:
        week, rows = self.instance.week, self.instance.rows
        tomorrow = week.next_day[week.zone_of[e]]
        days: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        busy: dict[int, list[tuple[int, cp_model.IntVar]]] = defaultdict(list)
        mine, lengths = [], []
        entries = range(int(rows.entry_start[e]), int(rows.entry_start[e + 1]))
        for q, first, length, points in legal_shifts(self.instance, e):
            taken, number = self.model.new_bool_var(""), len(self.taken)
            self.taken.append(taken)
            self.shifts.append((e, q, first, length))
            mine.append(taken)
            lengths.append(length)
            if points:
                self.costs.append((taken, points))
            days[int(tomorrow[first])].append(taken)
            for t in range(first, first + length + week.rest):
                busy[t].append((int(tomorrow[first]), taken))
            for i in entries:
                if rows.entry_queue[i] in (-1, q):
                    g, k = int(rows.entry_group[i]), int(rows.entry_coefficient[i])
                    if rows.is_week[g]:
                        self.rows[g, 0].append((number, k * length))
                    else:
                        for t in range(first, first + length):
                            self.rows[g, t].append((number, k))
        # One shift a day keeps shifts of one day apart already.
        for shifts in busy.values():
            if week.a_day != 1 or len({day for day, _ in shifts}) > 1:
                self.model.add_at_most_one(taken for _, taken in shifts)
        for group in days.values() if week.a_day else ():
            if week.a_day == 1:
                self.model.add_at_most_one(group)
            else:
                self.model.add(cp_model.LinearExpr.sum(group) <= week.a_day)
        if week.a_week:
            self.model.add(cp_model.LinearExpr.sum(mine) <= week.a_week)
        self._served(week.served_points[e].tolist(), mine, lengths)

    def _served(self, table: list[int], mine: list[cp_model.IntVar], lengths: list[int]) -> None:
        """The convex cost of all intervals served, by its tangents."""
        allowed = [n for n, points in enumerate(table) if points < FORBIDDEN]
        served = self.model.new_int_var(0, max(allowed), "")
        self.model.add(cp_model.LinearExpr.weighted_sum(mine, lengths) == served)
        costs = [table[n] for n in allowed]
        if any(costs):
            cost = self.model.new_int_var(0, max(costs), "")
            for n, (low, high) in enumerate(pairwise(costs)):
                self.model.add(cost >= (high - low) * (served - n) + low)
            self.costs.append((cost, 1))

    def _row(self, g: int, t: int) -> None:
        rows = self.instance.rows
        terms = self.rows.get((g, t), [])
        activity = cp_model.LinearExpr.weighted_sum([self.taken[n] for n, _ in terms], [k for _, k in terms])
        most = sum(k for _, k in terms if k > 0)
        for h in range(len(rows.terms[g])):
            limit, points, above = int(rows.limit[g, h, t]), int(rows.points[g, h, t]), bool(rows.above[g, h])
            if not points or (above and most <= limit) or (not above and limit <= 0):
                continue
            if points >= HARD:
                self.model.add(activity <= limit)
            elif not terms:
                self.constant += points * max(0, limit)
            else:
                off = self.model.new_int_var(0, most - limit if above else limit, "")
                self.model.add(off >= activity - limit if above else off >= limit - activity)
                self.costs.append((off, points))

    def solve(self, seconds: float) -> tuple[np.ndarray, int | None, int | None]:
        """The shifts found in so many seconds, their points and the proven bound; None where there is no answer."""
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.num_workers = 2
        if solver.solve(self.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return np.zeros((0, 4), dtype=np.int64), None, None
        pairs = zip(self.shifts, self.taken, strict=True)
        chosen = [shift for shift, taken in pairs if solver.boolean_value(taken)]
        bound = math.ceil(solver.best_objective_bound - 1e-6)
        return np.array(chosen, dtype=np.int64).reshape(-1, 4), round(solver.objective_value), bound


def solve(_case: Case, instance: Instance, seconds: float) -> tuple[np.ndarray, int | None]:
    """Build the model, then solve it for so many seconds; building is not counted."""
    shifts, _, bound = Monolith(instance).solve(seconds)
    return shifts, bound
