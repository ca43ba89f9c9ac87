"""Handle time by queue and time of day, from the totals of a history.

Counts of a single slot are few, so a slot's own mean is pulled towards the queue's by the calls it rests on. May know
nothing of calls to come.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import norm

from rotation.demand.series import MINUTES_A_DAY, FloatArray

WEEKS = 8
PRIOR_CALLS = 60.0
BLOCK_MIN = 120
LEAST_CALLS = 30


@dataclass(frozen=True, eq=False)
class HandleTime:
    """Average handle time of a queue.

    Args:
        by_slot: seconds for each slot of a day, shape (slots,).
        cv: its coefficient of variation from week to week.
        is_known: whether the history says it; if not, ``by_slot`` is the queue's own number.
    """

    by_slot: FloatArray
    cv: float
    is_known: bool

    def quantile(self, probability: float) -> FloatArray:
        """Quantile of the handle time for each slot."""
        return np.asarray(self.by_slot * max(1.0 + float(norm.ppf(probability)) * self.cv, 0.05))


def handle_time(totals: pd.DataFrame, queue_id: str, zone: dt.tzinfo, interval_min: int, stated_s: float) -> HandleTime:
    """Estimate the handle time of a queue from its last eight weeks.

    Args:
        totals: the history's totals, see :func:`rotation.demand.history.interval_totals`.
        queue_id: the queue.
        zone: the site's zone.
        interval_min: length of a slot.
        stated_s: what queues.csv says, taken where fewer than 30 calls state their handle time.
    """
    slots = MINUTES_A_DAY // interval_min
    own = totals[(totals["queue_id"] == queue_id) & totals["handle_s"].notna()]
    calls = own["timed"] if "timed" in own.columns else own["answered"]
    own = own.assign(handled=calls)[(calls > 0).to_numpy()]
    if not own.empty:
        own = own[own["start"] >= own["start"].max() - pd.Timedelta(weeks=WEEKS)]
    total = float(own["handled"].sum())
    if total < LEAST_CALLS:
        return HandleTime(np.full(slots, float(stated_s)), 0.0, False)
    mean = float(own["handle_s"].sum()) / total
    local = own["start"].dt.tz_convert(zone)
    block = ((local.dt.hour * 60 + local.dt.minute) // BLOCK_MIN).to_numpy()
    blocks = MINUTES_A_DAY // BLOCK_MIN
    seconds = np.bincount(block, weights=own["handle_s"].to_numpy(), minlength=blocks)
    count = np.bincount(block, weights=own["handled"].to_numpy(), minlength=blocks)
    pulled = (seconds + PRIOR_CALLS * mean) / (count + PRIOR_CALLS)
    by_slot = pulled[np.arange(slots) * interval_min // BLOCK_MIN]
    return HandleTime(by_slot, _weekly_cv(own, mean), True)


def _weekly_cv(own: pd.DataFrame, mean: float) -> float:
    weeks = own.groupby((own["start"].max() - own["start"]).dt.days // 7)[["handle_s", "handled"]].sum()
    weeks = weeks[weeks["handled"] >= LEAST_CALLS]
    if len(weeks) < 3:
        return 0.0
    return float((weeks["handle_s"] / weeks["handled"]).std(ddof=1) / mean)
