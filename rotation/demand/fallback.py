"""What stands in for a forecast where the history of a weekday or a clock time says nothing: ever wider neighbourhoods,
each named. May know nothing of methods.
"""

from __future__ import annotations

import numpy as np

from rotation.demand.methods._weekdays import mean_of_known
from rotation.demand.series import BoolArray, Days, FloatArray, Series

LIKE_DAYS = "the mean of the other working days, or of the other weekend days"
ALL_DAYS = "the mean of all days"
NEAR_TIMES = "the nearest clock time that has numbers"


def filled(series: Series, ahead: Days, is_open: BoolArray, calls: FloatArray) -> tuple[FloatArray, tuple[str, ...]]:
    """Fill open cells that have no forecast.

    Args:
        series: the history.
        ahead: the days ahead.
        is_open: cells that are wanted, shape (days ahead, slots).
        calls: forecasts, same shape; NaN where there is none.

    Returns:
        The forecasts with what could be filled, and words on how many cells took what.
    """
    words: list[str] = []
    for name, source in ((LIKE_DAYS, _like_days), (ALL_DAYS, _all_days), (NEAR_TIMES, _near_times)):
        lacking = is_open & np.isnan(calls)
        if not lacking.any() or not len(series.days):
            break
        calls = np.where(lacking, source(series, ahead, calls), calls)
        taken = int((lacking & ~np.isnan(calls)).sum())
        if taken:
            words.append(f"{taken} open intervals without history of their own take {name}")
    return calls, tuple(words)


def _like_days(series: Series, ahead: Days, _calls: FloatArray) -> FloatArray:
    working = series.days.weekday < 5
    means = {kind: mean_of_known(series.ordinary[working == kind]) for kind in (True, False)}
    return np.stack([means[bool(weekday < 5)] for weekday in ahead.weekday])


def _all_days(series: Series, ahead: Days, _calls: FloatArray) -> FloatArray:
    return np.repeat(mean_of_known(series.ordinary)[None, :], len(ahead), axis=0)


def _near_times(_series: Series, _ahead: Days, calls: FloatArray) -> FloatArray:
    return np.stack([_nearest(day) for day in calls])


def _nearest(day: FloatArray) -> FloatArray:
    known = np.flatnonzero(~np.isnan(day))
    if not known.size:
        return day
    distance = np.abs(np.arange(len(day))[:, None] - known[None, :])
    return np.asarray(day[known[distance.argmin(axis=1)]])
