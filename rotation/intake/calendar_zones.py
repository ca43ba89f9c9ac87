"""Which clock the times of a calendar mean.

A VTIMEZONE of the file decides, then the IANA name, then the Windows name, else the person's own zone with a warning.
The library would let the IANA name decide first and would remember the VTIMEZONE of another file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from icalendar import Calendar, Component
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from rotation.errors import InputFault

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

    @classmethod
    def of(cls, calendar: Calendar, file: str, person: ZoneInfo) -> CalendarZones:
        """The zones that a calendar defines, and the one of its floating times (X-WR-TIMEZONE, else the person's)."""
        zones = cls(file, person)
        definitions: list[Any] = calendar.walk("VTIMEZONE")
        for component in definitions:
            name = str(component.get("TZID", ""))
            try:
                zones.own[name] = component.to_tz(lookup_tzid=False)
            except Exception:  # the library promises nothing of what a broken definition raises
                zones._warn(name, "is defined by the file in a way that cannot be read")
        if stated := str(calendar.get("X-WR-TIMEZONE", "")):
            zones.floating = zones.zone(stated)
        return zones

    def zone(self, name: str) -> dt.tzinfo:
        """The zone of a TZID."""
        if name in self.own:
            return self.own[name]
        parts = name.strip('/" ').split("/")
        for first in range(len(parts)):
            if (tail := "/".join(parts[first:])) in available_timezones():
                return ZoneInfo(tail)
        if known := WINDOWS_TO_OLSON.get(name.strip('/" ')):
            return ZoneInfo(known)
        self._warn(name, f"is not a known time zone; its times are taken for {self.person.key}")
        return self.person

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
        zone = self.zone(str(tzid)) if tzid else self.floating or self.person
        return value.replace(tzinfo=zone)

    def _warn(self, name: str, message: str) -> None:
        warning = InputFault(self.file, 0, "TZID", name, message, "an IANA or Windows name, or a VTIMEZONE")
        if warning not in self.warnings:
            self.warnings.append(warning)


def _is_utc(value: dt.datetime) -> bool:
    return getattr(value.tzinfo, "key", None) == "UTC" or value.tzinfo is dt.UTC


def _values(component: Component, name: str) -> Iterator[Any]:
    found = component.get(name)
    if found is not None:
        yield from found if isinstance(found, list) else [found]
