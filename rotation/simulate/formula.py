"""What the formula promises for the agents that a plan really has, to be held against the simulation.

The formula takes each interval alone: a steady state from the first second, nobody carried over, agents of one speed.
May know nothing of callers.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rotation.company import Company
from rotation.demand import erlang_a, erlang_c
from rotation.demand.speeds import speed_factors
from rotation.simulate.kernel.arrays import Floats
from rotation.simulate.outcome import Outcome
from rotation.simulate.scenario import Traffic

NOTABLE = 0.05


def formula_levels(company: Company, traffic: Traffic, agents: NDArray[np.generic], interval_s: float) -> Floats:
    """Service level by Erlang A or C, (queues, intervals); NaN where closed or where no call is expected.

    Args:
        company: queues.
        traffic: calls and handle times.
        agents: on the rota, core staff included, (queues, intervals).
        interval_s: length of an interval.

    Returns:
        The level of the agents that shrinkage leaves; between two whole numbers of agents it is interpolated.
    """
    level = np.full(traffic.calls.shape, np.nan)
    factors = speed_factors(company)
    for q, queue in enumerate(company.queues):
        cells = np.flatnonzero(traffic.is_open[q] & (traffic.calls[q] > 0))
        if not cells.size:
            continue
        aht = traffic.aht_s[q, cells] * factors[q]
        load = traffic.calls[q, cells] * aht / interval_s
        present = np.asarray(agents[q, cells], dtype=float) * (1 - queue.shrinkage_pct / 100)
        low = np.floor(present + 1e-9).astype(np.int64)
        ends = []
        for n in (low, low + 1):
            if queue.patience_s is None:
                ends.append(erlang_c.service_level(load, n, queue.service_level_s, aht))
            else:
                ends.append(erlang_a.service_level(load, n, queue.service_level_s, aht, queue.patience_s))
        part = np.clip(present - low, 0.0, 1.0)
        level[q, cells] = ends[0] * (1 - part) + ends[1] * part
    return level


def disagreements(outcome: Outcome, formula: Floats) -> NDArray[np.bool_]:
    """Intervals where formula and simulation differ by more than five points, beyond the simulation's own noise."""
    gap = np.abs(outcome.by_interval("service_level") - formula)
    with np.errstate(invalid="ignore"):
        return np.asarray((gap > NOTABLE) & (gap > outcome.half_width()))
