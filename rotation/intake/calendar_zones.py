"""Which clock the times of a calendar mean.

A VTIMEZONE of the file decides, then the IANA name, then the Windows name, else the person's own zone with a warning.
The library would let the IANA name decide first and would remember the VTIMEZONE of another file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from icalendar import Calendar, Component, Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from rotation.errors import InputFault
from rotation.intake.calendar_parts import CalendarParts

TIMES = ("DTSTART", "DTEND", "DUE", "RECURRENCE-ID", "RDATE", "EXDATE")


@dataclass
class CalendarZones:
    """The zones of one calendar file.

    Args:
        file: its name for warnings.
        person: the zone of the calendar's owner.
        own: the zones that the file itself defines.
        warnings: takes one warning for each zone that nobody knows.
    """

    file: str
    person: ZoneInfo
    own: dict[str, dt.tzinfo] = field(default_factory=dict)
    warnings: list[InputFault] = field(default_factory=list)
    floating: dt.tzinfo | None = None

    def learn(self, parts: CalendarParts) -> None:
        """Take over the zones that a calendar defines, and the one of its floating times (X-WR-TIMEZONE)."""
        defined, broken = _defined("\r\n".join(parts.zones))
        self.own.update(defined)
        for name in broken:
            self._warn(name, "is defined by the file in a way that cannot be read")
        stated = [line.partition(":")[2].strip() for line in parts.head if line.upper().startswith("X-WR-TIMEZONE")]
        if stated and stated[0]:
            self.floating = self.zone(stated[0])

    def zone(self, name: str) -> dt.tzinfo:
        """The zone of a TZID."""
        if name in self.own:
            return self.own[name]
        if known := _known_zone(name):
            return known
        self._warn(name, f"is not a known time zone; its times are taken for {self.person.key}")
        return self.person

    def clock_of(self, tzid: str | None) -> dt.tzinfo:
        """The zone of a TZID, or of a floating time when there is none."""
        return self.zone(tzid) if tzid else self.floating or self.person

    def settle(self, component: Component) -> None:
        """Give every time of a component the zone it means; whole days stay dates."""
        for name in TIMES:
            for prop in _values(component, name):
                tzid = prop.params.get("TZID") if hasattr(prop, "params") else None
                for entry in getattr(prop, "dts", [prop]):
                    entry.dt = self._settled(entry.dt, tzid)

    def _settled(self, value: Any, tzid: str | None) -> Any:
        if isinstance(value, tuple):
            return tuple(self._settled(part, tzid) for part in value)
        if not isinstance(value, dt.datetime) or (value.tzinfo and _is_utc(value)):
            return value
        return value.replace(tzinfo=self.clock_of(str(tzid) if tzid else None))

    def _warn(self, name: str, message: str) -> None:
        warning = InputFault(self.file, 0, "TZID", name, message, "an IANA or Windows name, or a VTIMEZONE")
        if warning not in self.warnings:
            self.warnings.append(warning)


@lru_cache(maxsize=512)
def _defined(lines: str) -> tuple[dict[str, dt.tzinfo], tuple[str, ...]]:
    """The zones of VTIMEZONEs, and the names of those that cannot be read. Thousands of files share one definition."""
    found: dict[str, dt.tzinfo] = {}
    broken: list[str] = []
    if not lines:
        return found, ()
    calendar: Any = Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{lines}\r\nEND:VCALENDAR\r\n".encode())
    definitions: list[Any] = calendar.walk("VTIMEZONE")
    for component in definitions:
        name = str(component.get("TZID", ""))
        try:
            _refuse_endless(component)
            zone = component.to_tz(lookup_tzid=False)
            dt.datetime(2026, 7, 1, tzinfo=zone).utcoffset()
            found[name] = zone
        except Exception:  # the library promises nothing of what a broken definition raises
            broken.append(name)
    return found, tuple(broken)


def _refuse_endless(zone: Timezone) -> None:
    """Rules of clock changes come once or twice a year; one for each second would be searched for ever."""
    for change in zone.subcomponents:
        rules = change.get("RRULE", [])
        for rule in rules if isinstance(rules, list) else [rules]:
            if str(rule.get("FREQ", ["?"])[0]).upper() not in ("YEARLY", "MONTHLY"):
                raise ValueError("a clock changes more often than monthly")
            if any(len(values) > 31 for values in rule.values()):
                raise ValueError("a clock changes too often")


@cache
def _iana() -> frozenset[str]:
    return frozenset(available_timezones())


@cache
def _known_zone(name: str) -> ZoneInfo | None:
    """The zone of an IANA name, also at the end of a longer one, or of a Windows name."""
    parts = name.strip('/" ').split("/")
    for first in range(len(parts)):
        if (tail := "/".join(parts[first:])) in _iana():
            return ZoneInfo(tail)
    known = WINDOWS_TO_OLSON.get(name.strip('/" '))
    return ZoneInfo(known) if known else None


def _is_utc(value: dt.datetime) -> bool:
    return getattr(value.tzinfo, "key", None) == "UTC" or value.tzinfo is dt.UTC


def _values(component: Component, name: str) -> Iterator[Any]:
    found = component.get(name)
    if found is not None:
        yield from found if isinstance(found, list) else [found]
