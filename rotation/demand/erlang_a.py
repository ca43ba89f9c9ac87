"""Erlang A (M/M/n+M, the Palm queue): callers hang up after an exponential patience.

The service level counts, out of all *offered* calls, those answered within the target time; a call that hangs up
is never answered in time, however soon it left. Stable for every load: a queue that people leave cannot grow
without end. As patience grows the values go to Erlang C, as it shrinks to Erlang B.

Conventions: no calls (load 0) means level 1, waits 0 and occupancy 0, also with no agents. With calls and no agents
everybody waits and hangs up: level 0, abandonment 1, mean wait the patience, occupancy 1, and an infinite speed of
answer, since there is no answer.

Source: Garnett, Mandelbaum & Reiman 2002, "Designing a call center with impatient customers"; Mandelbaum & Zeltyn
2007, "Service engineering in action: the Palm/Erlang-A queue". May not know: shrinkage, targets to reach.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from rotation.demand.erlang_b import checked, nonnegative
from rotation.demand.gamma_integral import FloatArray
from rotation.demand.palm import Palm

_Measure = Callable[[Palm, FloatArray, FloatArray], FloatArray]


def wait_probability(
    load: npt.ArrayLike, agents: npt.ArrayLike, aht_s: npt.ArrayLike, patience_s: npt.ArrayLike
) -> FloatArray:
    """Return the share of offered calls that find every agent busy.

    Args:
        load: Erlangs, at least 0, any shape.
        agents: Integers of at least 0.
        aht_s: Mean handle time in seconds, more than 0.
        patience_s: Mean patience in seconds, more than 0.

    Returns:
        Array of the shape all arguments broadcast to.

    Raises:
        ValueError: An argument is out of range.
    """

    def measure(palm: Palm, _patience: FloatArray, _target: FloatArray) -> FloatArray:
        waiting, total = _masses(palm)
        share: FloatArray = np.exp(waiting - total)
        return share

    return _evaluate(measure, load, agents, aht_s, patience_s, idle=0.0, unstaffed=1.0)


def service_level(
    load: npt.ArrayLike,
    agents: npt.ArrayLike,
    target_s: npt.ArrayLike,
    aht_s: npt.ArrayLike,
    patience_s: npt.ArrayLike,
) -> FloatArray:
    """Return the share of offered calls that are answered within the target time.

    Args:
        load: Erlangs, at least 0, any shape.
        agents: Integers of at least 0.
        target_s: Seconds, at least 0; with 0 the level is the share that finds a free agent.
        aht_s: Mean handle time in seconds, more than 0.
        patience_s: Mean patience in seconds, more than 0.

    Returns:
        Array of the shape all arguments broadcast to.

    Raises:
        ValueError: An argument is out of range.
    """

    def measure(palm: Palm, patience: FloatArray, target: FloatArray) -> FloatArray:
        total = _masses(palm)[1]
        with np.errstate(over="ignore"):
            until = target / patience
        level = np.exp(palm.log_free - total) + np.exp(palm.log_served_mass(until) - total)
        capped: FloatArray = np.minimum(level, 1.0)
        return capped

    return _evaluate(measure, load, agents, aht_s, patience_s, target_s, idle=1.0, unstaffed=0.0)


def abandonment_probability(
    load: npt.ArrayLike, agents: npt.ArrayLike, aht_s: npt.ArrayLike, patience_s: npt.ArrayLike
) -> FloatArray:
    """Return the share of offered calls that hang up before they are answered.

    Args, returns and raises as `wait_probability`.
    """

    def measure(palm: Palm, _patience: FloatArray, _target: FloatArray) -> FloatArray:
        return _abandoned(palm)

    return _evaluate(measure, load, agents, aht_s, patience_s, idle=0.0, unstaffed=1.0)


def mean_wait(
    load: npt.ArrayLike, agents: npt.ArrayLike, aht_s: npt.ArrayLike, patience_s: npt.ArrayLike
) -> FloatArray:
    """Return the mean time in queue over all offered calls, in seconds: patience * abandonment probability.

    Those answered at once count as 0, those who hung up with the time they waited.
    Args and raises as `wait_probability`.
    """

    def measure(palm: Palm, patience: FloatArray, _target: FloatArray) -> FloatArray:
        return patience * _abandoned(palm)

    patience = nonnegative("patience_s", patience_s, zero_allowed=False)
    return _evaluate(measure, load, agents, aht_s, patience, idle=0.0, unstaffed=patience)


def average_speed_of_answer(
    load: npt.ArrayLike, agents: npt.ArrayLike, aht_s: npt.ArrayLike, patience_s: npt.ArrayLike
) -> FloatArray:
    """Return the mean wait of the answered calls, in seconds, those answered at once included.

    Args and raises as `wait_probability`; infinite with calls and no agents.
    """

    def measure(palm: Palm, patience: FloatArray, _target: FloatArray) -> FloatArray:
        times, weights = palm.nodes()
        with np.errstate(divide="ignore"):
            delayed = np.log(palm.c) + np.log((times * weights).sum(axis=1))
        answered = np.logaddexp(palm.log_free, palm.log_served_mass(np.full_like(palm.r, np.inf)))
        seconds: FloatArray = patience * np.exp(delayed - answered)
        return seconds

    return _evaluate(measure, load, agents, aht_s, patience_s, idle=0.0, unstaffed=np.inf)


def occupancy(
    load: npt.ArrayLike, agents: npt.ArrayLike, aht_s: npt.ArrayLike, patience_s: npt.ArrayLike
) -> FloatArray:
    """Return the share of their time that agents spend on calls: load * answered share / agents.

    Args, returns and raises as `wait_probability`.
    """

    def measure(palm: Palm, _patience: FloatArray, _target: FloatArray) -> FloatArray:
        served = palm.log_served_mass(np.full_like(palm.r, np.inf))
        total = np.logaddexp(palm.log_free, palm.log_waiting_mass(served))
        answered = np.exp(np.logaddexp(palm.log_free, served) - total)
        busy: FloatArray = np.minimum(palm.load_per_agent * answered, 1.0)
        return busy

    return _evaluate(measure, load, agents, aht_s, patience_s, idle=0.0, unstaffed=1.0)


def _masses(palm: Palm) -> tuple[FloatArray, FloatArray]:
    waiting = palm.log_waiting_mass(palm.log_served_mass(np.full_like(palm.r, np.inf)))
    return waiting, np.logaddexp(palm.log_free, waiting)


def _abandoned(palm: Palm) -> FloatArray:
    times, weights = palm.nodes()
    mass = (weights * (1.0 - palm.r[:, None] * np.expm1(-times))).sum(axis=1)
    share: FloatArray = np.exp(np.log(mass) - _masses(palm)[1])
    return share


def _evaluate(
    measure: _Measure,
    load: npt.ArrayLike,
    agents: npt.ArrayLike,
    aht_s: npt.ArrayLike,
    patience_s: npt.ArrayLike,
    target_s: npt.ArrayLike = 0.0,
    *,
    idle: npt.ArrayLike,
    unstaffed: npt.ArrayLike,
) -> FloatArray:
    a, n = checked(load, agents)
    aht = nonnegative("aht_s", aht_s, zero_allowed=False)
    patience = nonnegative("patience_s", patience_s, zero_allowed=False)
    target = nonnegative("target_s", target_s, zero_allowed=True)
    if not (np.all(np.isfinite(aht)) and np.all(np.isfinite(patience))):
        raise ValueError("aht_s and patience_s must be finite; endless patience is Erlang C")
    a, n, aht, patience, target = np.broadcast_arrays(a, n, aht, patience, target)
    out: FloatArray = np.where(a > 0.0, unstaffed, idle).astype(np.float64)
    live = (a > 0.0) & (n > 0)
    if live.any():
        palm = Palm.of(a[live], n[live], patience[live] / aht[live])
        out[live] = measure(palm, patience[live], target[live])
    return out
