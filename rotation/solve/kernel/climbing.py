"""The rows' part of a step of prices: each row's proximal point, and the momentum, in one pass over the rows."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from rotation.solve.kernel.arrays import Arrays
from rotation.solve.kernel.scale import SCALE

UNIT = 1 << 20
"""Expected activities are whole multiples of 1/UNIT, so that they do not depend on who adds them up."""
FAR = 1 << 40
SPREAD, HARD_SPREAD = 0.5, 0.05
"""Least activity that a step counts on, so that rows nobody fills yet do not jump. Hard rows have far to go."""


@njit(cache=True, nogil=True)
def proximal(a: Arrays, g: int, t: int, target: float, length: float) -> Any:
    """A row's answer: the activity x at which cost(x) + (target - length x)^2 / (2 length) is least."""
    slope, last, hinges = np.int64(0), np.int64(-FAR), 0
    for h in range(a.above.shape[1]):
        if a.used[g, h]:
            hinges += 1
            if not a.above[g, h]:
                slope -= a.points[g, h, t]
    x = (target - slope * SCALE) / length
    for _ in range(hinges):
        limit, points = np.int64(FAR), np.int64(0)
        for h in range(a.above.shape[1]):
            if a.used[g, h] and a.points[g, h, t] > 0:
                here = np.int64(a.limit[g, h, t])
                if last < here < limit:
                    limit, points = here, a.points[g, h, t]
                elif here == limit:
                    points += a.points[g, h, t]
        if limit == FAR or x <= limit:
            break
        slope, last = slope + points, limit
        x = max(np.float64(limit), (target - slope * SCALE) / length)
    return x


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
