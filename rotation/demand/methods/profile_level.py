"""A robust weekday profile times a smoothed level times the position in the month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rotation.demand.methods._level import day_totals
from rotation.demand.methods._shape import shares
from rotation.demand.series import Days, FloatArray, Series


@dataclass(frozen=True, slots=True)
class ProfileLevel:
    """How many calls a day has, and how they spread over the day, are two questions with different evidence."""

    summary: str = "weekday profile times smoothed level times position in the month"
    least_weeks: float = 3.0
    is_bare: bool = False

    def predict(self, past: Series, ahead: Days) -> FloatArray:
        """See :class:`rotation.demand.methods.Method`."""
        share = shares(past)
        calls = past.ordinary
        known = ~np.isnan(calls)
        of_day = share[past.days.weekday]
        seen = np.where(known, np.nan_to_num(of_day), 0.0).sum(axis=1)
        # A day that lacks more than half of its usual calls says too little of the rest.
        total = np.where(seen > 0.5, np.where(known, calls, 0.0).sum(axis=1) / np.maximum(seen, 0.5), np.nan)
        quiet = known.any(axis=1) & np.isnan(of_day).all(axis=1)
        total[quiet] = 0.0
        level = day_totals(total, past.days, ahead)
        ahead_share = share[ahead.weekday]
        silent = np.isnan(ahead_share) & (level[:, None] < 1e-3)
        return np.asarray(np.where(silent, 0.0, level[:, None] * ahead_share))


METHOD = ProfileLevel()
