"""Next week is last week: the forecast that any other must beat."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rotation.demand.methods._weekdays import same_weekday
from rotation.demand.series import Days, FloatArray, Series


@dataclass(frozen=True, slots=True)
class SeasonalNaive:
    """The last ordinary day of the same weekday, slot by slot."""

    summary: str = "the same weekday of the last week"
    least_weeks: float = 1.0
    is_bare: bool = True

    def predict(self, past: Series, ahead: Days) -> FloatArray:
        """See :class:`rotation.demand.methods.Method`."""
        out = np.full((len(ahead), past.slots), np.nan)
        for row, weekday in enumerate(ahead.weekday):
            # A slot that was missing last week takes the one of the week before, and so on.
            for day in same_weekday(past, int(weekday), 26):
                out[row] = np.where(np.isnan(out[row]), day, out[row])
        return out


METHOD = SeasonalNaive()
