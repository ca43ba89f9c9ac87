"""Rolling-origin backtest: forecast each past week from what was known before it, and compare with what came.

Nothing of the future leaks: oddities, special-day factors and profiles are learnt anew at each origin. WAPE is the
sum of absolute errors over the sum of calls; bias is the sum of errors over the sum of calls, positive when too many
were expected. May know nothing of the weeks to come.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rotation.demand.methods import BASELINE, Method
from rotation.demand.series import FloatArray, Series
from rotation.demand.special_days import day_effects, with_effects
from rotation.demand.uncertainty import covered, fitted_cv

WEEK = 7
MOST_ORIGINS = 12
LEAST_ORIGINS = 3


@dataclass(frozen=True)
class Score:
    """How one method did on one queue.

    Args:
        queue_id: the queue.
        method: the method's name.
        lead_weeks: how many weeks ahead.
        origins: how many weeks were forecast.
        actual: calls that came, shape (cells,).
        forecast: calls that were expected, same shape.
    """

    queue_id: str
    method: str
    lead_weeks: int
    origins: int
    actual: FloatArray
    forecast: FloatArray

    @property
    def wape(self) -> float:
        """Weighted absolute percentage error as a share; NaN when no call came."""
        calls = float(self.actual.sum())
        return float(np.abs(self.forecast - self.actual).sum()) / calls if calls > 0 else float("nan")

    @property
    def deviance(self) -> float:
        """Poisson deviance a call, least for the mean; absolute errors would prefer the median, 0 for rare callers."""
        expected = np.maximum(self.forecast, 0.01)
        came = np.maximum(self.actual, 1e-12)
        total = 2 * (self.actual * np.log(came / expected) - (self.actual - expected)).sum()
        calls = float(self.actual.sum())
        return float(total) / calls if calls > 0 else float("nan")

    @property
    def bias(self) -> float:
        """Error as a share of the calls, positive when too many were expected."""
        calls = float(self.actual.sum())
        return float((self.forecast - self.actual).sum()) / calls if calls > 0 else float("nan")

    @property
    def cv(self) -> float:
        """Coefficient of variation of the rate that these errors speak for."""
        return fitted_cv(self.actual, self.forecast)

    def coverage(self, cv: float) -> float:
        """Share of the cells inside an 80 % interval with that coefficient of variation."""
        known = self.forecast > 0
        return covered(self.actual[known], self.forecast[known], cv) if known.any() else float("nan")


def predict(series: Series, method: Method, first: int, days: int, after_special: bool = False) -> FloatArray:
    """Forecast a stretch of the series' own days from the days before them, with the corrections of special days.

    Args:
        series: days known and days ahead alike; the numbers of the latter are not looked at.
        method: the method.
        first: the first day ahead.
        days: how many.
        after_special: whether the day after the last one is special.

    Returns:
        Shape (days, slots).
    """
    return predict_from(series.until(first), series, method, first, days, after_special)


def predict_from(
    past: Series, series: Series, method: Method, first: int, days: int, after_special: bool = False
) -> FloatArray:
    """As :func:`predict`, from a past that may end earlier than the first day ahead."""
    ahead = series.days.part(first, first + days)
    calls = np.maximum(method.predict(past, ahead), 0.0)
    if method.is_bare:
        return calls
    special = series.days.special
    day_after = bool(special[first + days]) if first + days < len(special) else after_special
    return with_effects(calls, ahead, day_effects(past), bool(first and special[first - 1]), day_after)


def backtest(
    series: Series, methods: Mapping[str, Method], lead_weeks: int = 1, most_origins: int = MOST_ORIGINS
) -> dict[str, Score]:
    """Judge methods on the last weeks of a series.

    Args:
        series: the history.
        methods: by name.
        lead_weeks: 1 for the week right after the origin, 2 for the one after that, and so on.
        most_origins: how many weeks at most, the last ones.

    Returns:
        Scores by name, on the same cells for all: those that came on ordinary days and that every method could
        forecast. Empty when the history is too short for any origin.
    """
    known = np.flatnonzero(~np.isnan(series.ordinary).all(axis=1))
    if not known.size:
        return {}
    least = max(method.least_weeks for method in methods.values())
    last, earliest = int(known[-1]) + 1, int(known[0]) + int(np.ceil(least * WEEK))
    starts = list(range(last - WEEK, earliest + (lead_weeks - 1) * WEEK - 1, -WEEK))[:most_origins]
    cells: dict[str, list[FloatArray]] = {name: [] for name in methods}
    actual: list[FloatArray] = []
    for first in starts:
        past = series.until(first - (lead_weeks - 1) * WEEK)
        found = {name: predict_from(past, series, method, first, WEEK) for name, method in methods.items()}
        came = series.ordinary[first : first + WEEK]
        judged = ~np.isnan(came) & np.all([~np.isnan(calls) for calls in found.values()], axis=0)
        actual.append(came[judged])
        for name, calls in found.items():
            cells[name].append(calls[judged])
    if not starts:
        return {}
    came = np.concatenate(actual)
    return {
        name: Score(series.queue_id, name, lead_weeks, len(starts), came, np.concatenate(parts))
        for name, parts in cells.items()
    }


def best(scores: Mapping[str, Score], default: str) -> str:
    """The method with the least deviance among those with no more error than the baseline.

    The default where there are too few weeks to judge, or where it is as good.
    """
    naive = scores.get(BASELINE)
    if naive is not None and naive.origins >= LEAST_ORIGINS and not np.isnan(naive.wape):
        scores = {name: score for name, score in scores.items() if score.wape <= naive.wape}
    judged = {name: score.deviance for name, score in scores.items() if score.origins >= LEAST_ORIGINS}
    judged = {name: deviance for name, deviance in judged.items() if not np.isnan(deviance)}
    if default not in judged:
        return min(judged, key=lambda name: (judged[name], name)) if judged else default
    winner = min(judged, key=lambda name: (judged[name], name != default, name))
    # A hundredth of the error is luck, and methods that change every week are hard to explain.
    return winner if judged[winner] < 0.99 * judged[default] else default
