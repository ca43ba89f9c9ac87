"""Promised shifts that calendars have come to collide with since they were promised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from rotation.company import BusyTime
from rotation.plan import ReleasedShift


@dataclass(frozen=True, slots=True)
class Conflict:
    """A shift and a busy time of the same person that meet, the buffer included.

    Args:
        shift: the shift.
        busy: the busy time.
        is_new: whether the calendars that the week was planned on did not have it.
    """

    shift: ReleasedShift
    busy: BusyTime
    is_new: bool


def conflicts_of(
    shifts: Iterable[ReleasedShift],
    now: Iterable[BusyTime],
    then: Iterable[BusyTime],
    buffer: dt.timedelta,
    at: dt.datetime,
) -> list[Conflict]:
    """Every shift not yet over that meets a busy time.

    Args:
        shifts: the promised shifts.
        now: busy times by today's calendars.
        then: busy times that the week was planned on.
        buffer: what is kept free around busy times.
        at: now, aware.

    Returns:
        Conflicts by shift and time.
    """
    by_person: dict[str, list[BusyTime]] = {}
    for busy in now:
        by_person.setdefault(busy.employee_id, []).append(busy)
    known = set(then)
    return [
        Conflict(shift, busy, busy not in known)
        for shift in sorted(shifts, key=lambda s: s.as_shift())
        if shift.end > at
        for busy in sorted(by_person.get(shift.employee_id, ()), key=lambda b: (b.start, b.end))
        if busy.start - buffer < shift.end and shift.start < busy.end + buffer
    ]
