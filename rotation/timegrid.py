"""The planning horizon: intervals of equal length, and the local clock on both sides of a clock change.

The only place that knows about clock changes. An interval is a stretch of absolute time; a week that loses or gains
an hour has fewer or more intervals, never shorter ones.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from zoneinfo import ZoneInfo

from rotation.errors import UsageFault

UTC = dt.UTC
MINUTES_A_DAY = 24 * 60
FIRST_YEAR, LAST_YEAR = 2, 9998


@lru_cache(maxsize=65_536)
def first_instant(day: dt.date, zone: ZoneInfo, minute: int = 0) -> dt.datetime:
    """The instant at which the local clock first shows a minute of a day, or the first one after a skipped time.

    Args:
        day: the local date.
        zone: the zone of the clock.
        minute: minutes after midnight, 0 to 1440; 1440 is the next day's midnight.

    Returns:
        An instant in UTC. A time that the clock skips gives the instant of the change, a time that comes twice
        the first of the two.
    """
    if minute == MINUTES_A_DAY:
        return first_instant(day + dt.timedelta(days=1), zone)
    local = dt.datetime.combine(day, dt.time(minute // 60, minute % 60), tzinfo=zone)
    instant = local.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return instant
    return _end_of_gap(local)


def _end_of_gap(local: dt.datetime) -> dt.datetime:
    """The instant of the clock change that skips a local time (bisection to the second; PEP 495 semantics)."""
    low, high = local.replace(fold=1).astimezone(UTC), local.replace(fold=0).astimezone(UTC)
    before = low.astimezone(local.tzinfo).utcoffset()
    while high - low > dt.timedelta(seconds=1):
        middle = low + (high - low) // 2
        if middle.astimezone(local.tzinfo).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class IsoWeek:
    """A week by ISO 8601: it begins on Monday; week 1 holds the year's first Thursday."""

    year: int
    week: int

    @classmethod
    def parse(cls, text: str) -> IsoWeek:
        """Read ``2026-W49``.

        Raises:
            UsageFault: when the text is not a week of that year.
        """
        match = re.fullmatch(r"(\d{4})-W(\d{2})", text.strip())
        if not match:
            raise UsageFault(f"{text!r} is not a week; write the ISO week like 2026-W49")
        year, week = int(match[1]), int(match[2])
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise UsageFault(f"{text!r} is not a week of the years {FIRST_YEAR} to {LAST_YEAR}")
        try:
            dt.date.fromisocalendar(year, week, 1)
        except ValueError as error:
            raise UsageFault(f"{text!r} is not a week of {year}: {error}") from error
        return cls(year, week)

    @classmethod
    def of(cls, day: dt.date) -> IsoWeek:
        """The week that holds a date."""
        year, week, _ = day.isocalendar()
        return cls(year, week)

    def monday(self) -> dt.date:
        """The week's first day."""
        return dt.date.fromisocalendar(self.year, self.week, 1)

    def following(self, weeks: int = 1) -> IsoWeek:
        """The week that many weeks later."""
        return IsoWeek.of(self.monday() + dt.timedelta(weeks=weeks))

    def __str__(self) -> str:
        return f"{self.year:04d}-W{self.week:02d}"


@dataclass(frozen=True, slots=True)
class Horizon:
    """One week of a site, cut into intervals.

    Args:
        week: the ISO week.
        zone_name: the site's zone (IANA); Monday's midnight there is the first interval's start.
        interval_min: 15, 30 or 60.
        start: the first instant of the week, in UTC.
        end: the first instant after the week, in UTC.
        step: the length of an interval.
        intervals: how many intervals the week has (336 half-hours; 334 or 338 in a clock-change week).
    """

    week: IsoWeek
    zone_name: str
    interval_min: int
    start: dt.datetime = field(init=False, repr=False, compare=False)
    end: dt.datetime = field(init=False, repr=False, compare=False)
    step: dt.timedelta = field(init=False, repr=False, compare=False)
    intervals: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Asked for at every shift and absence, so they are worked out once.
        object.__setattr__(self, "start", _week_start(self.week, self.zone_name))
        object.__setattr__(self, "end", _week_start(self.week.following(), self.zone_name))
        object.__setattr__(self, "step", dt.timedelta(minutes=self.interval_min))
        object.__setattr__(self, "intervals", (self.end - self.start) // self.step)
        minutes = (self.end - self.start) // dt.timedelta(minutes=1)
        if minutes % self.interval_min:
            raise UsageFault(
                f"{self.week} in {self.zone_name} has {minutes / 60:g} hours, which intervals of "
                f"{self.interval_min} minutes do not divide; set interval_min to 15 or 30"
            )

    @property
    def zone(self) -> ZoneInfo:
        """The site's zone."""
        return ZoneInfo(self.zone_name)

    def instant(self, index: int) -> dt.datetime:
        """The start of an interval, in UTC; the number of intervals gives the week's end."""
        return self.start + index * self.step

    def local(self, index: int, zone: ZoneInfo | None = None) -> dt.datetime:
        """The start of an interval on the local clock of the site, or of another zone."""
        return self.instant(index).astimezone(zone or self.zone)

    def floor(self, instant: dt.datetime) -> int:
        """The interval that holds an instant; below 0 or beyond the last when it is outside the week."""
        return (instant - self.start) // self.step

    def ceil(self, instant: dt.datetime) -> int:
        """The first interval that starts at or after an instant."""
        return -((self.start - instant) // self.step)

    def on_grid(self, instant: dt.datetime) -> bool:
        """Whether an instant is the start of an interval, of this week or another."""
        return (instant - self.start) % self.step == dt.timedelta(0)

    def within(self, start: dt.datetime, end: dt.datetime) -> tuple[int, int]:
        """The whole intervals inside a stretch of time, cut to the week, as (first, one after the last)."""
        first, last = max(0, self.ceil(start)), min(self.intervals, self.floor(end))
        return first, max(first, last)

    def touching(self, start: dt.datetime, end: dt.datetime) -> tuple[int, int]:
        """The intervals that a stretch of time touches, cut to the week, as (first, one after the last)."""
        first, last = max(0, self.floor(start)), min(self.intervals, self.ceil(end))
        return first, max(first, last)

    def days(self, zone: ZoneInfo | None = None) -> tuple[dt.date, ...]:
        """The local dates that the week touches in a zone: seven in the site's own, up to eight elsewhere."""
        zone = zone or self.zone
        first = self.start.astimezone(zone).date()
        last = (self.end - dt.timedelta(seconds=1)).astimezone(zone).date()
        return tuple(first + dt.timedelta(days=n) for n in range((last - first).days + 1))

    def day_numbers(self, zone: ZoneInfo | None = None) -> list[int]:
        """For each interval the position of its local date among :meth:`days`."""
        zone = zone or self.zone
        first = self.start.astimezone(zone).date()
        return [(self.local(index, zone).date() - first).days for index in range(self.intervals)]

    def clock_spans(
        self, days: Iterable[dt.date], minutes_of: Callable[[dt.date], Iterable[tuple[int, int]]], zone: ZoneInfo
    ) -> list[tuple[int, int]]:
        """The whole intervals inside stretches of several days; stretches that meet count as one, also at midnight.

        Args:
            days: local dates, in order.
            minutes_of: the stretches of a date as (start, end) in minutes after midnight on the clock.
            zone: whose clock.

        Returns:
            Pairs (first interval, one after the last), cut to the week.
        """
        merged: list[tuple[dt.datetime, dt.datetime]] = []
        for day in days:
            for start_min, end_min in sorted(minutes_of(day)):
                start, end = first_instant(day, zone, start_min), first_instant(day, zone, end_min)
                if merged and start <= merged[-1][1]:
                    merged[-1] = (merged[-1][0], max(merged[-1][1], end))
                else:
                    merged.append((start, end))
        return [self.within(start, end) for start, end in merged]

    def clock_span(self, day: dt.date, start_min: int, end_min: int, zone: ZoneInfo) -> tuple[int, int]:
        """The whole intervals between two clock times of a local day, cut to the week.

        Args:
            day: the local date.
            start_min: minutes after midnight on the clock, 0 to 1440.
            end_min: minutes after midnight on the clock, up to 1440 (24:00).
            zone: whose clock.
        """
        return self.within(first_instant(day, zone, start_min), first_instant(day, zone, end_min))


@lru_cache(maxsize=256)
def _week_start(week: IsoWeek, zone_name: str) -> dt.datetime:
    return first_instant(week.monday(), ZoneInfo(zone_name))
