"""How a weekday's calls spread over its slots: shares that add up to one, from counts that are few and noisy.

A weekday's own counts decide where there are many; where there are few it borrows from weekdays of a similar course,
and neighbouring slots lend each other a little. Both take Poisson noise out, which is most of what a plain mean of
six days gets wrong.
"""

from __future__ import annotations

import numpy as np

from rotation.demand.methods._weekdays import same_weekday
from rotation.demand.series import FloatArray, Series

WEEKS = 16
BORROWED_CALLS = 300.0
ALIKE = 0.25
LENT = 0.15


def shares(past: Series) -> FloatArray:
    """Share of each slot in its weekday's calls.

    Args:
        past: the history.

    Returns:
        Shape (7, slots); NaN for weekdays without any call, and in slots that no day knows.
    """
    counts, exposure = np.zeros((7, past.slots)), np.zeros((7, past.slots))
    for weekday in range(7):
        counts[weekday], exposure[weekday] = _counted(same_weekday(past, weekday, WEEKS))
    own = _normal(np.where(exposure > 0, counts / np.where(exposure > 0, exposure, 1.0), np.nan))
    out = np.full_like(own, np.nan)
    for weekday in range(7):
        if not np.isnan(own[weekday]).all():
            out[weekday] = _lent(_borrowed(weekday, own, counts))
    return _normal(out)


def _counted(days: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Calls, and calls expected at share one, of each slot; a day that lacks slots is scaled by those it has."""
    known = ~np.isnan(days)
    calls = np.where(known, days, 0.0)
    total = calls.sum(axis=1)
    for _ in range(3):
        exposure = (total[:, None] * known).sum(axis=0)
        share = np.where(exposure > 0, calls.sum(axis=0) / np.where(exposure > 0, exposure, 1.0), 0.0)
        seen = (known * share).sum(axis=1)
        total = calls.sum(axis=1) / np.where(seen > 0, seen, 1.0) * share.sum()
    return calls.sum(axis=0), (total[:, None] * known).sum(axis=0)


def _normal(share: FloatArray) -> FloatArray:
    total = np.nansum(share, axis=1, keepdims=True)
    return np.asarray(np.where(total > 0, share / np.where(total > 0, total, 1.0), np.nan))


def _borrowed(weekday: int, own: FloatArray, counts: FloatArray) -> FloatArray:
    known = ~np.isnan(own[weekday])
    distance = np.abs(np.nan_to_num(own) - np.nan_to_num(own[weekday])).sum(axis=1)
    noise = np.sqrt(known.sum() / max(counts[weekday].sum(), 1.0))
    alike = [w for w in range(7) if w != weekday and counts[w].sum() > 0 and distance[w] < ALIKE + noise]
    if not alike:
        return np.asarray(own[weekday])
    pooled = np.where(known, counts[alike].sum(axis=0), 0.0)
    if pooled.sum() <= 0:
        return np.asarray(own[weekday])
    calls = counts[weekday].sum()
    mixed = (calls * np.nan_to_num(own[weekday]) + BORROWED_CALLS * pooled / pooled.sum()) / (calls + BORROWED_CALLS)
    return np.asarray(np.where(known, mixed, np.nan))


def _lent(share: FloatArray) -> FloatArray:
    """Smooth over neighbouring known slots."""
    before, after = np.roll(share, 1), np.roll(share, -1)
    before[0], after[-1] = np.nan, np.nan
    before, after = np.where(np.isnan(before), share, before), np.where(np.isnan(after), share, after)
    return np.asarray((1 - 2 * LENT) * share + LENT * (before + after))
