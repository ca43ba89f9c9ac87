"""Erlang B, as the odds that an arriving call finds a free agent when no call may wait.

The other two formulas stand on it. May not know: targets, patience, shrinkage.
"""

import numpy as np
import numpy.typing as npt

from rotation.demand.gamma_integral import FloatArray, bend, decay_integral

IntArray = npt.NDArray[np.int64]


def log_free_odds(load: FloatArray, agents: IntArray) -> FloatArray:
    """Return log((1 - B) / B) with B the Erlang B blocking probability.

    (1 - B)/B = n * integral over u >= 0 of exp(n*u - load*(e**u - 1)), the integral form of the inverse recursion
    1/B(n) = 1 + (n/load)/B(n-1) (Jagerman 1974, "Some properties of the Erlang loss function").

    Args:
        load: Shape (m,), erlangs, positive.
        agents: Shape (m,), at least 1.

    Returns:
        Shape (m,); the logarithm, because the odds themselves overflow for a small load and many agents.
    """
    n = agents.astype(np.float64)
    surplus = load - n
    crowded = surplus >= 0.0
    close = np.abs(surplus) < 0.5 * n
    peak = np.where(close, np.log1p(np.where(close, surplus / n, 0.0)), np.log(load) - np.log(n))
    peak = np.minimum(peak, 0.0)
    height = n * bend(-peak)
    slope = np.where(crowded, surplus, 0.0)
    curvature = np.where(crowded, load, n)
    total = decay_integral(slope, curvature, np.full_like(load, np.inf), -1)
    rising = ~crowded
    if rising.any():
        total[rising] += decay_integral(slope[rising], curvature[rising], -peak[rising], 1)
    return np.log(n) + height + np.log(total)


def blocking_probability(load: npt.ArrayLike, agents: npt.ArrayLike) -> FloatArray:
    """Return the share of calls that find every agent busy when no call may wait.

    Args:
        load: Erlangs, at least 0, any shape.
        agents: Integers of at least 0, broadcast against `load`.

    Returns:
        Array of the broadcast shape; 0 where the load is 0, 1 where there is load and nobody to answer.

    Raises:
        ValueError: A load or a number of agents is out of range.
    """
    a, n = checked(load, agents)
    out = np.where(a > 0.0, 1.0, 0.0)
    live = (a > 0.0) & (n > 0)
    out[live] = np.exp(-np.logaddexp(0.0, log_free_odds(a[live], n[live])))
    return out


def checked(load: npt.ArrayLike, agents: npt.ArrayLike) -> tuple[FloatArray, IntArray]:
    """Return load and agents broadcast together, as floats and integers.

    Args:
        load: Erlangs, any shape.
        agents: Integers, broadcast against `load`.

    Returns:
        Two arrays of one shape.

    Raises:
        ValueError: A load is negative or not finite, or agents are negative or not integers.
    """
    a = np.asarray(load, dtype=np.float64)
    n = np.asarray(agents)
    if not np.issubdtype(n.dtype, np.integer):
        raise ValueError(f"agents must be integers, not {n.dtype}")
    if not np.all(np.isfinite(a) & (a >= 0.0)):
        raise ValueError("load must be finite and at least 0 erlangs")
    if np.any(n < 0):
        raise ValueError("agents must be at least 0")
    a, n = np.broadcast_arrays(a, n)
    return a, n.astype(np.int64)


def nonnegative(name: str, value: npt.ArrayLike, *, zero_allowed: bool) -> FloatArray:
    """Return a duration as a float array.

    Args:
        name: What to call it in the message.
        value: Seconds, any shape.
        zero_allowed: Whether 0 is legal.

    Returns:
        The same values as floats.

    Raises:
        ValueError: A value is not a number, negative, or 0 where 0 is not legal.
    """
    out = np.asarray(value, dtype=np.float64)
    if not np.all((out >= 0.0) if zero_allowed else (out > 0.0)):
        raise ValueError(f"{name} must be {'at least' if zero_allowed else 'more than'} 0")
    return out
