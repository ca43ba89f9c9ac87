"""The last comparable days: same weekday, known numbers."""

from __future__ import annotations

import numpy as np

from rotation.demand.series import FloatArray, Series

LOOK_BACK_WEEKS = 26


def same_weekday(past: Series, weekday: int, most: int) -> FloatArray:
    """Calls of the last ordinary days of a weekday, newest first.

    Args:
        past: the history.
        weekday: 0 (Monday) to 6.
        most: how many days at most.

    Returns:
        Shape (up to ``most``, slots), days without any number left out, none older than half a year.
    """
    calls = past.ordinary
    known = ~np.isnan(calls).all(axis=1)
    oldest = max(0, len(calls) - LOOK_BACK_WEEKS * 7)
    rows = np.flatnonzero(known & (past.days.weekday == weekday) & (np.arange(len(calls)) >= oldest))[::-1][:most]
    return calls[rows]


def mean_of_known(calls: FloatArray) -> FloatArray:
    """Mean over the first axis of what is known; NaN where nothing is."""
    known = ~np.isnan(calls)
    count = known.sum(axis=0)
    total = np.where(known, calls, 0.0).sum(axis=0)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
