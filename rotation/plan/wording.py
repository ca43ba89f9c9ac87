"""How times are spelt in messages: on the site's clock, with the offset."""

from __future__ import annotations

import datetime as dt

from rotation.plan.case import Case


def when(case: Case, start: dt.datetime, end: dt.datetime) -> str:
    """A stretch of time such as ``Tue 2026-12-01 10:00-11:30 -08:00``; both dates when it crosses midnight."""
    zone = case.horizon.zone
    first, last = start.astimezone(zone), end.astimezone(zone)
    tail = f"{last:%H:%M}" if first.date() == last.date() else f"{last:%Y-%m-%d %H:%M}"
    offset = f"{first:%z}"
    return f"{first:%a %Y-%m-%d %H:%M}-{tail} {offset[:3]}:{offset[3:]}"


def interval(case: Case, index: int) -> str:
    """The stretch of one interval."""
    return when(case, case.horizon.instant(index), case.horizon.instant(index + 1))
