"""Calls or finer intervals -> the totals of each planning interval, where closed, missing and zero stay three things.

An interval that no row tells of is missing, unless rows are single calls and the recorder ran: then nobody called, and
that is 0. May know nothing of files, forecasts or agents.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

TOTALS = ("offered", "answered", "abandoned", "wait_s", "handle_s")


LEAST_STEPS = 24
"""Distances between rows that must agree before they are believed to be the length of an interval."""


class UnfitIntervals(ValueError):
    """The history's intervals are coarser than the planning interval, or do not divide it."""


def interval_totals(frame: pd.DataFrame, by_call: bool, zone: dt.tzinfo, interval_min: int) -> pd.DataFrame:
    """Add a history up to planning intervals of the site's clock.

    Args:
        frame: queue_id, start (aware), offered where rows are intervals, answered, abandoned, wait_s, handle_s.
        by_call: whether a row is one call.
        zone: the site's zone.
        interval_min: 15, 30 or 60.

    Returns:
        queue_id, start (UTC, on the grid) and the totals, one row for each interval that has any row, in the order of
        queue and time. A total is NaN where a part of it is unknown.

    Raises:
        UnfitIntervals: intervals are longer than the planning interval or do not divide it.
    """
    rows = frame.assign(start=_floor(frame["start"], zone, interval_min))
    if by_call:
        rows["offered"] = 1.0
        # A call without times says nothing of them: totals cover the calls that state them, see `estimates`.
        grouped = rows.groupby(["queue_id", "start"])
        totals = grouped[list(TOTALS)].sum(min_count=1)
        totals["timed"] = grouped["handle_s"].count()
        return totals.reset_index()
    parts = interval_min * 60 // _source_seconds(frame, interval_min)
    grouped = rows.groupby(["queue_id", "start"])
    totals = grouped[list(TOTALS)].sum(min_count=1)
    for name in TOTALS:
        totals[name] = totals[name].where(grouped[name].count() >= parts)
    return totals.reset_index()


def _floor(start: pd.Series[pd.Timestamp], zone: dt.tzinfo, interval_min: int) -> pd.Series[pd.Timestamp]:
    local = start.dt.tz_convert(zone)
    seconds = local.dt.hour * 3600 + local.dt.minute * 60 + local.dt.second + local.dt.microsecond / 1e6
    over = pd.to_timedelta((seconds % (interval_min * 60)).round(6), unit="s")
    return (start - over).dt.round("1s").dt.as_unit("us")


def _source_seconds(frame: pd.DataFrame, interval_min: int) -> int:
    """Length of the history's own intervals: the most frequent distance between neighbours of a queue."""
    ordered = frame.sort_values(["queue_id", "start"])
    steps = ordered.groupby("queue_id")["start"].diff().dt.total_seconds()
    near = steps[(steps > 0) & (steps < 86_400)]
    if near.empty or len(near) < LEAST_STEPS:
        known = int(near.min()) if len(near) else interval_min * 60
        return known if interval_min * 60 % known == 0 else interval_min * 60
    usual = int(near.mode().iloc[0])
    if usual > interval_min * 60 and not (near < usual).any() and len(near) >= LEAST_STEPS:
        raise UnfitIntervals(
            f"the history has intervals of {usual / 60:g} minutes, the plan of {interval_min}: "
            f"set site.interval_min to {usual // 60:g}, or export shorter intervals"
        )
    if usual < interval_min * 60 and interval_min * 60 % usual:
        raise UnfitIntervals(f"intervals of {usual / 60:g} minutes do not divide {interval_min} minutes")
    return min(usual, interval_min * 60)


def conflicting(frame: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Rows of intervals that stand twice: (row numbers of repetitions, row numbers of rows that contradict each other).

    Args:
        frame: intervals with queue_id, start and offered; the index holds row numbers.
    """
    key = ["queue_id", "start"]
    repeated = frame.duplicated(key, keep=False)
    same = frame.duplicated([*key, *(name for name in TOTALS if name in frame.columns)], keep="first")
    kept = frame[~same]
    contradicting = kept.index[kept.duplicated(key, keep=False)].to_numpy()
    return frame.index[same & repeated].to_numpy(), contradicting
