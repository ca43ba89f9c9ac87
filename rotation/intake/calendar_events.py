"""Events of any shape, read by icalendar and expanded by recurring-ical-events, with every fault that they have."""

from __future__ import annotations

import datetime as dt
import warnings as python_warnings
from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Component
from icalendar.parser_tools import to_unicode
from icalendar.prop import vDDDTypes

from rotation.errors import InputFault, InputFaults
from rotation.intake.calendar_clock import duration_of, end_after, instant_of
from rotation.intake.calendar_parts import DECISIVE, EventLines
from rotation.intake.calendar_reading import Reading
from rotation.intake.calendar_rules import bound, fault_of_rules, first_of
from rotation.intake.calendar_zones import CalendarZones
from rotation.timegrid import UTC, first_instant

BEYOND = dt.timedelta(days=2)
NOTHING = dt.timedelta(0)
LENGTH = "X-ROTATION-LENGTH"
Span = tuple[dt.datetime, dt.datetime]


def parsed(
    events: Iterable[EventLines], busy: Iterable[str], zones: CalendarZones, end: dt.datetime | None
) -> Calendar:
    """Events and busy periods as a calendar that is fit to be expanded.

    Args:
        events: the events.
        busy: lines of VFREEBUSY components.
        zones: the zones of the file; takes warnings.
        end: rules are ended there; None leaves them.

    Raises:
        InputFaults: every fault of the events.
    """
    lines = ["BEGIN:VCALENDAR", *busy]
    for event in events:
        lines += event.text()
    try:
        with python_warnings.catch_warnings():
            # The library tells developers how it guesses zones; calendar_zones decides anew.
            python_warnings.simplefilter("ignore")
            calendar = Calendar.from_ical("\r\n".join([*lines, "END:VCALENDAR", ""]).encode("utf-8"))
    except Exception as error:  # the library promises nothing of what it raises
        raise InputFaults([fault_of(zones.file, "", f"cannot be read: {error}")]) from error
    if faults := _prepare_all(calendar, zones, end):
        raise InputFaults(faults)
    return calendar


def spans(
    calendar: Calendar, person: ZoneInfo, start: dt.datetime, end: dt.datetime, reading: Reading
) -> Iterator[Span]:
    """Busy times of a calendar, in UTC, those that touch a stretch of time among them.

    Args:
        calendar: as :func:`parsed` gives it.
        person: the zone of whole days.
        start: first instant, aware.
        end: first instant after it, aware.
        reading: what counts as busy.
    """
    with python_warnings.catch_warnings():
        # A rule with COUNT has been given an UNTIL, too.
        python_warnings.simplefilter("ignore", DeprecationWarning)
        found = recurring_ical_events.of(calendar).between(start - BEYOND, end + BEYOND)
    for event in found:
        begin = first_of(event, "DTSTART")
        whole_day = not isinstance(begin, dt.datetime)
        status, transparency, uid = (str(event.get(name, "")) for name in ("STATUS", "TRANSP", "UID"))
        if reading.is_busy(status, transparency, whole_day, uid):
            yield _instant(begin, person), _end(event, begin, person)
    yield from _free_busy_spans(calendar, reading)


def fault_of(file: str, uid: str, message: str) -> InputFault:
    """A fault of an event."""
    return InputFault(file, 0, "UID" if uid else "", uid, message, "RFC 5545")


def _prepare_all(calendar: Calendar, zones: CalendarZones, end: dt.datetime | None) -> list[InputFault]:
    masters: dict[tuple[str, str], int] = {}
    faults = [fault for part in calendar.walk("VFREEBUSY") for fault in _unreadable(part, zones.file)]
    for number, event in enumerate(calendar.walk("VEVENT")):
        try:
            faults += _prepare(event, number, masters, zones, end)
        except Exception as error:  # the library promises nothing of what odd properties raise
            faults.append(fault_of(zones.file, str(event.get("UID", "")), f"an event cannot be read: {error}"))
    return faults


def _unreadable(component: Component, file: str) -> list[InputFault]:
    uid = str(component.get("UID", ""))
    return [
        fault_of(file, uid, f"{name or 'a line'} cannot be read: {error}")
        for name, error in component.errors
        if name is None or name in DECISIVE
    ]


def _prepare(
    event: Component, number: int, masters: dict[tuple[str, str], int], zones: CalendarZones, end: dt.datetime | None
) -> list[InputFault]:
    """Make an event fit to be expanded; its faults."""
    if faults := _unreadable(event, zones.file):
        return faults
    uid = str(event.get("UID", ""))
    if not isinstance(first_of(event, "DTSTART"), dt.date):
        return [fault_of(zones.file, uid, "an event has no DTSTART")]
    if message := fault_of_rules(event, end):
        return [fault_of(zones.file, uid, f"an event {message}")]
    zones.settle(event)
    if message := _contradiction(event):
        return [fault_of(zones.file, uid, f"an event {message}")]
    bound(event, end, zones.person)
    if "DURATION" in event and not any("PERIOD" in str(prop.params) for prop in _props(event, "RDATE")):
        # The library takes DURATION out of occurrences; what is not known to it stays.
        event[LENGTH] = to_unicode(event["DURATION"].to_ical())
    if "RECURRENCE-ID" not in event:
        # Two events under one UID: the standard drops one of them, which might be a meeting that takes place.
        key = (uid, str(event.get("SEQUENCE", 0)))
        masters[key] = masters.get(key, 0) + 1
        if not uid or masters[key] > 1:
            event["UID"] = f"{number}#{uid}"
    return []


def _contradiction(event: Component) -> str | None:
    """What start and end say against each other; a date that ends on itself is mended to the one day it means."""
    start, end, length = (first_of(event, name) for name in ("DTSTART", "DTEND", "DURATION"))
    if end is not None and length is not None:
        return "has both DTEND and DURATION"
    if length is not None and length < NOTHING:
        return "has a negative DURATION"
    if end is None:
        return None
    if isinstance(end, dt.datetime) != isinstance(start, dt.datetime):
        return f"begins on {start} and ends at {end}: one is a date, the other an instant"
    if start > end:
        return f"ends {end} before it starts {start}"
    if start == end and not isinstance(start, dt.datetime):
        event["DTEND"] = vDDDTypes(start + dt.timedelta(days=1))
    return None


def _instant(moment: dt.date, person: ZoneInfo) -> dt.datetime:
    if not isinstance(moment, dt.datetime):
        return first_instant(moment, person)
    return instant_of(moment.replace(tzinfo=None, fold=0), moment.tzinfo or person)


def _end(event: Component, begin: dt.date, person: ZoneInfo) -> dt.datetime:
    """The end of an occurrence; hours of a DURATION are exact, which the library's are not over a clock change."""
    length = duration_of(str(event[LENGTH])) if LENGTH in event else None
    if length and isinstance(begin, dt.datetime):
        return end_after(begin.replace(tzinfo=None, fold=0), length, begin.tzinfo or person)
    return _instant(first_of(event, "DTEND"), person)


def _free_busy_spans(calendar: Calendar, reading: Reading) -> Iterator[Span]:
    """Busy periods of a calendar that shows no more than free and busy; they are in UTC by the standard."""
    for component in calendar.walk("VFREEBUSY"):
        for prop in _props(component, "FREEBUSY"):
            kind = str(prop.params.get("FBTYPE", "BUSY")).upper()
            if kind == "FREE" or (kind == "BUSY-TENTATIVE" and not reading.tentative_is_busy):
                continue
            for entry in getattr(prop, "dts", [prop]):
                yield _period(entry)


def _props(component: Component, name: str) -> list[Any]:
    found = component.get(name, [])
    return found if isinstance(found, list) else [found]


def _period(entry: Any) -> Span:
    first, last = entry.dt if isinstance(getattr(entry, "dt", None), tuple) else (entry.start, entry.end)
    begin = first.astimezone(UTC)
    finish = begin + last if isinstance(last, dt.timedelta) else last.astimezone(UTC)
    if begin > finish:
        raise ValueError(f"a busy period ends {finish} before it starts {begin}")
    return begin, finish
