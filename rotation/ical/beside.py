"""Who else is on while a shift lasts. Knows nothing of calendars."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import NamedTuple

from rotation.plan import Shift


class Beside(NamedTuple):
    """A stretch of time that somebody spends on one queue.

    Args:
        start: first instant, UTC.
        end: first instant after it, UTC.
        employee_id: who.
        queue_id: on which queue.
    """

    start: dt.datetime
    end: dt.datetime
    employee_id: str
    queue_id: str


class Overlaps:
    """Shifts by group, such as their queue, to be asked who else is on during one of them."""

    def __init__(self, shifts: Iterable[Shift], group: Callable[[Shift], str]) -> None:
        self._group = group
        by_group: dict[str, list[Shift]] = {}
        for shift in sorted(shifts):
            by_group.setdefault(group(shift), []).append(shift)
        self._stretches = {key: _stretches(rows) for key, rows in by_group.items()}
        self._starts = {key: [one.start for one in rows] for key, rows in self._stretches.items()}
        self._longest = {key: max(one.end - one.start for one in rows) for key, rows in self._stretches.items()}

    def of(self, shift: Shift) -> list[Beside]:
        """Other people of the same group who are on during a shift of the group, in the order of time and person."""
        key, start, me = self._group(shift), shift.start, shift.employee_id
        first = bisect_left(self._starts[key], start - self._longest[key])
        last = bisect_left(self._starts[key], shift.end)
        return [one for one in self._stretches[key][first:last] if one.end > start and one.employee_id != me]


def _stretches(shifts: Iterable[Shift]) -> list[Beside]:
    """Shifts in the order of time, those that follow one another without a gap as one stretch."""
    found: dict[tuple[str, str, dt.datetime], Beside] = {}
    for shift in shifts:
        before = found.pop((shift.employee_id, shift.queue_id, shift.start), None)
        start = before.start if before else shift.start
        found[shift.employee_id, shift.queue_id, shift.end] = Beside(
            start, shift.end, shift.employee_id, shift.queue_id
        )
    return sorted(found.values())
