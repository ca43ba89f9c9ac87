"""The median of the last seven comparable days: what one odd day cannot move."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np

from rotation.demand.methods._weekdays import same_weekday
from rotation.demand.series import Days, FloatArray, Series


@dataclass(frozen=True, slots=True)
class WeekdayMedian:
    """Median of the same weekday and clock time.

    Args:
        days: how many days are looked at.
    """

    days: int = 7
    summary: str = "median of the last seven same weekdays"
    least_weeks: float = 3.0
    is_bare: bool = False

    def predict(self, past: Series, ahead: Days) -> FloatArray:
        """See :class:`rotation.demand.methods.Method`."""
        return np.stack([_median(same_weekday(past, int(weekday), self.days)) for weekday in ahead.weekday])


def _median(calls: FloatArray) -> FloatArray:
    if not len(calls):
        return np.full(calls.shape[1], np.nan)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # slots that are always closed
        return np.asarray(np.nanmedian(calls, axis=0))


METHOD = WeekdayMedian()
