"""Events of the usual shape, expanded quickly: one start, one end, at most one everyday rule, no moved occurrence.

Nineteen of twenty events are such, and a company has half a million of them. Everything else, and everything in doubt,
is left to the libraries (:mod:`rotation.intake.calendar_events`), which a property test holds equal to this.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from rotation.intake.calendar_clock import LONGEST_CHANGE, Duration, duration_of, end_after, instant_of, local_of
from rotation.intake.calendar_everyday import INSTANT, Rule, everyday_rule, local_time, midnight
from rotation.intake.calendar_parts import EventLines
from rotation.intake.calendar_zones import CalendarZones
from rotation.timegrid import UTC

Span = tuple[dt.datetime, dt.datetime]
VALUE = re.compile(r'(?:;VALUE=DATE-TIME)?(?:;TZID=(?:"([^";:,]+)"|([^";:,]+)))?(?:;VALUE=DATE-TIME)?:([\dTZ,]+)')
DATES = re.compile(r"(?:;VALUE=DATE)?:(\d{8}(?:,\d{8})*)")
YEARS = range(1583, 9990)
LONGEST = dt.timedelta(days=366 * 400)


@dataclass(frozen=True, slots=True)
class Series:
    """An event of the usual shape.

    Args:
        start: first local time; midnight for whole days.
        zone: whose clock; None for whole days.
        length: days on the clock and exact time from start to end.
        rule: its rule, None when it happens once.
        exceptions: local times that are left out.
        exception_days: local dates that are left out.
    """

    start: dt.datetime
    zone: dt.tzinfo | None
    length: Duration
    rule: Rule | None
    exceptions: frozenset[dt.datetime]
    exception_days: frozenset[dt.date]


def series_of(event: EventLines, zones: CalendarZones) -> Series | None:
    """The event as a series of the usual shape, None when it is not quite one."""
    lines = event.lines
    rule = None
    if "RECURRENCE-ID" in lines or "RDATE" in lines or "EXRULE" in lines or "DTSTART" not in lines:
        return None
    if "RRULE" in lines:
        given = event.one("RRULE")
        if given is None or not given.startswith(":"):
            return None
        rule = everyday_rule(given[1:].strip().upper())
        if rule is None:
            return None
    try:
        return _whole_days(event, rule) or _timed(event, rule, zones)
    except (ValueError, OverflowError):  # a date that no calendar has: the libraries say what is wrong
        return None


def _whole_days(event: EventLines, rule: Rule | None) -> Series | None:
    match = DATES.fullmatch((event.one("DTSTART") or "").upper())
    if match is None or len(match[1]) != 8:
        return None
    start = midnight(match[1])
    days = dt.timedelta(days=1)
    if "DTEND" in event.lines:
        end = DATES.fullmatch((event.one("DTEND") or "").upper())
        if end is None or len(end[1]) != 8 or "DURATION" in event.lines or midnight(end[1]) < start:
            return None
        days = min(max(midnight(end[1]) - start, days), LONGEST)
    elif "DURATION" in event.lines:
        return None
    left_out: list[dt.date] = []
    for line in event.lines.get("EXDATE", ()):
        match = DATES.fullmatch(line[6:].upper())
        if match is None:
            return None
        left_out += [midnight(text).date() for text in match[1].split(",")]
    return _known_years(Series(start, None, (days, dt.timedelta(0)), rule, frozenset(), frozenset(left_out)))


def _timed(event: EventLines, rule: Rule | None, zones: CalendarZones) -> Series | None:
    first = _times(event.one("DTSTART"), zones)
    if first is None or len(first[0]) != 1:
        return None
    (start,), zone = first
    length: Duration = (dt.timedelta(0), dt.timedelta(0))
    if "DTEND" in event.lines:
        last = _times(event.one("DTEND"), zones)
        if last is None or len(last[0]) != 1 or last[1] is not zone or "DURATION" in event.lines or last[0][0] < start:
            return None
        length = (min(last[0][0] - start, LONGEST), dt.timedelta(0))
    elif "DURATION" in event.lines:
        given = duration_of((event.one("DURATION") or "").removeprefix(":"))
        if given is None or min(given) < dt.timedelta(0) or sum(given, dt.timedelta(0)) > LONGEST:
            return None
        length = given
    left_out: list[dt.datetime] = []
    for line in event.lines.get("EXDATE", ()):
        times = _times(line[6:], zones)
        if times is None or times[1] is not zone:
            return None
        left_out += times[0]
    return _known_years(Series(start, zone, length, rule, frozenset(left_out), frozenset()))


def _known_years(series: Series) -> Series | None:
    return series if series.start.year in YEARS else None


def _times(given: str | None, zones: CalendarZones) -> tuple[list[dt.datetime], dt.tzinfo] | None:
    """Local times of a property and their zone, None when they are not all of one kind."""
    match = VALUE.fullmatch(given or "")
    if match is None:
        return None
    found, utc = [], set()
    for text in match[3].split(","):
        parts = INSTANT.fullmatch(text)
        if parts is None:
            return None
        found.append(local_time(parts))
        utc.add(parts[7])
    tzid = match[1] or match[2]
    if len(utc) != 1 or (tzid and "Z" in utc):
        return None
    return found, UTC if "Z" in utc else zones.clock_of(tzid)


def spans_of(series: Series, person: dt.tzinfo, start: dt.datetime, end: dt.datetime) -> Iterator[Span]:
    """The occurrences of a series that touch a stretch of time, in UTC.

    Args:
        series: the series.
        person: the zone of whole days.
        start: first instant, aware.
        end: first instant after it, aware.
    """
    zone = series.zone or person
    reach = sum(series.length, LONGEST_CHANGE)
    first, last = local_of(start, zone) - reach, local_of(end, zone) + LONGEST_CHANGE
    for local in _starts(series, zone, first, last):
        if local in series.exceptions or local.date() in series.exception_days:
            continue
        begin, finish = instant_of(local, zone), end_after(local, series.length, zone)
        if begin < end and finish > start and begin < finish:
            yield begin, finish


def _starts(series: Series, zone: dt.tzinfo, first: dt.datetime, last: dt.datetime) -> set[dt.datetime]:
    """Local starts between two local times."""
    own = {series.start} if first <= series.start <= last else set()
    if series.rule is None:
        return own
    until = series.rule.last_start(zone)
    if until is not None and until < series.start:
        return set()
    if first > (until or last) or series.start > last:
        return own
    return own.union(series.rule.starts(series.start, first, min(until or last, last)))
