"""Agents of the duties on each interval, to be held against requirement and formula."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rotation.company import Company
from rotation.demand.week import WeekDemand
from rotation.simulate.duties import Duty
from rotation.simulate.scenario import Traffic
from rotation.timegrid import Horizon


def traffic_of(demand: WeekDemand) -> Traffic:
    """The traffic of a week's demand.

    Where only agents are given, no calls are known and none come; the caller says so.
    """
    known = demand.is_open & ~np.isnan(demand.calls)
    return Traffic(
        np.where(known, np.nan_to_num(demand.calls), 0.0), demand.aht_s, demand.rate_cv, np.asarray(demand.is_open)
    )


def agents_present(company: Company, horizon: Horizon, duties: Sequence[Duty]) -> NDArray[np.int64]:
    """How many agents are bound to each queue over each whole interval, (queues, intervals)."""
    queue = {row.queue_id: n for n, row in enumerate(company.queues)}
    count = np.zeros((len(company.queues), horizon.intervals), dtype=np.int64)
    for duty in duties:
        if duty.queue_id in queue:
            first, after = horizon.within(duty.start, duty.end)
            count[queue[duty.queue_id], first:after] += 1
    return count
