"""How dates, clock times, lengths and numbers are spelt for readers. Knows no locale and no clock."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NO_BREAK = "\u00a0"
MINUS = "\u2212"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def day(date: dt.date) -> str:
    """A date such as ``Mon 26 Oct``."""
    return f"{WEEKDAYS[date.weekday()]} {date.day} {MONTHS[date.month - 1]}"


def offset(instant: dt.datetime) -> str:
    """The offset of an aware local time, such as ``UTC−07:00``."""
    minutes = round((instant.utcoffset() or dt.timedelta(0)).total_seconds() / 60)
    sign = MINUS if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def clock(instant: dt.datetime) -> str:
    """The clock time of a local time, ``HH:MM``."""
    return f"{instant.hour:02d}:{instant.minute:02d}"


def moment(instant: dt.datetime) -> str:
    """A local time with year and offset, such as ``Mon 26 Oct 2026 09:00 (UTC−07:00)``."""
    return f"{day(instant.date())} {instant.year} {clock(instant)} ({offset(instant)})"


def span(start: dt.datetime, end: dt.datetime, zone: ZoneInfo | dt.tzinfo) -> str:
    """A stretch of time on the clock of a zone, with the offset, or both offsets across a clock change.

    Args:
        start: first instant, aware.
        end: first instant after it, aware.
        zone: whose clock.

    Returns:
        Such as ``Mon 26 Oct 09:00–11:00 (UTC−07:00)``; a day's end is spelt 24:00.
    """
    first, last = start.astimezone(zone), end.astimezone(zone)
    next_day = first.date() + dt.timedelta(days=1)
    if last.date() == next_day and clock(last) == "00:00":
        tail = "24:00"
    elif last.date() == first.date():
        tail = clock(last)
    else:
        tail = f"{day(last.date())} {clock(last)}"
    if first.utcoffset() == last.utcoffset():
        return f"{day(first.date())} {clock(first)}–{tail} ({offset(first)})"
    return f"{day(first.date())} {clock(first)} ({offset(first)}) – {tail} ({offset(last)})"


def hours(minutes: float) -> str:
    """A length such as ``4.5 h``; at most two decimals."""
    return f"{decimal(minutes / 60)}{NO_BREAK}h"


def times(start: dt.datetime, end: dt.datetime, zone: ZoneInfo) -> str:
    """The clock times of a stretch of time, ``09:00–11:00``; with offsets where the clock shows a time twice."""
    first, last = start.astimezone(zone), end.astimezone(zone)
    date = f"{day(first.date())} "
    full = span(start, end, zone).removeprefix(date)
    twice = any(at.replace(fold=0).utcoffset() != at.replace(fold=1).utcoffset() for at in (first, last))
    same = first.utcoffset() == last.utcoffset()
    return full.removesuffix(f" ({offset(first)})") if same and not twice else full


def agent_hours(minutes: float) -> str:
    """Agent-minutes such as ``4.5 agent-hours``."""
    return f"{decimal(minutes / 60)}{NO_BREAK}agent-hours"


def decimal(value: float, places: int = 2) -> str:
    """A number without needless zeros; thousands parted by a narrow no-break space."""
    text = f"{value:,.{places}f}".replace(",", "\u202f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", MINUS)


def whole(value: int) -> str:
    """A whole number, thousands parted by a narrow no-break space."""
    return decimal(value, 0)


def share(value: float) -> str:
    """A share such as 0.0042 as ``0.42 %``."""
    return f"{decimal(100 * value)}{NO_BREAK}%"


def plain(text: str) -> str:
    """A text of the input without control characters (they could steer a terminal) and without lone surrogates."""
    return _CONTROL.sub("\ufffd", text)
