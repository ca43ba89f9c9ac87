"""What holidays, other special days and their neighbours do to a queue's calls, learnt from the history alone.

Special days are no evidence of ordinary ones and have a factor of their own: of the same kind where the history knows
it, else of all kinds together. The day before and the day after have one each. Every factor is pulled towards "no
effect" (neighbours) or towards the other special days (kinds) by how few days speak for it. May know nothing of
methods.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from rotation.demand.series import Days, FloatArray, Series

NEIGHBOUR_PRIOR = 4.0
KIND_PRIOR = 0.5
CLOSED_BELOW = 0.02
AROUND = 5


@dataclass(frozen=True)
class DayEffects:
    """Factors on an ordinary day's calls.

    Args:
        of_kind: factor by kind of special day.
        of_any: factor of a special day whose kind the history does not know; None when it knows none at all.
        before: factor of the day before a special day.
        after: factor of the day after.
    """

    of_kind: dict[str, float] = field(default_factory=dict)
    of_any: float | None = None
    before: float = 1.0
    after: float = 1.0


def day_effects(series: Series) -> DayEffects:
    """Learn the factors of a series."""
    ratio = _ratios(series)
    special = series.days.special
    kinds: dict[str, list[float]] = defaultdict(list)
    for day in np.flatnonzero(special & ~np.isnan(ratio)):
        kinds[series.days.labels[day]].append(float(ratio[day]))
    every = [value for values in kinds.values() for value in values]
    of_any = float(np.mean(every)) if every else None
    of_kind = {
        kind: (sum(values) + KIND_PRIOR * (of_any or 0.0)) / (len(values) + KIND_PRIOR)
        for kind, values in kinds.items()
    }
    before, after = neighbours(series.days)
    return DayEffects(of_kind, of_any, _pulled(ratio[before & ~special]), _pulled(ratio[after & ~special]))


def neighbours(days: Days) -> tuple[np.ndarray, np.ndarray]:
    """Which days stand right before, and right after, a special day; boolean, shape (days,) each."""
    special = days.special
    before, after = np.zeros_like(special), np.zeros_like(special)
    before[:-1], after[1:] = special[1:], special[:-1]
    return before, after


def with_effects(calls: FloatArray, ahead: Days, effects: DayEffects, day_before: bool, day_after: bool) -> FloatArray:
    """Apply the factors to forecasts of ordinary days.

    Args:
        calls: shape (days ahead, slots).
        ahead: the days.
        effects: the factors.
        day_before: whether the day before the first one is special.
        day_after: whether the day after the last one is.

    Returns:
        The same shape; NaN on special days on which the queue takes no calls, or nobody knows whether it does.
    """
    before, after = neighbours(ahead)
    if len(ahead):
        after[0] |= day_before
        before[-1] |= day_after
    factor = np.where(before, effects.before, 1.0) * np.where(after, effects.after, 1.0)
    for day in np.flatnonzero(ahead.special):
        known = effects.of_kind.get(ahead.labels[day], effects.of_any)
        factor[day] = np.nan if known is None or known < CLOSED_BELOW else known
    return np.asarray(calls * factor[:, None])


def _ratios(series: Series) -> FloatArray:
    """Each day's calls as a multiple of the median of the ordinary days of its weekday around it; NaN where unknown."""
    total = np.where(np.isnan(series.calls).all(axis=1), np.nan, np.nansum(series.calls, axis=1))
    ordinary = np.where(np.isnan(series.ordinary).all(axis=1), np.nan, total)
    ratio = np.full(len(total), np.nan)
    before, after = neighbours(series.days)
    beside = series.days.special | before | after
    for day in np.flatnonzero(beside & ~np.isnan(total)):
        near = [day + 7 * step for step in range(-AROUND, AROUND + 1) if step]
        known = [ordinary[n] for n in near if 0 <= n < len(total) and not np.isnan(ordinary[n]) and not beside[n]]
        if len(known) >= 2 and np.median(known) > 0:
            ratio[day] = total[day] / np.median(known)
    return ratio


def _pulled(ratio: FloatArray) -> float:
    known = ratio[~np.isnan(ratio) & (ratio > 0)]
    return float(np.exp(np.log(known).sum() / (len(known) + NEIGHBOUR_PRIOR))) if known.size else 1.0
