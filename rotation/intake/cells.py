"""The kinds of cells that tables have: ids, text, clock times, weekdays, dates, instants, yes and no.

Each is a type for a row schema. May know nothing of single tables.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, PlainValidator, ValidationInfo

from rotation.timegrid import MINUTES_A_DAY, UTC

YEARS = range(1900, 2200)
CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
DATE = re.compile(r"\d{4}-\d\d-\d\d")
INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?) ?(Z|[+-]\d\d:?\d\d)?", re.IGNORECASE)
WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY_NUMBERS = {
    **{name: n for n, name in enumerate(WEEKDAY_NAMES)},
    **{name[:3]: n for n, name in enumerate(WEEKDAY_NAMES)},
    **{str(n + 1): n for n in range(7)},
}
YES_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


@dataclass(frozen=True)
class Clocks:
    """Whose clock a row means: the site's, unless the row names an employee of another zone.

    Args:
        site: the site's zone.
        of_employee: zones by employee id.
    """

    site: ZoneInfo
    of_employee: Mapping[str, ZoneInfo] = field(default_factory=dict)

    def of(self, employee_id: str | None) -> ZoneInfo:
        """The zone of a person, or the site's."""
        return self.of_employee.get(employee_id or "", self.site)


def _weekday(text: Any) -> int:
    if (number := WEEKDAY_NUMBERS.get(str(text).casefold())) is None:
        raise ValueError("is not a weekday")
    return number


def _yes_no(text: Any) -> bool:
    if (answer := YES_NO.get(str(text).casefold())) is None:
        raise ValueError("is neither yes nor no")
    return answer


def _clock(text: Any) -> int:
    if not (match := CLOCK.fullmatch(str(text))):
        raise ValueError("ends a day but begins none" if text == "24:00" else "is not a clock time")
    return int(match[1]) * 60 + int(match[2])


def _clock_end(text: Any) -> int:
    return MINUTES_A_DAY if text == "24:00" else _clock(text)


@lru_cache(maxsize=65_536)
def _date_of(text: str) -> dt.date:
    if not DATE.fullmatch(text):
        raise ValueError("is not a date")
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError("is a day that no calendar has") from None
    if day.year not in YEARS:
        raise ValueError(f"is not between {YEARS[0]} and {YEARS[-1]}")
    return day


def _date(text: Any) -> dt.date:
    return _date_of(str(text))


def _zone(text: Any) -> str:
    if text not in available_timezones():
        raise ValueError("is not an IANA time zone")
    return str(text)


@lru_cache(maxsize=65_536)
def instant_of(text: str, zone: ZoneInfo) -> dt.datetime:
    """Read an instant, ISO 8601 with offset.

    Args:
        text: such as ``2026-03-02T08:00-08:00``.
        zone: the clock that explains what is wrong with an instant without offset.

    Returns:
        The instant in UTC.

    Raises:
        ValueError: what is wrong, in words.
    """
    if not (match := INSTANT.fullmatch(text)):
        raise ValueError("is not an instant")
    day = _date_of(match[1])
    try:
        local = dt.datetime.combine(day, dt.time.fromisoformat(match[2]))
        if match[3] is None:
            raise ValueError(_without_offset(local, zone))
        return dt.datetime.fromisoformat(f"{day}T{match[2]}{match[3].upper()}").astimezone(UTC)
    except ValueError as error:
        if "offset; write" in str(error) or "write the offset" in str(error):
            raise
        raise ValueError("is a time that no clock has") from None


def _without_offset(local: dt.datetime, zone: ZoneInfo) -> str:
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        return f"does not exist on the clock of {zone.key}; write the offset"
    offsets = [when.isoformat()[-6:] for when in (first, second)]
    if offsets[0] != offsets[1]:
        return f"comes twice on the clock of {zone.key} (…{offsets[0]} or …{offsets[1]}); write the offset"
    return f"is an instant without offset; write {first.isoformat(timespec='minutes')} if {zone.key} is meant"


def _instant(text: Any, info: ValidationInfo) -> dt.datetime:
    return instant_of(str(text), info.context.of(info.data.get("employee_id")))  # type: ignore[union-attr]


def _day_or_instant(text: Any, info: ValidationInfo) -> dt.date:
    return _date(text) if len(str(text)) <= len("2026-03-02") else _instant(text, info)


ID_PATTERN = r"^\w[\w.@+-]{0,63}$"
ID_ALLOWED = "1 to 64 letters, digits and . _ - @ +, a letter or digit first"
CLOCK_ALLOWED = "HH:MM, 00:00 to 23:59"
CLOCK_END_ALLOWED = "HH:MM, 00:00 to 24:00, after the start"
DATE_ALLOWED = "YYYY-MM-DD"
INSTANT_ALLOWED = "an instant with offset like 2026-03-02T08:00-08:00"

Id = Annotated[str, Field(pattern=ID_PATTERN, description=ID_ALLOWED)]
Text = Annotated[
    str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$", description="text of one line, up to 200 characters")
]
Weekday = Annotated[int, PlainValidator(_weekday), Field(description="mon to sun, Monday to Sunday, or 1 to 7")]
YesNo = Annotated[bool, PlainValidator(_yes_no), Field(description="yes, no, true, false, 1, 0")]
Clock = Annotated[int, PlainValidator(_clock), Field(description=CLOCK_ALLOWED)]
ClockEnd = Annotated[int, PlainValidator(_clock_end), Field(description=CLOCK_END_ALLOWED)]
Date = Annotated[dt.date, PlainValidator(_date), Field(description=DATE_ALLOWED)]
OptionalDate = Annotated[dt.date | None, PlainValidator(_date), Field(description=DATE_ALLOWED)]
Instant = Annotated[dt.datetime, PlainValidator(_instant), Field(description=INSTANT_ALLOWED)]
DayOrInstant = Annotated[
    dt.datetime | dt.date,
    PlainValidator(_day_or_instant),
    Field(description=f"{DATE_ALLOWED}, or {INSTANT_ALLOWED}"),
]
Zone = Annotated[
    str, PlainValidator(_zone), Field(description="an IANA time zone like America/Denver; empty: the site's")
]
