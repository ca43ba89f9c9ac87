"""A person's calendar (iCalendar) -> busy times. Knows no folder and no clock.

What cannot be read is a fault: a broken calendar taken for an empty one would book people on their meetings.
"""

from __future__ import annotations

import datetime as dt
import warnings as python_warnings
from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Component

from rotation.company import BusyTime
from rotation.errors import InputFault, InputFaults
from rotation.intake.calendar_rules import bound, fault_of_rules, first_of
from rotation.intake.calendar_text import calendar_text
from rotation.intake.calendar_zones import CalendarZones
from rotation.timegrid import UTC, first_instant

DECISIVE = {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "FREEBUSY"}
BEYOND = dt.timedelta(days=2)
Span = tuple[dt.datetime, dt.datetime]


def busy_times(
    data: bytes,
    file: str,
    employee_id: str,
    zone: ZoneInfo,
    start: dt.datetime,
    end: dt.datetime,
    tentative_is_busy: bool,
) -> tuple[list[BusyTime], list[InputFault]]:
    """The busy times of a calendar that touch a stretch of time.

    Args:
        data: the file's bytes.
        file: its name for faults.
        employee_id: whose calendar.
        zone: the person's zone, for whole days and floating times.
        start: first instant, aware.
        end: first instant after it, aware.
        tentative_is_busy: whether tentative entries count.

    Returns:
        Busy times in UTC in the order of time, none twice; and warnings. Cancelled and transparent entries are free.

    Raises:
        InputFaults: every fault of the calendar.
    """
    calendars, warnings = _parsed(data, file, zone, end + BEYOND)
    spans: set[Span] = set()
    for calendar in calendars:
        try:
            spans.update(_event_spans(calendar, zone, start, end, tentative_is_busy))
            spans.update(_free_busy_spans(calendar, tentative_is_busy))
        except Exception as error:  # the libraries promise nothing of what odd events raise
            raise InputFaults([_fault(file, "", f"cannot be expanded: {error}")]) from error
    kept = sorted((a, b) for a, b in spans if a < b and a < end and b > start)
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
    return _parsed(data, file, zone, None)[1]


def _fault(file: str, uid: str, message: str) -> InputFault:
    return InputFault(file, 0, "UID" if uid else "", uid, message, "RFC 5545")


def _parsed(data: bytes, file: str, zone: ZoneInfo, end: dt.datetime | None) -> tuple[list[Calendar], list[InputFault]]:
    text, warnings = calendar_text(data, file)
    try:
        with python_warnings.catch_warnings():
            # The library tells developers how it guesses zones; calendar_zones decides anew.
            python_warnings.simplefilter("ignore")
            calendars = list(Calendar.from_ical(text.encode("utf-8"), multiple=True))
    except Exception as error:  # the library promises nothing of what it raises
        raise InputFaults([_fault(file, "", f"cannot be read: {error}")]) from error
    faults: list[InputFault] = []
    for calendar in calendars:
        zones = CalendarZones.of(calendar, file, zone)
        faults += _prepare_all(calendar, zones, end)
        warnings += zones.warnings
    if faults:
        raise InputFaults(faults)
    return calendars, warnings


def _prepare_all(calendar: Calendar, zones: CalendarZones, end: dt.datetime | None) -> list[InputFault]:
    """Make a calendar fit to be expanded; its faults."""
    # The expansion would move times in UTC, too, if it saw the calendar's zone.
    calendar.pop("X-WR-TIMEZONE", None)
    masters: dict[tuple[str, str], int] = {}
    faults = [fault for part in calendar.walk("VFREEBUSY") for fault in _unreadable(part, zones.file)]
    for number, event in enumerate(calendar.walk("VEVENT")):
        try:
            faults += _prepare(event, number, masters, zones, end)
        except Exception as error:  # the library promises nothing of what odd properties raise
            faults.append(_fault(zones.file, str(event.get("UID", "")), f"an event cannot be read: {error}"))
    calendar.subcomponents = [part for part in calendar.subcomponents if not part.get("X-ROTATION-DROP")]
    return faults


def _unreadable(component: Component, file: str) -> list[InputFault]:
    uid = str(component.get("UID", ""))
    return [
        _fault(file, uid, f"{name} cannot be read: {error}") for name, error in component.errors if name in DECISIVE
    ]


def _prepare(
    event: Component, number: int, masters: dict[tuple[str, str], int], zones: CalendarZones, end: dt.datetime | None
) -> list[InputFault]:
    """Make an event fit to be expanded; its faults."""
    if faults := _unreadable(event, zones.file):
        return faults
    uid = str(event.get("UID", ""))
    if not isinstance(first_of(event, "DTSTART"), dt.date):
        return [_fault(zones.file, uid, "an event has no DTSTART")]
    if message := fault_of_rules(event, end):
        return [_fault(zones.file, uid, f"an event {message}")]
    zones.settle(event)
    if end is not None:
        bound(event, end)
    if "RECURRENCE-ID" not in event:
        # Two events under one UID: the standard drops one of them, which might be a meeting that takes place.
        key = (uid, str(event.get("SEQUENCE", 0)))
        masters[key] = masters.get(key, 0) + 1
        if not uid or masters[key] > 1:
            event["UID"] = f"{uid}#{number}"
    _warn_of_backward(event, zones)
    return []


def _warn_of_backward(event: Component, zones: CalendarZones) -> None:
    """Leave out an event that ends before it starts, with a warning."""
    start, end = first_of(event, "DTSTART"), first_of(event, "DTEND")
    if end is None or isinstance(end, dt.datetime) != isinstance(start, dt.datetime) or start <= end:
        return
    event["X-ROTATION-DROP"] = "1"
    zones.warnings.append(_fault(zones.file, str(event["UID"]), f"an event ends {end} before it starts {start}"))


def _event_spans(
    calendar: Calendar, zone: ZoneInfo, start: dt.datetime, end: dt.datetime, tentative_is_busy: bool
) -> Iterator[Span]:
    with python_warnings.catch_warnings():
        # A rule with COUNT has been given an UNTIL, too.
        python_warnings.simplefilter("ignore", DeprecationWarning)
        events = recurring_ical_events.of(calendar).between(start - BEYOND, end + BEYOND)
    for event in events:
        if _is_busy(event, tentative_is_busy):
            yield _instant(first_of(event, "DTSTART"), zone), _instant(first_of(event, "DTEND"), zone)


def _is_busy(event: Component, tentative_is_busy: bool) -> bool:
    if str(event.get("TRANSP", "")).upper() == "TRANSPARENT":
        return False
    status = str(event.get("STATUS", "")).upper()
    return status != "CANCELLED" and (status != "TENTATIVE" or tentative_is_busy)


def _instant(moment: dt.date, zone: ZoneInfo) -> dt.datetime:
    if not isinstance(moment, dt.datetime):
        return first_instant(moment, zone)
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _free_busy_spans(calendar: Calendar, tentative_is_busy: bool) -> Iterator[Span]:
    """Busy periods of a calendar that shows no more than free and busy; they are in UTC by the standard."""
    for component in calendar.walk("VFREEBUSY"):
        for prop in _as_list(component.get("FREEBUSY", [])):
            kind = str(prop.params.get("FBTYPE", "BUSY")).upper()
            if kind == "FREE" or (kind == "BUSY-TENTATIVE" and not tentative_is_busy):
                continue
            for entry in getattr(prop, "dts", [prop]):
                first, last = entry.dt if isinstance(getattr(entry, "dt", None), tuple) else (entry.start, entry.end)
                yield first.astimezone(UTC), (first + last if isinstance(last, dt.timedelta) else last).astimezone(UTC)


def _as_list(found: Any) -> Iterable[Any]:
    return found if isinstance(found, list) else [found]
