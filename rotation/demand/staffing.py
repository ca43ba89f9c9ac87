"""How many agents a load needs: the least number that keeps a service level and an occupancy cap.

Then how many to put on the rota: shrinkage divided out exactly, rounded up once, never below the queue's floor.
Agents who are already there outside the rotation are for the caller to subtract. May not know: forecasts, people.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from rotation.demand import erlang_a, erlang_c
from rotation.demand.erlang_b import IntArray, nonnegative
from rotation.demand.gamma_integral import FloatArray

# A level or occupancy this near to its bound counts as reaching it: 0.8 is not missed by the last binary digit.
BOUNDARY = 1e-12
_BATCH = 4096

Adequate = Callable[[IntArray, IntArray], npt.NDArray[np.bool_]]


def minimum_agents(
    load: npt.ArrayLike,
    aht_s: npt.ArrayLike,
    *,
    service_level_pct: npt.ArrayLike,
    service_level_s: npt.ArrayLike,
    max_occupancy_pct: npt.ArrayLike = 100.0,
    patience_s: npt.ArrayLike | None = None,
) -> IntArray:
    """Return the least number of agents that reaches the level and keeps the occupancy, shrinkage aside.

    All arguments broadcast; equal cells are computed once. Without calls nobody is needed; with calls at least one
    agent is, and where callers wait for ever always more agents than erlangs, so that the queue is stable.

    Args:
        load: Erlangs, at least 0.
        aht_s: Mean handle time in seconds, more than 0.
        service_level_pct: Share of offered calls to answer in time, 0 to less than 100.
        service_level_s: In time means within so many seconds, at least 0.
        max_occupancy_pct: More than 0, at most 100.
        patience_s: Mean patience in seconds, more than 0 (Erlang A); None, NaN or infinite for Erlang C.

    Returns:
        Integers of the broadcast shape.

    Raises:
        ValueError: An argument is out of range; 100 % in time is out of reach of any number of agents.
    """
    endless = np.asarray(np.inf if patience_s is None else patience_s, dtype=np.float64)
    columns = np.broadcast_arrays(
        nonnegative("load", load, zero_allowed=True),
        nonnegative("aht_s", aht_s, zero_allowed=False),
        _percent("service_level_pct", service_level_pct, below=100.0),
        nonnegative("service_level_s", service_level_s, zero_allowed=True),
        _percent("max_occupancy_pct", max_occupancy_pct, above=0.0),
        nonnegative("patience_s", np.where(np.isnan(endless), np.inf, endless), zero_allowed=False),
    )
    cells, where = np.unique(np.stack([c.ravel() for c in columns]), axis=1, return_inverse=True)
    if not np.isfinite(cells[:2]).all():
        raise ValueError("load and aht_s must be finite")
    agents = np.zeros(cells.shape[1], dtype=np.int64)
    busy = np.flatnonzero(cells[0] > 0.0)
    for first in range(0, busy.size, _BATCH):
        batch = busy[first : first + _BATCH]
        agents[batch] = _Cells.of(cells[:, batch]).least_agents()
    return agents[where.ravel()].reshape(columns[0].shape)


def requirement(
    calls: npt.ArrayLike,
    open_s: npt.ArrayLike,
    aht_s: npt.ArrayLike,
    *,
    service_level_pct: npt.ArrayLike,
    service_level_s: npt.ArrayLike,
    patience_s: npt.ArrayLike | None = None,
    max_occupancy_pct: npt.ArrayLike = 100.0,
    shrinkage_pct: npt.ArrayLike = 0.0,
    min_agents: npt.ArrayLike = 0,
) -> IntArray:
    """Return how many agents to put on the rota in each interval.

    max(min_agents, ceil(minimum_agents / (1 - shrinkage))) where open, 0 where closed. All arguments broadcast,
    typically calls (queues, intervals) with one value a queue, of shape (queues, 1), for the rest.

    Args:
        calls: Offered calls expected in the interval, at least 0; ignored where closed.
        open_s: Seconds of the interval in which the queue is open, 0 where it is closed.
        aht_s: Mean handle time in seconds, more than 0.
        service_level_pct: As for `minimum_agents`, like the next three.
        service_level_s: As there.
        patience_s: As there.
        max_occupancy_pct: As there.
        shrinkage_pct: Share of rostered time lost that the rota does not already show, 0 to less than 100.
        min_agents: At least so many on the rota whenever the queue is open, integers of at least 0.

    Returns:
        Integers of the broadcast shape.

    Raises:
        ValueError: An argument is out of range, or calls of an open interval are missing (NaN is not zero).
    """
    floor = np.asarray(min_agents)
    if not np.issubdtype(floor.dtype, np.integer) or np.any(floor < 0):
        raise ValueError("min_agents must be integers of at least 0")
    agents = minimum_agents(
        _offered_load(calls, open_s, aht_s),
        aht_s,
        service_level_pct=service_level_pct,
        service_level_s=service_level_s,
        max_occupancy_pct=max_occupancy_pct,
        patience_s=patience_s,
    )
    rostered = np.maximum(with_shrinkage(agents, shrinkage_pct), floor)
    return np.where(np.asarray(open_s) > 0.0, rostered, 0)


def with_shrinkage(agents: npt.ArrayLike, shrinkage_pct: npt.ArrayLike) -> IntArray:
    """Return ceil(agents / (1 - shrinkage)), exactly: 21 agents at 30 % are 30, not 31.

    Args:
        agents: Integers of at least 0, any shape.
        shrinkage_pct: 0 to less than 100, taken as the decimal number it is written as.

    Returns:
        Integers of the broadcast shape.

    Raises:
        ValueError: Agents are not integers of at least 0, or shrinkage is out of range.
    """
    n = np.asarray(agents)
    if not np.issubdtype(n.dtype, np.integer) or np.any(n < 0):
        raise ValueError("agents must be integers of at least 0")
    n, lost = np.broadcast_arrays(n, _percent("shrinkage_pct", shrinkage_pct, below=100.0))
    out = np.zeros(n.shape, dtype=np.int64)
    for percent in np.unique(lost):
        here = lost == percent
        kept = 100 - Fraction(repr(float(percent)))
        sizes, where = np.unique(n[here], return_inverse=True)
        rostered = [-(-int(size) * 100 * kept.denominator // kept.numerator) for size in sizes]
        out[here] = np.array(rostered, dtype=np.int64)[where]
    return out


def _offered_load(calls: npt.ArrayLike, open_s: npt.ArrayLike, aht_s: npt.ArrayLike) -> FloatArray:
    open_seconds = nonnegative("open_s", open_s, zero_allowed=True)
    is_open = open_seconds > 0.0
    offered = np.where(is_open, np.asarray(calls, dtype=np.float64), 0.0)
    if np.isnan(offered).any():
        raise ValueError("calls are missing (NaN) in an open interval; missing is not zero")
    return np.asarray(offered * np.asarray(aht_s, dtype=np.float64) / np.where(is_open, open_seconds, 1.0))


@dataclass(frozen=True)
class _Cells:
    """Distinct loads with their targets, of shape (m,) each."""

    load: FloatArray
    aht_s: FloatArray
    level: FloatArray
    within_s: FloatArray
    occupancy: FloatArray
    patience_s: FloatArray

    @classmethod
    def of(cls, rows: FloatArray) -> "_Cells":
        load, aht_s, level_pct, within_s, occupancy_pct, patience_s = rows
        level = level_pct / 100.0 * (1.0 - BOUNDARY)
        occupancy = occupancy_pct / 100.0 * (1.0 + BOUNDARY)
        return cls(load, aht_s, level, within_s, occupancy, patience_s)

    def least_agents(self) -> IntArray:
        return least_adequate(self.adequate, np.ceil(self.load + np.sqrt(self.load)).astype(np.int64))

    def adequate(self, index: IntArray, agents: IntArray) -> npt.NDArray[np.bool_]:
        out = np.zeros(index.size, dtype=np.bool_)
        endless = np.isinf(self.patience_s[index])
        i, n = index[endless], agents[endless]
        level = erlang_c.service_level(self.load[i], n, self.within_s[i], self.aht_s[i])
        busy = erlang_c.occupancy(self.load[i], n)
        out[endless] = (level >= self.level[i]) & (busy <= self.occupancy[i]) & (self.load[i] < n)
        i, n = index[~endless], agents[~endless]
        patient = self.aht_s[i], self.patience_s[i]
        level = erlang_a.service_level(self.load[i], n, self.within_s[i], *patient)
        busy = erlang_a.occupancy(self.load[i], n, *patient)
        out[~endless] = (level >= self.level[i]) & (busy <= self.occupancy[i])
        return out


def least_adequate(adequate: Adequate, start: IntArray) -> IntArray:
    """The least number of agents of each cell that is adequate, at least 1.

    Args:
        adequate: says for cells (their indices, shape (k,)) and agents (same shape) whether these are enough; more
            agents must never be less adequate.
        start: a guess near the answer for each cell, shape (m,).
    """
    # Gallop outwards from a start near the answer, then bisect; 0 agents are never adequate. More agents never
    # serve worse, so the answer is the one a walk up from 1 would find.
    low, high = np.zeros_like(start), np.maximum(start, 1)
    fits = adequate(np.arange(start.size), high)
    short, ample, step = np.flatnonzero(~fits), np.flatnonzero(fits), 1
    while short.size:
        low[short] = high[short]
        high[short] += step
        short = short[~adequate(short, high[short])]
        step *= 2
    step = 1
    while (ample := ample[high[ample] > step]).size:
        fits = adequate(ample, high[ample] - step)
        low[ample[~fits]] = high[ample[~fits]] - step
        ample = ample[fits]
        high[ample] -= step
        step *= 2
    while (wide := np.flatnonzero(high - low > 1)).size:
        middle = (low[wide] + high[wide]) // 2
        fits = adequate(wide, middle)
        high[wide[fits]] = middle[fits]
        low[wide[~fits]] = middle[~fits]
    return high


def _percent(name: str, value: npt.ArrayLike, *, above: float | None = None, below: float | None = None) -> FloatArray:
    out = np.asarray(value, dtype=np.float64)
    low = out > above if above is not None else out >= 0.0
    high = out < below if below is not None else out <= 100.0
    if not np.all(low & high):
        start = f"more than {above:g}" if above is not None else "at least 0"
        end = f"less than {below:g}" if below is not None else "at most 100"
        raise ValueError(f"{name} must be {start} and {end}")
    return out
