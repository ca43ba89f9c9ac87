"""What a row costs at an activity, and what a few units more would cost: true, or guided by prices."""

from __future__ import annotations

from typing import Any

from numba import njit

from rotation.solve.kernel.arrays import Arrays
from rotation.solve.kernel.scale import PART, SCALE
from rotation.solve.rowtable import HARD


@njit(cache=True, nogil=True)
def row_cost(a: Arrays, g: int, t: int, x: int) -> int:
    """True points of a row at activity ``x``, scaled."""
    total = 0
    for h in range(a.above.shape[1]):
        off = x - a.limit[g, h, t] if a.above[g, h] else a.limit[g, h, t] - x
        if off > 0:
            total += off * a.points[g, h, t]
    return total * SCALE


@njit(cache=True, nogil=True)
def guided_cost(a: Arrays, g: int, t: int, x: int, mu: Any, rho: int, low: Any, high: Any) -> int:
    """Cost of a row that guides a descent, scaled: true when ``rho`` is 0, otherwise the price ``mu`` of each unit
    and ``rho`` times the square of the distance from the activities [low, high], in 1/PART units, that are best at that
    price. Hard limits cost their full points either way."""
    if rho == 0:
        return row_cost(a, g, t, x)
    if a.points[g, 0, t] >= HARD:
        return row_cost(a, g, t, x) + mu[g, t] * x
    off = max(low[g, t] - x * PART, 0) + max(x * PART - high[g, t], 0)
    return mu[g, t] * x + rho * off * off // (PART * PART)


@njit(cache=True, nogil=True)
def rise(a: Arrays, g: int, t: int, c: int, activity: Any, guide: Any) -> int:
    """What ``c`` more units of a row would cost, scaled.

    Args:
        a: the instance.
        g, t: the row.
        c: units, of either sign.
        activity: today's, (G, T).
        guide: (mu, rho, low, high), see :func:`guided_cost`; with a ``rho`` of LINEAR only the prices count.
    """
    mu, rho, low, high = guide
    if rho < 0:
        return c * mu[g, t]
    x = activity[g, t]
    return guided_cost(a, g, t, x + c, mu, rho, low, high) - guided_cost(a, g, t, x, mu, rho, low, high)
