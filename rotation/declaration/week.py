"""Statements that shape one employee's week.

E employees, Q queues, T intervals in the order of the case. Several statements of a kind add up: unavailability joins,
certification windows intersect, points are summed, limits take the tightest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rotation.plan.case import BoolArray, IntArray


@dataclass(frozen=True)
class Unavailable:
    """Nobody serves in these cells; shape (E, T)."""

    cells: BoolArray


@dataclass(frozen=True)
class MayServe:
    """The window of intervals in which an employee may serve a queue.

    Args:
        first: first interval, shape (E, Q).
        last: one after the last interval, shape (E, Q); not above ``first`` where the employee may not serve.
    """

    first: IntArray
    last: IntArray


@dataclass(frozen=True)
class QueueOpen:
    """A queue is served only in these cells; shape (Q, T)."""

    cells: BoolArray


@dataclass(frozen=True)
class ShiftLength:
    """Every shift has between ``shortest`` and ``longest`` intervals."""

    shortest: int
    longest: int


@dataclass(frozen=True)
class ShiftStart:
    """Shifts begin only in these intervals; shape (T,)."""

    allowed: BoolArray


@dataclass(frozen=True)
class ShiftsADay:
    """At most so many shifts begin on one day of the employee's own calendar.

    Args:
        most: the number.
        day: day number of each interval in each zone, shape (zones, T), not falling along a row.
        zone_of: row of ``day`` for each employee, shape (E,).
    """

    most: int
    day: IntArray
    zone_of: IntArray


@dataclass(frozen=True)
class ShiftsAWeek:
    """At most so many shifts a week."""

    most: int


@dataclass(frozen=True)
class Rest:
    """At least so many intervals between the end of a shift and the start of the same employee's next."""

    intervals: int


@dataclass(frozen=True)
class ServedIntervals:
    """A limit on the number of intervals that an employee serves in the week.

    Args:
        side: ``below`` costs points for each interval short of the limit, ``above`` for each one beyond it.
        limit: intervals, shape (E,).
        points: per interval; None forbids (only ``above``).
    """

    side: Literal["below", "above"]
    limit: IntArray
    points: int | None


@dataclass(frozen=True)
class IntervalPoints:
    """Points, not negative, of each interval that an employee serves, on any queue; shape (E, T)."""

    points: IntArray


@dataclass(frozen=True)
class ShiftPoints:
    """Points, not negative, of each shift that is shorter than ``below`` intervals."""

    below: int
    points: int


@dataclass(frozen=True)
class Promise:
    """A shift that costs points, not negative, unless it is planned exactly so.

    Args:
        employee: index.
        queue: index.
        first: first interval; may lie outside the week, then it cannot be kept.
        length: intervals.
        points: of breaking it.
    """

    employee: int
    queue: int
    first: int
    length: int
    points: int
