"""The model of a repair: ``ExactModel`` with the repair's own aims, one after the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from rotation.plan import Case
from rotation.solve.cpmodel import Candidate, ExactModel
from rotation.solve.instance import Instance
from rotation.solve.roster import Roster
from rotation.solve.rowtable import HARD
from rotation.solve.settings import Watch

Counts = NDArray[np.int32]
Mask = NDArray[np.bool_]
POLL_S = 0.01
MISSING, BROKEN = 1_000, 10_000_000
"""What a missing agent-interval and a broken hard limit weigh against a change: more than all changes together."""


@dataclass(frozen=True)
class Week:
    """A released week with its gaps.

    Args:
        case: the week.
        instance: its rules.
        roster: the shifts that can be kept.
        needed: agents that were promised, (queues, intervals).
        fixed_until: shifts that begin before this interval stay where they are.
    """

    case: Case
    instance: Instance
    roster: Roster
    needed: Counts
    fixed_until: int

    @cached_property
    def begin(self) -> int:
        """The first interval that has not begun."""
        published = self.case.published
        return max(0, self.case.horizon.ceil(published.now)) if published else 0

    def assigned(self, roster: Roster) -> Counts:
        """Agents by queue and interval."""
        step = np.zeros((self.needed.shape[0], self.needed.shape[1] + 1), dtype=np.int32)
        flat = roster.flat()
        np.add.at(step, (flat[:, 1], flat[:, 2]), 1)
        np.add.at(step, (flat[:, 1], flat[:, 2] + flat[:, 3]), -1)
        return np.cumsum(step, axis=1, dtype=np.int32)[:, :-1]

    def lacking(self) -> int:
        """Agent-intervals below what was promised, of those that have not begun."""
        return int(np.maximum(self.needed - self.assigned(self.roster), 0)[:, self.begin :].sum())

    def broken(self) -> int:
        """Hard limits of rows that the present shifts break, in units."""
        return int(self._violations().sum())

    def _violations(self) -> NDArray[np.int64]:
        return np.asarray(self.instance.rows.cost(self.roster.activity(self.instance)) // HARD)

    def gaps(self) -> Mask:
        """Cells (queue, interval) in which somebody more would help."""
        found: Mask = self.needed > self.assigned(self.roster)
        rows = self.instance.rows
        groups, times = np.nonzero(self._violations())
        for g, t in zip(groups.tolist(), times.tolist(), strict=True):
            helpful = (rows.entry_group == g) & (rows.entry_coefficient < 0)
            for q in np.unique(rows.entry_queue[helpful]).tolist():
                found[q if q >= 0 else slice(None), t] = True
        found[:, : self.begin] = False
        return found

    def bound(self) -> tuple[int, ...]:
        """Employees whose present shifts break a hard limit of a row, together with others."""
        rows, flat = self.instance.rows, self.roster.flat()
        groups, times = np.nonzero(self._violations())
        found = set()
        for g, t in zip(groups.tolist(), times.tolist(), strict=True):
            members = np.flatnonzero(rows.entry_group == g)
            owner = np.searchsorted(rows.entry_start, members, side="right") - 1
            on = flat[(flat[:, 2] <= t) & (t < flat[:, 2] + flat[:, 3])]
            found |= set(owner.tolist()) & set(on[:, 0].tolist())
        return tuple(sorted(found))

    def present(self, e: int) -> list[tuple[int, int, int]]:
        """An employee's present shifts as (queue, first interval, length)."""
        rows = self.roster.shifts[e, : self.roster.counts[e]].tolist()
        return [(q, first, length) for q, first, length in rows]

    def stays(self, e: int, first: int) -> bool:
        """Whether a present shift must stay where it is."""
        return first < self.begin or (first < self.fixed_until and e not in self.bound_set)

    @cached_property
    def bound_set(self) -> frozenset[int]:
        """:meth:`bound`, to look up."""
        return frozenset(self.bound())

    def tight(self, choices: Mapping[int, Sequence[Candidate]]) -> Mask:
        """Cells that would lack somebody if one of these people left a present shift."""
        assigned, found = self.assigned(self.roster), np.zeros(self.needed.shape, dtype=np.bool_)
        for e in choices:
            for q, first, length in self.present(e):
                if not self.stays(e, first):
                    cells = slice(first, first + length)
                    found[q, cells] |= assigned[q, cells] <= self.needed[q, cells]
        return found

    def duty(self, shift: Candidate) -> tuple[int, int, dt.date]:
        """What makes two shifts the same duty: person, queue and day of the site."""
        return shift.employee, shift.queue, self.dates[shift.first]

    @cached_property
    def dates(self) -> list[dt.date]:
        """The site's date of each interval."""
        return [self.case.horizon.local(n).date() for n in range(self.case.horizon.intervals)]


@dataclass(frozen=True, slots=True)
class RepairLimits:
    """What a repair may do.

    Args:
        people: at most so many people are touched, those not counted whose shifts break a hard limit as they are.
        fixed_until: shifts that begin before this interval move only where a hard limit asks for it.
        seconds: wall time.
        workers: threads.
        seed: of every random choice.
    """

    people: int
    fixed_until: int = 0
    seconds: float = 10.0
    workers: int = 2
    seed: int = 1


@dataclass(frozen=True)
class Outcome:
    """The best repair so far."""

    roster: Roster
    missing: int
    changes: int
    people: tuple[int, ...]
    broken: int
    proven: bool


class RepairModel:
    """One scope: who is free, for which shifts."""

    def __init__(self, week: Week, choices: Mapping[int, Sequence[Candidate]], people: int, before: Outcome) -> None:
        self.week, self.before = week, before
        self.choices = {e: list(shifts) for e, shifts in choices.items()}
        others = week.roster.copy()
        others.counts[list(self.choices)] = 0
        self.exact = ExactModel(week.instance, self.choices, others.activity(week.instance))
        self.model = self.exact.model
        self.points, self.hard = self._objective()
        self.fixed = week.assigned(others)
        self.touched: dict[int, cp_model.IntVar] = {}
        self.changes = self._changes(people)
        self.missing = self._missing()

    def solve(self, limits: RepairLimits, seconds: float, watch: Watch) -> Outcome:
        """Solve aim after aim; what time does not allow is left as it is found."""
        ends = watch.seconds + seconds
        self.exact.hint(self.before.roster)
        best, proven = self.before, True
        for aim in (self.hard * BROKEN + self.missing * MISSING + self.changes, self.points):
            self.model.minimize(aim)
            left = ends - watch.seconds
            if left <= 0 or watch.stopped():
                return replace(best, proven=proven and aim is self.points)
            solver = _solver(limits, min(left, 1.5) if aim is self.points else left)
            status = self._run(solver, watch)
            if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                return replace(best, proven=proven and aim is self.points)
            proven = proven and (status == cp_model.OPTIMAL or aim is self.points)
            best = self._outcome(solver, proven)
            self.model.add(aim <= round(solver.objective_value))
            self.model.clear_hints()  # type: ignore[no-untyped-call]
            self.exact.hint(best.roster)
        return best

    def _run(self, solver: cp_model.CpSolver, watch: Watch) -> cp_model.CpSolverStatus:
        with ThreadPoolExecutor(1) as pool:
            future = pool.submit(solver.solve, self.model)
            while wait([future], timeout=POLL_S).not_done:
                if watch.stopped():
                    solver.stop_search()
            return future.result()

    def _outcome(self, solver: cp_model.CpSolver, proven: bool) -> Outcome:
        roster = self.week.roster.copy()
        self.exact.store(solver, roster)
        people = tuple(e for e, shifts in self.choices.items() if self._differs(roster, e))
        changes = sum(self._changed(roster, e) for e in people)
        return Outcome(roster, solver.value(self.missing), changes, people, solver.value(self.hard), proven)

    def _changed(self, roster: Roster, e: int) -> int:
        """Duties of an employee that are new, moved or gone."""
        now = {(q, t, n) for q, t, n in roster.shifts[e, : roster.counts[e]].tolist()}
        before = set(self.week.present(e))
        sides: dict[tuple[int, dt.date], list[int]] = {}
        for side, shifts in enumerate((now - before, before - now)):
            for q, t, _ in shifts:
                sides.setdefault((q, self.week.dates[t]), [0, 0])[side] += 1
        return sum(max(pair) for pair in sides.values())

    def _differs(self, roster: Roster, e: int) -> bool:
        now = sorted(map(tuple, roster.shifts[e, : roster.counts[e]].tolist()))
        return now != sorted(self.week.present(e))

    def _objective(self) -> tuple[cp_model.LinearExpr, cp_model.LinearExpr]:
        """The points, and how many units of hard limits are broken, read from the model's own objective."""
        proto = self.model.proto.objective
        indices, factors = list(proto.vars), list(proto.coeffs)
        variables = [self.model.get_int_var_from_proto_index(n) for n in indices]
        hard = [v for v, factor in zip(variables, factors, strict=True) if factor >= HARD]
        points = _sum([factor * v for v, factor in zip(variables, map(int, factors), strict=True)])
        return points, _sum(hard)

    def _changes(self, people: int) -> cp_model.LinearExpr:
        """A variable for each duty that may change, and at most so many people who are touched."""
        added: dict[tuple[int, int, dt.date], list[cp_model.IntVar]] = {}
        removed: dict[tuple[int, int, dt.date], list[cp_model.LinearExprT]] = {}
        present = {(e, *shift) for e in self.choices for shift in self.week.present(e)}
        for shift, variable in self.exact.taken.items():
            key = self.week.duty(shift)
            if (shift.employee, shift.queue, shift.first, shift.length) not in present:
                added.setdefault(key, []).append(variable)
            elif self.week.stays(shift.employee, shift.first):
                self.model.add(variable == 1)
            else:
                removed.setdefault(key, []).append(1 - variable)
        changes = []
        for key in dict.fromkeys([*added, *removed]):
            change = self.model.new_int_var(0, 8, "")
            changes.append(change)
            who = self.touched.setdefault(key[0], self.model.new_bool_var(""))
            for side in (added.get(key), removed.get(key)):
                if side:
                    self.model.add(change >= _sum(side))
                    self.model.add(_sum(side) <= 8 * who)
        counted = [who for e, who in self.touched.items() if e not in self.week.bound_set]
        self.model.add(_sum(counted) <= people)
        return _sum(changes)

    def _missing(self) -> cp_model.LinearExpr:
        """Agent-intervals below what was promised; constants where the free people cannot change them."""
        serving: dict[tuple[int, int], list[cp_model.IntVar]] = {}
        for shift, variable in self.exact.taken.items():
            for t in range(shift.first, shift.first + shift.length):
                serving.setdefault((shift.queue, t), []).append(variable)
        short = np.maximum(self.week.needed - self.fixed, 0)
        short[:, : self.week.begin] = 0
        terms, constant = [], 0
        for q, t in zip(*(axis.tolist() for axis in np.nonzero(short)), strict=True):
            if (q, t) not in serving:
                constant += int(short[q, t])
                continue
            off = self.model.new_int_var(0, int(short[q, t]), "")
            self.model.add(off >= int(short[q, t]) - _sum(serving[q, t]))
            terms.append(off)
        return _sum([*terms, constant])


def _solver(limits: RepairLimits, seconds: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = limits.workers
    solver.parameters.random_seed = limits.seed
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.catch_sigint_signal = False
    return solver


def _sum(terms: Sequence[cp_model.LinearExprT]) -> cp_model.LinearExpr:
    """A sum that is an expression also when it is empty or constant."""
    return cp_model.LinearExpr.sum(list(terms))
