"""Local times of calendars as instants, the same for zones of the system and zones that a file defines (VTIMEZONE)."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from rotation.timegrid import UTC

LONGEST_CHANGE = dt.timedelta(hours=26)
DURATION = re.compile(
    r"([+-]?)P(?=[\dT])(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?"
)
Duration = tuple[dt.timedelta, dt.timedelta]


@lru_cache(maxsize=65_536)
def instant_of(local: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """The instant of a local time (RFC 5545 section 3.3.5).

    Args:
        local: without zone; its fold is not looked at.
        zone: whose clock shows it.

    Returns:
        The instant in UTC: the first of two when the clock shows the time twice; when it skips the time, the offset
        before the gap counts.
    """
    instant = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if local_of(instant, zone) == local:
        return instant
    before = (instant - LONGEST_CHANGE).astimezone(zone).utcoffset() or dt.timedelta(0)
    return (local - before).replace(tzinfo=UTC)


@lru_cache(maxsize=65_536)
def local_of(instant: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """What a clock shows at an instant, without zone."""
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def duration_of(text: str) -> Duration | None:
    """A DURATION as (days on the clock, exact time), None when it cannot be read (RFC 5545 section 3.3.6)."""
    match = DURATION.fullmatch(text.strip().upper())
    if match is None:
        return None
    weeks, days, hours, minutes, seconds = (int(number or 0) for number in match.groups()[1:])
    sign = -1 if match[1] == "-" else 1
    return (
        sign * dt.timedelta(weeks=weeks, days=days),
        sign * dt.timedelta(hours=hours, minutes=minutes, seconds=seconds),
    )


def end_after(local: dt.datetime, duration: Duration, zone: dt.tzinfo) -> dt.datetime:
    """The instant at which something ends that begins at a local time: days count on the clock, hours are exact."""
    days, exact = duration
    return instant_of(local + days, zone) + exact
