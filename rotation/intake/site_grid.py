"""Where an instant lies on the grid of intervals: steps of absolute time from Monday's midnight on the site's clock."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

from rotation.timegrid import IsoWeek, first_instant


@lru_cache(maxsize=4_096)
def _week_start(monday: dt.date, site: ZoneInfo) -> dt.datetime:
    return first_instant(monday, site)


def interval_start(instant: dt.datetime, site: ZoneInfo, interval_min: int) -> dt.datetime:
    """The start of the interval that holds an instant, in UTC.

    Args:
        instant: aware.
        site: the site's zone.
        interval_min: 15, 30 or 60.
    """
    start = _week_start(IsoWeek.of(instant.astimezone(site).date()).monday(), site)
    step = dt.timedelta(minutes=interval_min)
    return start + (instant - start) // step * step
