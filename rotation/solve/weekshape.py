"""Statements about one employee's week, compiled into arrays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rotation.declaration import (
    IntervalPoints,
    MayServe,
    Promise,
    QueueOpen,
    Rest,
    ServedIntervals,
    ShiftLength,
    ShiftPoints,
    ShiftsADay,
    ShiftsAWeek,
    ShiftStart,
    Statement,
    Unavailable,
)

FORBIDDEN = 1 << 40
"""Points that stand for "never", in sums still far from overflow."""

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Bool = NDArray[np.bool_]


@dataclass(frozen=True)
class WeekShape:
    """What shapes a week, as arrays.

    Args:
        available: (E, T).
        serve_first, serve_last: window of intervals in which an employee may serve a queue, (E, Q).
        queue_open: (Q, T).
        shortest, longest: intervals of a shift.
        start_allowed: (T,).
        a_day, a_week: shifts at most; 0 means no limit.
        next_day: first interval of the following day of each zone, (zones, T).
        zone_of: row of ``next_day``, (E,).
        rest: intervals between two shifts.
        served_points: points of serving n intervals in the week, (E, M + 1); FORBIDDEN beyond a hard limit.
        interval_points: (E, T).
        length_points: points of a shift of n intervals, (longest + 1,).
        promise_employee, promise_queue, promise_first, promise_length, promise_points: parallel, sorted by employee.
    """

    available: Bool
    serve_first: Int32
    serve_last: Int32
    queue_open: Bool
    shortest: int
    longest: int
    start_allowed: Bool
    a_day: int
    a_week: int
    next_day: Int32
    zone_of: Int32
    rest: int
    served_points: Int64
    interval_points: Int32
    length_points: Int64
    promise_employee: Int32
    promise_queue: Int32
    promise_first: Int32
    promise_length: Int32
    promise_points: Int64


def shape_weeks(size: tuple[int, int, int], statements: Iterable[Statement]) -> WeekShape:
    """Add the statements up.

    Args:
        size: E, Q, T.
        statements: in any order.
    """
    draft = _Draft(size)
    for statement in statements:
        draft.add(statement)
    return draft.finish()


class _Draft:
    def __init__(self, size: tuple[int, int, int]) -> None:
        self.size = size
        employees, queues, intervals = size
        self.available = np.ones((employees, intervals), dtype=np.bool_)
        self.first = np.zeros((employees, queues), dtype=np.int32)
        self.last = np.full((employees, queues), intervals, dtype=np.int32)
        self.open = np.ones((queues, intervals), dtype=np.bool_)
        self.shortest, self.longest = 1, intervals
        self.start = np.ones(intervals, dtype=np.bool_)
        self.a_day: ShiftsADay | None = None
        self.a_week, self.rest = 0, 0
        self.limits: list[ServedIntervals] = []
        self.points = np.zeros((employees, intervals), dtype=np.int32)
        self.lengths: list[ShiftPoints] = []
        self.promises: list[Promise] = []

    def add(self, statement: Statement) -> None:
        match statement:
            case Unavailable(cells):
                self.available &= ~cells
            case MayServe(first, last):
                self.first, self.last = np.maximum(self.first, first), np.minimum(self.last, last)
            case QueueOpen(cells):
                self.open &= cells
            case ShiftLength(shortest, longest):
                self.shortest, self.longest = max(self.shortest, shortest), min(self.longest, longest)
            case ShiftStart(allowed):
                self.start &= allowed
            case ShiftsADay():
                if self.a_day is None or statement.most < self.a_day.most:
                    self.a_day = statement
            case ShiftsAWeek(most):
                self.a_week = min(self.a_week, most) if self.a_week else most
            case Rest(intervals):
                self.rest = max(self.rest, intervals)
            case ServedIntervals():
                self.limits.append(statement)
            case IntervalPoints(points):
                self.points += points
            case ShiftPoints():
                self.lengths.append(statement)
            case Promise():
                self.promises.append(statement)

    def finish(self) -> WeekShape:
        employees, _, intervals = self.size
        most_served = self._most_served()
        longest = max(self.shortest, min(self.longest, most_served, intervals))
        kept = sorted(self.promises, key=lambda p: (p.employee, p.first))
        return WeekShape(
            available=self.available,
            serve_first=self.first,
            serve_last=self.last,
            queue_open=self.open,
            shortest=self.shortest,
            longest=longest,
            start_allowed=self.start,
            a_day=self.a_day.most if self.a_day else 0,
            a_week=self.a_week,
            next_day=self._next_day(),
            zone_of=self.a_day.zone_of if self.a_day else np.zeros(employees, dtype=np.int32),
            rest=self.rest,
            served_points=self._served_points(most_served),
            interval_points=self.points,
            length_points=self._length_points(longest),
            promise_employee=np.array([p.employee for p in kept], dtype=np.int32),
            promise_queue=np.array([p.queue for p in kept], dtype=np.int32),
            promise_first=np.array([p.first for p in kept], dtype=np.int32),
            promise_length=np.array([p.length for p in kept], dtype=np.int32),
            promise_points=np.array([p.points for p in kept], dtype=np.int64),
        )

    def _most_served(self) -> int:
        hard = [limit.limit for limit in self.limits if limit.points is None]
        if not hard or not self.size[0]:
            return min(self.size[2], 64)
        return int(np.minimum.reduce(hard).max(initial=0))

    def _served_points(self, most: int) -> Int64:
        count = np.arange(most + 1, dtype=np.int64)[None, :]
        table = np.zeros((self.size[0], most + 1), dtype=np.int64)
        for limit in self.limits:
            edge = limit.limit.astype(np.int64)[:, None]
            off = np.maximum(edge - count, 0) if limit.side == "below" else np.maximum(count - edge, 0)
            table += np.where(off > 0, FORBIDDEN, 0) if limit.points is None else off * limit.points
        return np.minimum(table, FORBIDDEN)

    def _length_points(self, longest: int) -> Int64:
        points = np.zeros(longest + 1, dtype=np.int64)
        for statement in self.lengths:
            points[: min(statement.below, longest + 1)] += statement.points
        return points

    def _next_day(self) -> Int32:
        intervals = self.size[2]
        if self.a_day is None:
            return np.zeros((1, intervals), dtype=np.int32)
        day = self.a_day.day
        found = [[int(np.searchsorted(row, number, side="right")) for number in row] for row in day]
        return np.array(found, dtype=np.int32).reshape(len(day), intervals)
