"""A step of prices with momentum: each row alone goes to its proximal point."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from rotation.solve.kernel.arrays import Arrays
from rotation.solve.kernel.climbing import HARD_SPREAD, SPREAD, UNIT, proximal
from rotation.solve.kernel.scale import SCALE


@njit(cache=True, nogil=True)
def climb(a: Arrays, alive: Any, hard: Any, expected: Any, ahead: Any, mu: Any, fresh: Any, pace: Any) -> float:
    """A step of FISTA before its momentum: along the people's gradient, then to each row's proximal point.

    Args:
        a: the instance.
        alive: rows whose price moves, (G, T).
        hard: whether a row has a hard limit, (G, T).
        expected: what mixed weeks amount to, in 1/UNIT, (G, T).
        ahead: prices at which the weeks were mixed, (G, T), 1/256 point.
        mu: prices after the last step, (G, T).
        fresh: filled with those after this step where rows are alive, (G, T).
        pace: (heat, stiffness).

    Returns:
        The sum that is positive when the momentum leads uphill no more (O'Donoghue and Candes 2015).
    """
    heat, stiffness = pace
    against = 0.0
    for g in range(alive.shape[0]):
        for t in range(alive.shape[1]):
            if not alive[g, t]:
                continue
            below, above = np.int64(0), np.int64(0)
            for h in range(a.above.shape[1]):
                if a.used[g, h]:
                    below += 0 if a.above[g, h] else a.points[g, h, t]
                    above += a.points[g, h, t] if a.above[g, h] else 0
            there = expected[g, t] / UNIT
            length = heat / (stiffness * max(abs(there), HARD_SPREAD if hard[g, t] else SPREAD))
            target = ahead[g, t] + length * there
            price = target - length * proximal(a, g, t, target, length)
            price = min(max(price, -below * SCALE), above * SCALE)
            fresh[g, t] = price
            against += (ahead[g, t] - price) * (price - mu[g, t]) / length
    return against


@njit(cache=True, nogil=True)
def carry_on(alive: Any, fresh: Any, mu: Any, ahead: Any, momentum: float) -> None:
    """Go on from the fresh prices in the direction of the step; ``mu`` takes the fresh prices over."""
    for g in range(alive.shape[0]):
        for t in range(alive.shape[1]):
            if alive[g, t]:
                ahead[g, t] = fresh[g, t] + momentum * (fresh[g, t] - mu[g, t])
                mu[g, t] = fresh[g, t]
