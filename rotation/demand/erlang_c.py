"""Erlang C (M/M/n): every caller waits until answered.

Conventions, the same in every function:
- No calls (load 0): nobody waits, level 1, wait 0, occupancy 0, also with no agents.
- Load at or above the number of agents: the queue grows without end. It is called unstable and given its limit:
  everybody waits (delay probability 1), level 0 whatever the target time, wait infinite, occupancy 1.

Source: A. K. Erlang 1917; formulas as in R. B. Cooper, "Introduction to Queueing Theory", 1981, chapter 3.
May not know: patience, shrinkage, targets to reach.
"""

import numpy as np
import numpy.typing as npt

from rotation.demand.erlang_b import checked, log_free_odds, nonnegative
from rotation.demand.gamma_integral import FloatArray


def delay_probability(load: npt.ArrayLike, agents: npt.ArrayLike) -> FloatArray:
    """Return the share of calls that wait at all.

    Args:
        load: Erlangs, at least 0, any shape.
        agents: Integers of at least 0, broadcast against `load`.

    Returns:
        Array of the broadcast shape; 1 where unstable.

    Raises:
        ValueError: A load or a number of agents is out of range.
    """
    return _delay_and_free(load, agents)[0]


def service_level(
    load: npt.ArrayLike, agents: npt.ArrayLike, target_s: npt.ArrayLike, aht_s: npt.ArrayLike
) -> FloatArray:
    """Return the share of calls answered within the target time: 1 - C * exp(-(n - load) * target / aht).

    Args:
        load: Erlangs, at least 0, any shape.
        agents: Integers of at least 0.
        target_s: Seconds, at least 0.
        aht_s: Mean handle time in seconds, more than 0.

    Returns:
        Array of the shape all arguments broadcast to; 0 where unstable.

    Raises:
        ValueError: An argument is out of range.
    """
    target = nonnegative("target_s", target_s, zero_allowed=True)
    aht = nonnegative("aht_s", aht_s, zero_allowed=False)
    a, n = checked(load, agents)
    waits, free = _delay_and_free(a, n)
    # Both terms are positive, so a level near 0 keeps its relative accuracy as well as one near 1.
    return np.asarray(free - waits * np.expm1(-np.maximum(n - a, 0.0) * (target / aht)))


def average_speed_of_answer(load: npt.ArrayLike, agents: npt.ArrayLike, aht_s: npt.ArrayLike) -> FloatArray:
    """Return the mean wait over all calls, those answered at once included: C * aht / (n - load).

    Args:
        load: Erlangs, at least 0, any shape.
        agents: Integers of at least 0.
        aht_s: Mean handle time in seconds, more than 0.

    Returns:
        Seconds, of the broadcast shape; infinite where unstable.

    Raises:
        ValueError: An argument is out of range.
    """
    aht = nonnegative("aht_s", aht_s, zero_allowed=False)
    a, n = checked(load, agents)
    waits = _delay_and_free(a, n)[0]
    spare = n - a
    with np.errstate(divide="ignore"):
        per_delayed = np.where(spare > 0.0, 1.0 / np.maximum(spare, 0.0), np.where(a > 0.0, np.inf, 0.0))
    return np.where(a > 0.0, waits * per_delayed * aht, 0.0 * aht)


def occupancy(load: npt.ArrayLike, agents: npt.ArrayLike) -> FloatArray:
    """Return the share of their time that agents spend on calls: load / agents, at most 1.

    Args:
        load: Erlangs, at least 0, any shape.
        agents: Integers of at least 0.

    Returns:
        Array of the broadcast shape; 1 where unstable.

    Raises:
        ValueError: A load or a number of agents is out of range.
    """
    a, n = checked(load, agents)
    return np.where(a < n, a / np.maximum(n, 1), np.where(a > 0.0, 1.0, 0.0))


def _delay_and_free(load: npt.ArrayLike, agents: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    a, n = checked(load, agents)
    waits = np.where(a > 0.0, 1.0, 0.0)
    free = np.where(a > 0.0, 0.0, 1.0)
    live = (a > 0.0) & (a < n)
    spare_share = (n[live] - a[live]) / n[live]
    log_odds = log_free_odds(a[live], n[live]) + np.log(spare_share)
    waits[live] = np.exp(-np.logaddexp(0.0, log_odds))
    free[live] = np.exp(-np.logaddexp(0.0, -log_odds))
    return waits, free
