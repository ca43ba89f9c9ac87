"""When people work, are away, are busy, what they like, what they were promised and who is excused."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WorkSpan:
    """A stretch of a weekday on the person's own clock, minutes after midnight, end up to 1440 (24:00)."""

    weekday: int
    start_min: int
    end_min: int


@dataclass(frozen=True, slots=True)
class WorkPattern:
    """The working hours of a week.

    Args:
        work_pattern_id: its id.
        spans: in the order of the week, not overlapping.
    """

    work_pattern_id: str
    spans: tuple[WorkSpan, ...]


@dataclass(frozen=True, slots=True)
class Absence:
    """A stretch of absolute time in which somebody is away.

    Args:
        employee_id: who.
        start: first instant, aware.
        end: first instant after it, aware.
        reason: as stated.
        late: whether it was reported after the week was planned; it then takes nothing off the band's upper end,
            which earlier shifts of the week may already have used.
    """

    employee_id: str
    start: dt.datetime
    end: dt.datetime
    reason: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class BusyTime:
    """A meeting or other busy time of a person's calendar, as absolute time."""

    employee_id: str
    start: dt.datetime
    end: dt.datetime


@dataclass(frozen=True, slots=True)
class Preference:
    """How much somebody likes a stretch of a weekday, on the own clock.

    Args:
        employee_id: who.
        weekday: 0 (Monday) to 6.
        start_min: minutes after midnight.
        end_min: minutes after midnight, up to 1440.
        weight: -3 (refuses if at all possible) to +3 (likes).
    """

    employee_id: str
    weekday: int
    start_min: int
    end_min: int
    weight: int


@dataclass(frozen=True, slots=True)
class Pin:
    """A shift already promised.

    Args:
        employee_id: to whom.
        queue_id: on which queue.
        start: first instant, aware.
        end: first instant after it, aware.
    """

    employee_id: str
    queue_id: str
    start: dt.datetime
    end: dt.datetime


@dataclass(frozen=True, slots=True)
class Exemption:
    """Somebody excused from the rotation, up to and including a day.

    Args:
        employee_id: who.
        reason: why.
        approved_by: by whom.
        until: the last day it holds.
    """

    employee_id: str
    reason: str
    approved_by: str
    until: dt.date
