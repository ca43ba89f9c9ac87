"""Handle time and patience of a queue's callers, with their uncertainty.

Patience is the total waiting time of all callers over the number who gave up, the maximum-likelihood estimate for
exponential patience cut off by the answer. The mean wait of those who gave up is far too short: it is the patience of
the impatient (Mandelbaum & Zeltyn 2004, "The impact of customers' patience on delay and abandonment"). May know nothing
of files or of the plan.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import chi2, norm

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean in seconds with its 95 % confidence interval.

    Args:
        value: the estimate.
        low: lower end.
        high: upper end, infinite where nothing limits it.
        observations: answered calls, or callers who gave up, that it rests on.
    """

    value: float
    low: float
    high: float
    observations: int


def patience_of(wait_s: float, abandoned: float) -> Estimate | None:
    """Mean patience.

    Args:
        wait_s: seconds waited by all callers, answered or not.
        abandoned: how many of them gave up.

    Returns:
        The estimate with the exact interval of an exponential mean (chi-squared), or None when nobody gave up or nobody
        waited: then patience is only known to be long.
    """
    if abandoned < 1 or wait_s <= 0:
        return None
    tail = (1 - CONFIDENCE) / 2
    low = 2 * wait_s / chi2.ppf(1 - tail, 2 * abandoned + 2)
    high = 2 * wait_s / chi2.ppf(tail, 2 * abandoned)
    return Estimate(wait_s / abandoned, float(low), float(high), int(abandoned))


def handle_time_of(handle_s: pd.Series[float], answered: pd.Series[float]) -> Estimate | None:
    """Average handle time over intervals or single calls.

    Args:
        handle_s: seconds of talk and wrap-up of each row; NaN where unknown.
        answered: calls of each row that were handled.

    Returns:
        The ratio of the sums, with the interval of a ratio estimator (delta method over rows); None without any call.
    """
    known = (handle_s.notna() & (answered > 0)).to_numpy()
    time, calls = handle_s.to_numpy(dtype=float)[known], answered.to_numpy(dtype=float)[known]
    total = calls.sum()
    if total < 1 or time.sum() <= 0:
        return None
    mean = float(time.sum() / total)
    rows = len(time)
    spread = np.sqrt(((time - mean * calls) ** 2).sum() * rows / max(rows - 1, 1)) / total if rows > 1 else mean
    reach = float(norm.ppf(1 - (1 - CONFIDENCE) / 2) * spread)
    return Estimate(mean, max(mean - reach, 0.0), mean + reach, int(total))
