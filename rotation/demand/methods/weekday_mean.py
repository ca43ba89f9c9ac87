"""The plain mean of the last six comparable days: simple, and hard to beat a week ahead."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rotation.demand.methods._weekdays import mean_of_known, same_weekday
from rotation.demand.series import Days, FloatArray, Series


@dataclass(frozen=True, slots=True)
class WeekdayMean:
    """Mean of the same weekday and clock time.

    Args:
        days: how many days are averaged.
    """

    days: int = 6
    summary: str = "mean of the last six same weekdays"
    least_weeks: float = 1.0
    is_bare: bool = False

    def predict(self, past: Series, ahead: Days) -> FloatArray:
        """See :class:`rotation.demand.methods.Method`."""
        of_weekday = {int(w): mean_of_known(same_weekday(past, int(w), self.days)) for w in np.unique(ahead.weekday)}
        return np.stack([of_weekday[int(weekday)] for weekday in ahead.weekday])


METHOD = WeekdayMean()
