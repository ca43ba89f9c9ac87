"""Events of the usual shape, expanded quickly: one start, one end, at most one everyday rule, no moved occurrence.

Nineteen of twenty events are such, and a company has half a million of them. Everything else, and everything in doubt,
is left to the libraries (:mod:`rotation.intake.calendar_events`), which a property test holds equal to this.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday

from rotation.intake.calendar_clock import LONGEST_CHANGE, Duration, duration_of, end_after, instant_of, local_of
from rotation.intake.calendar_parts import EventLines
from rotation.intake.calendar_zones import CalendarZones
from rotation.timegrid import UTC

Span = tuple[dt.datetime, dt.datetime]
VALUE = re.compile(r'(?:;VALUE=DATE-TIME)?(?:;TZID=(?:"([^";:,]+)"|([^";:,]+)))?(?:;VALUE=DATE-TIME)?:([\dTZ,]+)')
DATES = re.compile(r"(?:;VALUE=DATE)?:(\d{8}(?:,\d{8})*)")
INSTANT = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z?)")
FREQUENCY = {"DAILY": DAILY, "WEEKLY": WEEKLY, "MONTHLY": MONTHLY, "YEARLY": YEARLY}
DAYS = {name: n for n, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
MONTH_DAY = r"(?:-?(?:[1-9]|[12]\d|3[01]))"
RULE_PARTS = {
    "FREQ": re.compile("DAILY|WEEKLY|MONTHLY|YEARLY"),
    "INTERVAL": re.compile(r"[1-9]\d{0,2}"),
    "COUNT": re.compile(r"[1-9]\d{0,3}"),
    "UNTIL": re.compile(r"\d{8}(?:T\d{6}Z?)?"),
    "BYDAY": re.compile(r"(?:[+-]?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:[+-]?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU))*"),
    "BYMONTH": re.compile(r"(?:[1-9]|1[0-2])(?:,(?:[1-9]|1[0-2]))*"),
    "BYMONTHDAY": re.compile(f"{MONTH_DAY}(?:,{MONTH_DAY})*"),
    "WKST": re.compile("MO|TU|WE|TH|FR|SA|SU"),
}
YEARS = range(1583, 9990)
LONGEST = dt.timedelta(days=366 * 400)


@dataclass(frozen=True, slots=True)
class _Rule:
    frequency: str
    interval: int
    count: int | None
    until: tuple[dt.datetime, str] | None
    words: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Series:
    """An event of the usual shape.

    Args:
        start: first local time; midnight for whole days.
        zone: whose clock; None for whole days.
        length: days on the clock and exact time from start to end.
        rule: text of its RRULE, empty when it happens once.
        exceptions: local times, or midnights of local dates, that are left out.
    """

    start: dt.datetime
    zone: dt.tzinfo | None
    length: Duration
    rule: str
    exceptions: frozenset[dt.datetime]
    exception_days: frozenset[dt.date]


def series_of(event: EventLines, zones: CalendarZones) -> Series | None:
    """The event as a series of the usual shape, None when it is not quite one."""
    lines = event.lines
    rule = ""
    if "RECURRENCE-ID" in lines or "RDATE" in lines or "EXRULE" in lines or "DTSTART" not in lines:
        return None
    if "RRULE" in lines:
        given = event.one("RRULE")
        if given is None or not given.startswith(":"):
            return None
        rule = given[1:].strip().upper()
        if _rule(rule) is None:
            return None
    try:
        return _whole_days(event, rule) or _timed(event, rule, zones)
    except (ValueError, OverflowError):  # a date that no calendar has: the libraries say what is wrong
        return None


def _whole_days(event: EventLines, rule: str) -> Series | None:
    match = DATES.fullmatch((event.one("DTSTART") or "").upper())
    if match is None or len(match[1]) != 8:
        return None
    start = _midnight(match[1])
    days = dt.timedelta(days=1)
    if "DTEND" in event.lines:
        end = DATES.fullmatch((event.one("DTEND") or "").upper())
        if end is None or len(end[1]) != 8 or "DURATION" in event.lines or _midnight(end[1]) < start:
            return None
        days = min(max(_midnight(end[1]) - start, days), LONGEST)
    elif "DURATION" in event.lines:
        return None
    left_out: list[dt.date] = []
    for line in event.lines.get("EXDATE", ()):
        match = DATES.fullmatch(line[6:].upper())
        if match is None:
            return None
        left_out += [_midnight(text).date() for text in match[1].split(",")]
    return _known_years(Series(start, None, (days, dt.timedelta(0)), rule, frozenset(), frozenset(left_out)))


def _timed(event: EventLines, rule: str, zones: CalendarZones) -> Series | None:
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


def _midnight(text: str) -> dt.datetime:
    return dt.datetime(int(text[:4]), int(text[4:6]), int(text[6:8]))  # noqa: DTZ001 - local by definition


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
        found.append(dt.datetime(*map(int, parts.groups()[:6])))  # type: ignore[arg-type]  # noqa: DTZ001
        utc.add(parts[7])
    tzid = match[1] or match[2]
    if len(utc) != 1 or (tzid and "Z" in utc):
        return None
    return found, UTC if "Z" in utc else zones.clock_of(tzid)


@lru_cache(maxsize=4096)
def _rule(text: str) -> _Rule | None:
    """A rule made of everyday parts, None when it has others."""
    parts: dict[str, str] = {}
    for part in text.split(";"):
        key, _, value = part.partition("=")
        if key in parts or key not in RULE_PARTS or not RULE_PARTS[key].fullmatch(value):
            return None
        parts[key] = value
    frequency = parts.get("FREQ")
    if frequency is None or ("COUNT" in parts and "UNTIL" in parts):
        return None
    words: dict[str, Any] = {}
    if "BYDAY" in parts:
        named = [re.fullmatch(r"([+-]?\d)?(..)", day) for day in parts["BYDAY"].split(",")]
        if frequency in ("DAILY", "WEEKLY") and any(one and one[1] for one in named):
            return None
        words["byweekday"] = [weekday(DAYS[one[2]], int(one[1]) if one[1] else None) for one in named if one]
    for key in ("BYMONTH", "BYMONTHDAY"):
        if key in parts:
            words[key.lower()] = [int(number) for number in parts[key].split(",")]
    if "WKST" in parts:
        words["wkst"] = DAYS[parts["WKST"]]
    count = int(parts["COUNT"]) if "COUNT" in parts else None
    try:
        until = _until(parts["UNTIL"]) if "UNTIL" in parts else None
    except ValueError:
        return None
    return _Rule(frequency, int(parts.get("INTERVAL", 1)), count, until, words)


def _until(text: str) -> tuple[dt.datetime, str]:
    """The last time at which an occurrence may begin, and "Z" when it is in UTC; a date includes its whole day."""
    if "T" not in text:
        return _midnight(text) + dt.timedelta(days=1, seconds=-1), ""
    parts = INSTANT.fullmatch(text)
    if parts is None:
        raise ValueError(text)
    return dt.datetime(*map(int, parts.groups()[:6])), parts[7]  # type: ignore[arg-type]  # noqa: DTZ001


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
    rule = _rule(series.rule) if series.rule else None
    if rule is None:
        return own
    until = None
    if rule.until:
        until, kind = rule.until
        until = local_of(until.replace(tzinfo=UTC), zone) if kind else until
    if until is not None and until < series.start:
        return set()
    if first > (until or last) or series.start > last:
        return own
    begin, count = _forwarded(series.start, rule, first)
    stop = {"count": count} if count else {"until": min(until or last, last)}
    found = rrule(FREQUENCY[rule.frequency], begin, rule.interval, cache=False, **stop, **rule.words)
    return own.union(found.between(first, last, inc=True))


def _forwarded(start: dt.datetime, rule: _Rule, first: dt.datetime) -> tuple[dt.datetime, int]:
    """A start of the same rule as late as possible before a local time, and how many it has left (0: no COUNT).

    The start moves by whole periods of the rule to the same day of a later one. A rule with COUNT moves only where each
    period has equally many occurrences.
    """
    periods = _periods(start, rule, first)
    if rule.count:
        each = _occurrences_a_period(rule)
        if not each:
            return start, rule.count
        periods = min(periods, (rule.count - 1) // each)
        return _later(start, rule, periods), rule.count - periods * each
    return _later(start, rule, periods), 0


def _occurrences_a_period(rule: _Rule) -> int:
    """How many occurrences every period has; 0 where that varies."""
    if rule.frequency == "DAILY":
        return 0 if rule.words.keys() - {"wkst"} else 1
    if rule.frequency == "WEEKLY" and not rule.words.keys() - {"wkst", "byweekday"}:
        return len({day.weekday for day in rule.words["byweekday"]}) if "byweekday" in rule.words else 1
    return 0


def _periods(start: dt.datetime, rule: _Rule, first: dt.datetime) -> int:
    """How many whole periods lie between a start and a local time, less one."""
    if rule.frequency in ("DAILY", "WEEKLY"):
        days = rule.interval * (7 if rule.frequency == "WEEKLY" else 1)
        return max(0, (first - start).days - 1) // days
    if start.day > 28:
        return 0
    months = (first.year - start.year) * 12 + first.month - start.month - 1
    return max(0, months) // (rule.interval * (12 if rule.frequency == "YEARLY" else 1))


def _later(start: dt.datetime, rule: _Rule, periods: int) -> dt.datetime:
    count = periods * rule.interval
    if rule.frequency in ("DAILY", "WEEKLY"):
        return start + dt.timedelta(days=count * (7 if rule.frequency == "WEEKLY" else 1))
    months = start.month - 1 + count * (12 if rule.frequency == "YEARLY" else 1)
    return start.replace(year=start.year + months // 12, month=months % 12 + 1)
