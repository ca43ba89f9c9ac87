"""The requirement of queues whose rate is uncertain, and of queues that share people.

Staffing to the expected calls misses the target in about half the intervals, because the rate is only a forecast.
Either the rate's quantile is staffed, or the service level is averaged over the rate's distribution, each rate with
the calls it brings. May know nothing of forecasts or of people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from rotation.company import Queue
from rotation.demand import erlang_a, erlang_c
from rotation.demand.erlang_b import IntArray
from rotation.demand.series import FloatArray
from rotation.demand.staffing import BOUNDARY, least_adequate, minimum_agents, with_shrinkage
from rotation.demand.uncertainty import rate_nodes, rate_quantile, rate_strata

CV_STEP = 0.01


@dataclass(frozen=True, slots=True)
class Basis:
    """What rate is staffed.

    Args:
        kind: ``mean`` (the expected calls), ``quantile`` (of the rate), or ``average`` (the level averaged over it).
        quantile: for ``quantile``, between 0 and 1.
    """

    kind: str = "mean"
    quantile: float = 0.8


def agents_for(
    queues: Sequence[Queue], calls: FloatArray, cv: FloatArray, open_s: FloatArray, aht_s: FloatArray, basis: Basis
) -> IntArray:
    """Agents on the rota for each queue and interval.

    Args:
        queues: targets, patience, shrinkage, floor and pool, in the order of the rows.
        calls: expected calls, shape (queues, intervals); ignored where closed.
        cv: coefficient of variation of the rate, same shape.
        open_s: open seconds of each interval, same shape; 0 where closed.
        aht_s: handle time of those who will serve, same shape.
        basis: what rate is staffed.

    Raises:
        ValueError: calls of an open interval are missing.
    """
    is_open = open_s > 0
    if np.isnan(calls[is_open]).any():
        raise ValueError("calls are missing (NaN) in an open interval; missing is not zero")
    expected = np.where(is_open, np.nan_to_num(calls), 0.0)
    if basis.kind == "quantile":
        expected = rate_quantile(expected, cv, basis.quantile)
    load = expected * aht_s / np.where(is_open, open_s, 1.0)
    agents = minimum_agents(load, aht_s, **_targets(queues))
    if basis.kind == "average":
        agents = _averaged(queues, load, np.where(is_open, cv, 0.0), aht_s, agents)
    rostered = _rostered(queues, agents)
    floor = np.array([[queue.min_agents] for queue in queues], dtype=np.int64)
    return np.where(is_open, np.maximum(rostered, floor), 0)


def _column(queues: Sequence[Queue], name: str) -> FloatArray:
    return np.array([[np.nan if (value := getattr(queue, name)) is None else value] for queue in queues], dtype=float)


def _targets(queues: Sequence[Queue]) -> dict[str, Any]:
    names = ("service_level_pct", "service_level_s", "max_occupancy_pct", "patience_s")
    return {name: _column(queues, name) for name in names}


def _averaged(
    queues: Sequence[Queue], load: FloatArray, cv: FloatArray, aht_s: FloatArray, start: IntArray
) -> IntArray:
    """Least agents whose level, averaged over the rate, reaches the target; ``start`` where the rate is certain."""
    out = start.copy()
    steps = np.round(cv / CV_STEP).astype(int)
    for q, queue in enumerate(queues):
        for step in np.unique(steps[q][(steps[q] > 0) & (load[q] > 0)]):
            cells = np.flatnonzero((steps[q] == step) & (load[q] > 0))
            out[q, cells] = _of_queue(queue, load[q, cells], aht_s[q, cells], step * CV_STEP, start[q, cells])
    return out


def _of_queue(queue: Queue, load: FloatArray, aht_s: FloatArray, cv: float, start: IntArray) -> IntArray:
    # Endless patience has a corner where the load meets the agents; a queue that people leave is smooth.
    factors, weights = rate_nodes(cv)
    if queue.patience_s is None:
        factors = rate_strata(cv)
        weights = np.full(len(factors), 1 / len(factors))
    level, busy = queue.service_level_pct / 100 * (1 - BOUNDARY), queue.max_occupancy_pct / 100 * (1 + BOUNDARY)

    def adequate(index: IntArray, agents: IntArray) -> npt.NDArray[np.bool_]:
        loads, n = load[index][:, None] * factors, agents[:, None]
        time = aht_s[index][:, None]
        if queue.patience_s is None:
            served = erlang_c.service_level(loads, n, queue.service_level_s, time)
            occupied = erlang_c.occupancy(loads, n)
        else:
            served = erlang_a.service_level(loads, n, queue.service_level_s, time, queue.patience_s)
            occupied = erlang_a.occupancy(loads, n, time, queue.patience_s)
        by_calls = weights * factors
        stable = (queue.patience_s is not None) | (load[index] < agents)
        return np.asarray(
            ((served * by_calls).sum(axis=1) >= level * by_calls.sum())
            & ((occupied * weights).sum(axis=1) <= busy)
            & stable
        )

    return least_adequate(adequate, np.maximum(start, 1))


def _rostered(queues: Sequence[Queue], agents: IntArray) -> IntArray:
    """Shrinkage divided out and rounded up: once a queue, or once a pool of queues that share people."""
    out = with_shrinkage(agents, _column(queues, "shrinkage_pct"))
    pools = {queue.pool for queue in queues if queue.pool}
    for pool in sorted(pools):
        rows = [q for q, queue in enumerate(queues) if queue.pool == pool]
        kept = [100 - Fraction(repr(float(queues[q].shrinkage_pct))) for q in rows]
        for t in range(agents.shape[1]):
            exact = [int(agents[q, t]) * 100 / share for q, share in zip(rows, kept, strict=True)]
            out[rows, t] = rounded_once(exact)
    return out


def rounded_once(exact: Sequence[Fraction]) -> list[int]:
    """Whole numbers that add up to the sum rounded up, each at most one from its own: largest remainders go up first.

    Args:
        exact: agents of each queue of a pool, before rounding.
    """
    whole = [int(value // 1) for value in exact]
    total = -int(-sum(exact, Fraction(0)) // 1)
    order = sorted(range(len(exact)), key=lambda n: (whole[n] - exact[n], n))
    for n in order[: total - sum(whole)]:
        whole[n] += 1
    return whole
