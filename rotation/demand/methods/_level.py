"""How many calls a day has: weekday, position in the month, and a level that moves slowly.

A Poisson regression with logarithmic link (quasi-likelihood: unbiased for the mean whatever the spread, and at ease
with days of no call), older days weigh less, days far off weigh little. What is left of the last days shifts the
level. May know nothing of slots.
"""

from __future__ import annotations

import numpy as np

from rotation.demand.series import Days, FloatArray

HALF_LIFE_WEEKS = 12.0
MONTH_WEEKS = 10.0
HARMONICS = 2
RIDGE = 8.0
DECAY = 0.85
PRIOR_DAYS = 3.0
HUBER = 2.0
RECENT_DAYS = 10
MOST_APART = 1.5
ROUNDS = 25


def day_totals(total: FloatArray, days: Days, ahead: Days) -> FloatArray:
    """Expected calls of days ahead.

    Args:
        total: calls of each past day, NaN where unknown, shape (days,).
        days: the past days.
        ahead: the days wanted.

    Returns:
        Shape (days ahead,); NaN for weekdays that the past does not know.
    """
    rows = np.flatnonzero(~np.isnan(total))
    if not rows.size:
        return np.full(len(ahead), np.nan)
    harmonics = HARMONICS if (len(days) - rows[0]) / 7 >= MONTH_WEEKS else 0
    past, future = _columns(days, harmonics)[rows], _columns(ahead, harmonics)
    age = (len(days) - 1 - rows) / 7
    beta, expected = _fit(past, total[rows], 0.5 ** (age / HALF_LIFE_WEEKS), harmonics)
    level = _level(total[rows], expected, age * 7)
    known = np.isin(ahead.weekday, np.unique(days.weekday[rows]))
    return np.where(known, np.exp(np.clip(future @ beta, -20.0, 20.0)) * level, np.nan)


def _level(total: FloatArray, expected: FloatArray, age_days: FloatArray) -> float:
    """How far the last days lie above what was expected of them; a single day moves it by a half at most.

    The regression mistrusts days far from the rest. A shift that lasts is no such day, so the last days are judged by
    their own middle.
    """
    weight = DECAY**age_days
    ratio = total / np.maximum(expected, 1e-9)
    middle = float(np.median(ratio[-RECENT_DAYS:]))
    near = np.clip(ratio, middle / MOST_APART, middle * MOST_APART)
    calls = weight * expected
    prior = PRIOR_DAYS * float(expected.mean())
    return float(((calls * near).sum() + prior) / (calls.sum() + prior))


def _columns(days: Days, harmonics: int) -> FloatArray:
    weekdays = (days.weekday[:, None] == np.arange(7)).astype(float)
    phase = 2 * np.pi * days.month_phase
    waves = [wave(j * phase) for j in range(1, harmonics + 1) for wave in (np.cos, np.sin)]
    return np.column_stack([weekdays, *waves])


def _fit(columns: FloatArray, total: FloatArray, weight: FloatArray, harmonics: int) -> tuple[FloatArray, FloatArray]:
    """Iteratively reweighted least squares with Huber weights on Pearson residuals."""
    usual = max(float(np.average(total, weights=weight)), 0.05)
    # The ridge counts in days: a wave must be worth more than a few ordinary days to be believed.
    penalty = np.diag([1e-3] * 7 + [RIDGE * usual] * (2 * harmonics))
    beta = np.concatenate([np.full(7, np.log(usual)), np.zeros(2 * harmonics)])
    anchor = beta.copy()
    trust = np.ones_like(total)
    for _ in range(ROUNDS):
        expected = np.exp(np.clip(columns @ beta, -20.0, 20.0))
        if _:
            pearson = (total - expected) / np.sqrt(np.maximum(expected, 0.05))
            spread = max(1.4826 * float(np.median(np.abs(pearson))), 1.0)
            trust = np.minimum(1.0, HUBER * spread / np.maximum(np.abs(pearson), 1e-9))
        heavy = weight * trust * expected
        gradient = columns.T @ (weight * trust * (total - expected)) - penalty @ (beta - anchor)
        step = np.linalg.solve(columns.T @ (columns * heavy[:, None]) + penalty, gradient)
        beta = beta + np.clip(step, -1.0, 1.0)
        if np.abs(step).max() < 1e-6:
            break
    return beta, np.exp(np.clip(columns @ beta, -20.0, 20.0))
