"""One queue's history laid out by local day and clock time: the form in which forecast methods read it.

The hour that a clock repeats is one stretch of its day with the mean of its two passes; the hour that it skips is
unknown. So a day always has the same number of slots, and weeks of 167 or 169 hours compare with others. May know
nothing of methods or files.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
MINUTES_A_DAY = 24 * 60
SILENT_DAY_CALLS = 10.0
OUTLIER_FACTOR = 2.5


@dataclass(frozen=True, eq=False)
class Days:
    """Consecutive local days.

    Args:
        first: the first date.
        labels: for each day the kind of special day it is, such as a holiday's name; empty for ordinary days.
    """

    first: dt.date
    labels: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.labels)

    def date(self, number: int) -> dt.date:
        """The date of a day."""
        return self.first + dt.timedelta(days=number)

    @cached_property
    def weekday(self) -> npt.NDArray[np.int64]:
        """0 (Monday) to 6, shape (days,)."""
        return (self.first.weekday() + np.arange(len(self))) % 7

    @cached_property
    def month_phase(self) -> FloatArray:
        """Position in the month, 0 at its first day to just below 1, shape (days,)."""
        dates = [self.date(n) for n in range(len(self))]
        ends = [(date.replace(day=28) + dt.timedelta(days=4)).replace(day=1) for date in dates]
        lengths = [(end - dt.timedelta(days=1)).day for end in ends]
        return np.array([(date.day - 1) / length for date, length in zip(dates, lengths, strict=True)])

    @cached_property
    def special(self) -> BoolArray:
        """Whether a day is special, shape (days,)."""
        return np.array([bool(label) for label in self.labels], dtype=np.bool_)

    def part(self, first: int, after: int) -> Days:
        """Days ``first`` up to ``after``."""
        return Days(self.date(first), self.labels[first:after])


@dataclass(frozen=True, eq=False)
class Series:
    """Calls of one queue.

    Args:
        queue_id: the queue.
        days: the days, consecutive.
        calls: offered calls, shape (days, slots); NaN where closed or missing.
        is_open: whether opening hours hold the slot, same shape.
        left_out: days whose numbers are no evidence of ordinary days, with the reason.
    """

    queue_id: str
    days: Days
    calls: FloatArray
    is_open: BoolArray
    left_out: Mapping[dt.date, str]

    @property
    def slots(self) -> int:
        """Slots of a day."""
        return int(self.calls.shape[1])

    @cached_property
    def ordinary(self) -> FloatArray:
        """Calls of ordinary days alone: special and left-out days are NaN."""
        calls = self.calls.copy()
        out = np.array([self.days.date(n) in self.left_out for n in range(len(self.days))], dtype=np.bool_)
        calls[self.days.special | out] = np.nan
        return calls

    @property
    def weeks(self) -> float:
        """Weeks from the first ordinary day with numbers to the end."""
        known = np.flatnonzero(~np.isnan(self.ordinary).all(axis=1))
        return (len(self.days) - int(known[0])) / 7 if known.size else 0.0

    @property
    def missing(self) -> int:
        """Open slots of ordinary days between the first and the last known one that have no number."""
        known = np.flatnonzero(~np.isnan(self.calls).all(axis=1))
        if not known.size:
            return 0
        inside = slice(int(known[0]), int(known[-1]) + 1)
        lacking = self.is_open[inside] & np.isnan(self.calls[inside]) & ~self.days.special[inside, None]
        return int(lacking.sum())

    def until(self, day: int) -> Series:
        """The series of the days before one, as it was known then: later oddities are not known yet."""
        past = replace(
            self, days=self.days.part(0, day), calls=self.calls[:day], is_open=self.is_open[:day], left_out={}
        )
        return with_oddities(past)


def series_of(
    totals: pd.DataFrame,
    queue_id: str,
    days: Days,
    open_by_weekday: BoolArray,
    zone: dt.tzinfo,
    interval_min: int,
    by_call: bool,
    recorded: tuple[dt.datetime, dt.datetime] | None = None,
) -> Series:
    """Lay one queue's totals out by day and clock.

    Args:
        totals: as :func:`rotation.demand.history.interval_totals` gives them, of all queues.
        queue_id: the queue.
        days: the days of the history.
        open_by_weekday: opening hours on the grid, shape (7, slots).
        zone: the site's zone.
        interval_min: length of a slot.
        by_call: whether rows were single calls, so that an open slot without any is 0 while the recorder ran.
        recorded: first and last instant at which a recorder of calls is known to have run; needed when ``by_call``.

    Returns:
        The series; calls in closed slots are left out (they are counted by the caller).
    """
    slots = MINUTES_A_DAY // interval_min
    own = totals[totals["queue_id"] == queue_id]
    local = own["start"].dt.tz_convert(zone)
    day = (local.dt.tz_localize(None).dt.normalize() - pd.Timestamp(days.first)).dt.days.to_numpy()
    slot = ((local.dt.hour * 60 + local.dt.minute) // interval_min).to_numpy()
    inside = (day >= 0) & (day < len(days)) & own["offered"].notna().to_numpy()
    total, count = np.zeros((len(days), slots)), np.zeros((len(days), slots))
    np.add.at(total, (day[inside], slot[inside]), own["offered"].to_numpy()[inside])
    np.add.at(count, (day[inside], slot[inside]), 1.0)
    calls = np.where(count > 0, total / np.maximum(count, 1.0), np.nan)
    is_open = open_by_weekday[days.weekday]
    if by_call and recorded is not None:
        calls = np.where(np.isnan(calls) & _recorded(totals, days, slots, zone, interval_min, recorded), 0.0, calls)
    return with_oddities(Series(queue_id, days, np.where(is_open, calls, np.nan), is_open, {}))


def _recorded(
    totals: pd.DataFrame,
    days: Days,
    slots: int,
    zone: dt.tzinfo,
    interval_min: int,
    recorded: tuple[dt.datetime, dt.datetime],
) -> BoolArray:
    """Slots in which the recorder ran: days with any call of any queue, from the first call to the last."""
    local = totals["start"].dt.tz_convert(zone)
    seen = set(local.dt.date)
    ran = np.repeat(np.array([[days.date(n) in seen] for n in range(len(days))], dtype=np.bool_), slots, axis=1)
    first, last = (instant.astimezone(zone) for instant in recorded)
    for instant, before in ((first, True), (last, False)):
        number = (instant.date() - days.first).days
        if 0 <= number < len(days):
            slot = (instant.hour * 60 + instant.minute) // interval_min
            cut = slice(0, slot) if before else slice(slot + 1, slots)
            ran[number, cut] = False
    return ran


def with_oddities(series: Series) -> Series:
    """Note the days that are no evidence of ordinary ones: silent where calls are usual, or far from their weekday.

    A day is silent when no call came in all its open slots although its weekday usually has ten or more: the queue was
    closed, or the recorder was off. It is an outlier beyond 2.5 times its weekday's median, or below 1/2.5 of it, and
    twice as far as nine in ten of all days lie (a series that swings like that every week has no outliers).
    """
    total = np.where(np.isnan(series.calls).all(axis=1), np.nan, np.nansum(series.calls, axis=1))
    total[series.days.special] = np.nan
    found: dict[dt.date, str] = {}
    distance = np.full(len(total), np.nan)
    usual_of = np.full(len(total), np.nan)
    for weekday in range(7):
        rows = np.flatnonzero((series.days.weekday == weekday) & ~np.isnan(total))
        if rows.size < 3:
            continue
        usual = float(np.median(total[rows]))
        usual_of[rows] = usual
        if usual >= SILENT_DAY_CALLS:
            distance[rows] = np.log((total[rows] + 1) / (usual + 1))
    silent = (total == 0) & (usual_of >= SILENT_DAY_CALLS)
    loud = np.abs(distance[~silent & ~np.isnan(distance)])
    limit = max(np.log(OUTLIER_FACTOR), 2 * float(np.quantile(loud, 0.9))) if loud.size else np.inf
    for row in np.flatnonzero(silent | (np.abs(distance) > limit)):
        day = series.days.date(int(row))
        share = total[row] / usual_of[row]
        found[day] = "no call all day: closed or not recorded" if silent[row] else f"{share:.1f} times the usual calls"
    return replace(series, left_out=found)
