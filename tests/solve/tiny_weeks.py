"""Instances small enough to try everything: statements as hypothesis draws them, and all plans by enumeration.

The enumeration reads the statements themselves, not what the solver compiled of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from rotation.declaration import (
    Hinge,
    IntervalPoints,
    MayServe,
    Members,
    Promise,
    QueueOpen,
    Rest,
    RowFamily,
    ServedIntervals,
    ShiftLength,
    ShiftPoints,
    ShiftsADay,
    ShiftsAWeek,
    ShiftStart,
    Statement,
    Unavailable,
)
from rotation.solve.instance import Instance
from rotation.solve.rowtable import HARD, stack_rows
from rotation.solve.weekshape import shape_weeks

Shift = tuple[int, int, int]
Week = tuple[Shift, ...]
Int64 = NDArray[np.int64]
Kind = TypeVar("Kind")


@dataclass(frozen=True, eq=False)
class TinyWeek:
    """Statements about a few employees, one or two queues and some intervals.

    Args:
        size: E, Q, T.
        statements: about each employee's week.
        families: rows.
    """

    size: tuple[int, int, int]
    statements: tuple[Statement, ...]
    families: tuple[RowFamily, ...]

    @cached_property
    def instance(self) -> Instance:
        """What the solver makes of it."""
        return Instance(shape_weeks(self.size, self.statements), stack_rows(self.size, self.families))

    def all_of(self, kind: type[Kind]) -> list[Kind]:
        """The statements of a kind."""
        return self._by_kind.get(kind, [])

    @cached_property
    def _by_kind(self) -> dict[type, list[Any]]:
        kinds: dict[type, list[Any]] = {}
        for statement in self.statements:
            kinds.setdefault(type(statement), []).append(statement)
        return kinds

    def may(self, e: int, q: int, t: int) -> bool:
        """Whether an employee may serve a cell."""
        return (
            not any(row.cells[e, t] for row in self.all_of(Unavailable))
            and all(row.first[e, q] <= t < row.last[e, q] for row in self.all_of(MayServe))
            and all(row.cells[q, t] for row in self.all_of(QueueOpen))
        )

    def shifts(self, e: int) -> list[Shift]:
        """All shifts that an employee could take alone, as (queue, first, length)."""
        _, queues, intervals = self.size
        may = [[self.may(e, q, t) for t in range(intervals)] for q in range(queues)]
        starts = [t for t in range(intervals) if all(row.allowed[t] for row in self.all_of(ShiftStart))]
        lengths = [
            n for n in range(1, intervals + 1) if all(r.shortest <= n <= r.longest for r in self.all_of(ShiftLength))
        ]
        return [
            (q, first, length)
            for first in starts
            for q in range(queues)
            for length in lengths
            if first + length <= intervals and all(may[q][first : first + length])
        ]

    def weeks(self, e: int) -> list[Week]:
        """All legal weeks of an employee."""
        return self._weeks[e]

    @cached_property
    def _weeks(self) -> list[list[Week]]:
        return [self._weeks_from(e, self.shifts(e)) for e in range(self.size[0])]

    def _weeks_from(self, e: int, shifts: Sequence[Shift]) -> list[Week]:
        found: list[Week] = [()]
        for week in found:
            last = week[-1][1] if week else -1
            longer = ((*week, shift) for shift in shifts if shift[1] > last)
            found += [choice for choice in longer if self.is_legal(e, choice)]
        return found

    def is_legal(self, e: int, week: Week) -> bool:
        """Whether shifts, each of which is legal alone, may stand in one week; then fewer of them may as well."""
        rest = max((row.intervals for row in self.all_of(Rest)), default=0)
        if any(after[1] < before[1] + before[2] + rest for before, after in pairwise(week)):
            return False
        if any(len(week) > row.most for row in self.all_of(ShiftsAWeek)):
            return False
        for row in self.all_of(ShiftsADay):
            days = [int(row.day[row.zone_of[e], shift[1]]) for shift in week]
            if any(days.count(day) > row.most for day in days):
                return False
        served = sum(shift[2] for shift in week)
        hard = [row for row in self.all_of(ServedIntervals) if row.points is None]
        return all(served <= row.limit[e] for row in hard)

    def own_points(self, e: int, week: Week) -> int:
        """Points that a week costs whatever the others do."""
        served, total = sum(shift[2] for shift in week), 0
        for row in self.all_of(ServedIntervals):
            if row.points is not None:
                off = row.limit[e] - served if row.side == "below" else served - row.limit[e]
                total += max(0, int(off)) * row.points
        for row in self.all_of(IntervalPoints):
            total += sum(int(row.points[e, t]) for _, first, length in week for t in range(first, first + length))
        for row in self.all_of(ShiftPoints):
            total += sum(row.points for _, _, length in week if length < row.below)
        for row in self.all_of(Promise):
            total += row.points * (row.employee == e and (row.queue, row.first, row.length) not in week)
        return total

    def activity(self, e: int, week: Week) -> Int64:
        """What a week adds to the rows, (G, T); a week row's in column 0."""
        activity = np.zeros((sum(len(family.groups) for family in self.families), self.size[2]), dtype=np.int64)
        at = 0
        for family in self.families:
            members = family.members
            for who, queue, group, value in zip(
                members.employee, members.queue, members.group, members.coefficient, strict=True
            ):
                for q, first, length in week:
                    if who == e and queue in (-1, q):
                        for t in range(first, first + length):
                            activity[at + group, 0 if family.over == "week" else t] += value
            at += len(family.groups)
        return activity

    def row_points(self, activity: Int64) -> Int64:
        """Points of the rows, of one activity (G, T) or of many (..., G, T)."""
        total, at = np.zeros(activity.shape[:-2], dtype=np.int64), 0
        for family in self.families:
            block = activity[..., at : at + len(family.groups), : 1 if family.over == "week" else None]
            for hinge in family.hinges:
                off = np.maximum(block - hinge.limit if hinge.side == "above" else hinge.limit - block, 0)
                total += (off * (HARD if hinge.points is None else hinge.points)).sum(axis=(-2, -1))
            at += len(family.groups)
        return total

    def points(self, plan: Sequence[Week]) -> int:
        """All points of a plan, a week for each employee."""
        own = sum(self.own_points(e, week) for e, week in enumerate(plan))
        together = sum((self.activity(e, week) for e, week in enumerate(plan)), np.zeros((1, 1), dtype=np.int64))
        return own + int(self.row_points(np.asarray(together)))

    def best(self) -> int:
        """The least points of any plan, by trying all of them."""
        cost = np.zeros(1, dtype=np.int64)
        activity = np.zeros((1, sum(len(family.groups) for family in self.families), self.size[2]), dtype=np.int64)
        for e in range(self.size[0]):
            weeks = self.weeks(e)
            own = np.array([self.own_points(e, week) for week in weeks], dtype=np.int64)
            mine = np.array([self.activity(e, week) for week in weeks])
            cost = (cost[:, None] + own).ravel()
            activity = (activity[:, None] + mine).reshape(len(cost), *mine.shape[1:])
        return int((cost + self.row_points(activity)).min())

    def plans(self) -> int:
        """How many plans there are."""
        count = 1
        for e in range(self.size[0]):
            count *= len(self.weeks(e))
        return count


@st.composite
def tiny_weeks(
    draw: st.DrawFn, employees: int = 1, longest_week: int = 9, most_plans: int = 20_000, apart: bool = False
) -> TinyWeek:
    """Statements of every kind, with limits that bind and limits that do not.

    Args:
        draw: of hypothesis.
        employees: at most.
        longest_week: intervals at most.
        most_plans: above this number of plans further limits are added.
        apart: one shift a day, and the days three intervals long with a gap in between.
    """
    size = draw(st.integers(1, employees)), draw(st.integers(1, 2)), draw(st.integers(3, longest_week))
    statements = (*_own(draw, size), *_limits(draw, size))
    if apart:
        clock = np.arange(size[2])
        night = np.broadcast_to(clock % 4 == 3, (size[0], size[2]))
        one = ShiftsADay(1, (clock // 4).astype(np.int32)[None, :], np.zeros(size[0], dtype=np.int32))
        statements = (*(known for known in statements if not isinstance(known, ShiftsADay)), Unavailable(night), one)
    families = tuple(_family(draw, size) for _ in range(draw(st.integers(0, 3))))
    week = TinyWeek(size, statements, families)
    for tighter in (ShiftsAWeek(2), ShiftStart(np.arange(size[2]) % 2 == 0), ShiftsAWeek(1)):
        if week.plans() > most_plans:
            week = TinyWeek(size, (*week.statements, tighter), families)
    return week


def _cells(draw: st.DrawFn, rows: int, columns: int, mostly: bool) -> NDArray[np.bool_]:
    """Cells of which most have one value."""
    cells = [[draw(st.integers(0, 4)) > 0 for _ in range(columns)] for _ in range(rows)]
    return np.array(cells, dtype=np.bool_) == mostly


def _numbers(draw: st.DrawFn, shape: tuple[int, int], least: int, most: int) -> NDArray[np.int32]:
    values = [[draw(st.integers(least, most)) for _ in range(shape[1])] for _ in range(shape[0])]
    return np.array(values, dtype=np.int32).reshape(shape)


def _own(draw: st.DrawFn, size: tuple[int, int, int]) -> list[Statement]:
    employees, queues, intervals = size
    shortest = draw(st.integers(1, 2))
    zones = draw(st.integers(1, 2))
    statements: list[Statement] = [
        Unavailable(_cells(draw, employees, intervals, False)),
        QueueOpen(_cells(draw, queues, intervals, True)),
        ShiftLength(shortest, draw(st.integers(shortest, 4))),
        IntervalPoints(_numbers(draw, (employees, intervals), 0, 3)),
    ]
    if draw(st.booleans()):
        first = _numbers(draw, (employees, queues), 0, 2)
        statements.append(MayServe(first, _numbers(draw, (employees, queues), intervals - 3, intervals)))
    if draw(st.booleans()):
        statements.append(ShiftStart(_cells(draw, 1, intervals, True)[0]))
    if draw(st.booleans()):
        statements.append(Rest(draw(st.integers(0, 3))))
    if a_day := draw(st.integers(0, 3)):
        lengths = [draw(st.integers(1, 4)) for _ in range(zones)]
        day = np.array([[t // length for t in range(intervals)] for length in lengths], dtype=np.int32)
        statements.append(ShiftsADay(a_day, day, _numbers(draw, (1, employees), 0, zones - 1)[0]))
    if a_week := draw(st.integers(0, 4)):
        statements.append(ShiftsAWeek(a_week))
    return statements


def _limits(draw: st.DrawFn, size: tuple[int, int, int]) -> list[Statement]:
    employees, queues, intervals = size
    statements: list[Statement] = []
    if draw(st.integers(0, 3)):
        statements.append(ServedIntervals("above", _numbers(draw, (1, employees), 0, 6)[0], None))
    for side in ("below", "above"):
        if draw(st.booleans()):
            limit = _numbers(draw, (1, employees), 0, 6)[0]
            statements.append(ServedIntervals(side, limit, draw(st.integers(0, 9))))  # type: ignore[arg-type]
    if draw(st.booleans()):
        statements.append(ShiftPoints(draw(st.integers(0, 4)), draw(st.integers(0, 5))))
    promised = set()
    for _ in range(draw(st.integers(0, 2))):
        e, q = draw(st.integers(0, employees - 1)), draw(st.integers(0, queues - 1))
        key = e, q, draw(st.integers(0, intervals)), draw(st.integers(1, 4))
        if key not in promised:
            promised.add(key)
            statements.append(Promise(*key, draw(st.integers(0, 50))))
    return statements


def _family(draw: st.DrawFn, size: tuple[int, int, int]) -> RowFamily:
    employees, queues, intervals = size
    over = draw(st.sampled_from(("interval", "interval", "week")))
    groups = draw(st.integers(1, 2))
    slots = 1 if over == "week" else intervals
    members = []
    for e in range(employees):
        for q in range(queues) if over == "interval" and draw(st.booleans()) else (-1,):
            value = draw(st.sampled_from((0, 1, 1, 1, 2, -1)))
            if value:
                members.append((e, q, draw(st.integers(0, groups - 1)), value))
    hinges = []
    for side in draw(st.sampled_from((("below",), ("above",), ("below", "above"), ("below", "below", "above")))):
        # A hard limit is never below what nobody serving amounts to.
        hard = side == "above" and draw(st.integers(0, 3)) == 0
        limit = _numbers(draw, (groups, slots), 0, 3)
        hinges.append(Hinge("points", side, limit, None if hard else _numbers(draw, (groups, slots), 0, 9)))
    return RowFamily(tuple(f"group {n}" for n in range(groups)), Members.of(members), over, tuple(hinges))
