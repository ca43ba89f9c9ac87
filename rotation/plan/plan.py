"""A plan: who serves which queue from when to when. Knows nothing of how it was found or what it is worth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True, order=True)
class Shift:
    """One person's turn on one queue.

    Args:
        start: first instant, aware, UTC.
        end: first instant after it, aware, UTC.
        employee_id: who.
        queue_id: which queue.
        shift_id: stable id; of a draft it is :func:`shift_id`.
    """

    start: dt.datetime
    end: dt.datetime
    employee_id: str
    queue_id: str
    shift_id: str

    @property
    def minutes(self) -> int:
        """Length in minutes."""
        return (self.end - self.start) // dt.timedelta(minutes=1)


def shift_id(employee_id: str, start: dt.datetime) -> str:
    """The id of a draft's shift: a person begins at most one shift at a time, so person and UTC instant are enough."""
    return f"{employee_id}-{start.astimezone(dt.UTC):%Y%m%dT%H%MZ}"


@dataclass(frozen=True)
class Plan:
    """The shifts of a week, in the order of start, end, employee."""

    shifts: tuple[Shift, ...]

    @classmethod
    def of(cls, duties: Iterable[tuple[str, str, dt.datetime, dt.datetime]]) -> Plan:
        """Build a draft from (employee_id, queue_id, start, end) tuples in any order."""
        return cls(
            tuple(
                sorted(
                    Shift(start, end, employee, queue, shift_id(employee, start))
                    for employee, queue, start, end in duties
                )
            )
        )

    @cached_property
    def by_employee(self) -> dict[str, tuple[Shift, ...]]:
        """Shifts of each person who has any, in order of time."""
        groups: dict[str, list[Shift]] = {}
        for shift in self.shifts:
            groups.setdefault(shift.employee_id, []).append(shift)
        return {key: tuple(rows) for key, rows in groups.items()}

    @cached_property
    def by_queue(self) -> dict[str, tuple[Shift, ...]]:
        """Shifts of each queue that has any, in order of time."""
        groups: dict[str, list[Shift]] = {}
        for shift in self.shifts:
            groups.setdefault(shift.queue_id, []).append(shift)
        return {key: tuple(rows) for key, rows in groups.items()}
