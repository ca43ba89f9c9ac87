"""A person's calendar (iCalendar) -> busy times. Knows no folder and no clock.

What cannot be read is a fault: a broken calendar taken for an empty one would book people on their meetings.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from zoneinfo import ZoneInfo

from rotation.company import BusyTime
from rotation.errors import InputFault, InputFaults
from rotation.intake.calendar_events import BEYOND, Span, fault_of, parsed, spans
from rotation.intake.calendar_parts import CalendarParts, EventLines, calendar_parts
from rotation.intake.calendar_reading import Reading
from rotation.intake.calendar_series import series_of, spans_of
from rotation.intake.calendar_zones import CalendarZones

Window = tuple[dt.datetime, dt.datetime]


def busy_times(
    data: bytes,
    file: str,
    employee_id: str,
    zone: ZoneInfo,
    start: dt.datetime,
    end: dt.datetime,
    reading: Reading,
) -> tuple[list[BusyTime], list[InputFault]]:
    """The busy times of a calendar that touch a stretch of time.

    Args:
        data: the file's bytes.
        file: its name for faults.
        employee_id: whose calendar.
        zone: the person's zone, for whole days and floating times.
        start: first instant, aware.
        end: first instant after it, aware.
        reading: what counts as busy.

    Returns:
        Busy times in UTC in the order of time, none twice; and warnings.

    Raises:
        InputFaults: every fault of the calendar.
    """
    found, warnings = _read(data, file, zone, (start, end), reading)
    kept = sorted((a, b) for a, b in found if a < b and a < end and b > start)
    return [BusyTime(employee_id, a, b) for a, b in kept], warnings


def check_calendar(data: bytes, file: str, zone: ZoneInfo) -> list[InputFault]:
    """Check that a calendar can be read, without expanding it.

    Args:
        data: the file's bytes.
        file: its name for faults.
        zone: the person's zone.

    Returns:
        Warnings.

    Raises:
        InputFaults: every fault of the calendar.
    """
    return _read(data, file, zone, None, Reading())[1]


def merged(spans_in_order: list[Span], start: dt.datetime, end: dt.datetime) -> list[Span]:
    """Stretches of time cut to a window, those that meet or overlap as one.

    Args:
        spans_in_order: in the order of their starts.
        start: first instant of the window.
        end: first instant after it.
    """
    found: list[Span] = []
    for first, last in spans_in_order:
        first, last = max(first, start), min(last, end)
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        elif first < last:
            found.append((first, last))
    return found


def _read(
    data: bytes, file: str, zone: ZoneInfo, window: Window | None, reading: Reading
) -> tuple[set[Span], list[InputFault]]:
    calendars, warnings = calendar_parts(data, file)
    found: set[Span] = set()
    faults: list[InputFault] = []
    for parts in calendars:
        zones = CalendarZones(file, zone)
        try:
            zones.learn(parts)
            found |= _spans_of(parts, zones, window, reading)
        except InputFaults as error:
            faults += error.faults
        except Exception as error:  # the libraries promise nothing of what odd events raise
            faults.append(fault_of(file, "", f"cannot be expanded: {error}"))
        warnings += zones.warnings
    if faults:
        raise InputFaults(faults)
    return found, warnings


def _spans_of(parts: CalendarParts, zones: CalendarZones, window: Window | None, reading: Reading) -> set[Span]:
    """Busy times of one VCALENDAR: the usual events quickly, all others by the libraries."""
    found: set[Span] = set()
    others: list[EventLines] = []
    uids = Counter(tuple(event.lines.get("UID", ())) for event in parts.events)
    for event in parts.events:
        uid = tuple(event.lines.get("UID", ()))
        series = series_of(event, zones) if len(uid) == 1 and uids[uid] == 1 else None
        if series is None:
            others.append(event)
        elif window and reading.is_busy(*_words(event), series.zone is None, uid[0]):
            found.update(spans_of(series, zones.person, *window))
    if others or parts.busy:
        calendar = parsed(others, parts.busy, zones, window[1] + BEYOND if window else None)
        if window:
            found.update(spans(calendar, zones.person, *window, reading))
    return found


def _words(event: EventLines) -> tuple[str, str]:
    """STATUS and TRANSP of an event."""
    status, transparency = ((event.one(name) or "").rpartition(":")[2] for name in ("STATUS", "TRANSP"))
    return status, transparency
