"""The rows' part of a step of prices: each row's proximal point, alone or together with those that vary with it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from rotation.solve.kernel.arrays import Arrays
from rotation.solve.kernel.scale import SCALE

UNIT = 1 << 20
"""Expected activities are whole multiples of 1/UNIT, so that they do not depend on who adds them up."""
FAR = 1 << 40
STILL = 0.25
"""A step of a price that no longer counts, scaled points."""
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
def answer(a: Arrays, g: int, t: int, price: float, there: float, stiffness: float) -> float:
    """The best price of one row, where the people's activity falls by ``stiffness`` with each scaled point."""
    below, above = np.int64(0), np.int64(0)
    for h in range(a.above.shape[1]):
        if a.used[g, h]:
            below += 0 if a.above[g, h] else a.points[g, h, t]
            above += a.points[g, h, t] if a.above[g, h] else 0
    target = price + there / stiffness
    best = target - proximal(a, g, t, target, 1 / stiffness) / stiffness
    return min(max(best, -below * SCALE), above * SCALE)


@njit(cache=True, nogil=True)
def climb_alone(a: Arrays, alive: Any, hard: Any, expected: Any, mu: Any, fresh: Any, pace: Any) -> None:
    """Each row alone takes its best price, against a stiffness that grows with its activity.

    Args:
        a: the instance.
        alive: the rows, (G, T).
        hard: whether a row has a hard limit, (G,).
        expected: what mixed weeks amount to, in 1/UNIT, (G, T).
        mu: prices at which they were mixed, (G, T), scaled.
        fresh: filled with the new prices of these rows, (G, T).
        pace: (heat, stiffness).
    """
    heat, stiffness = pace
    for g in range(alive.shape[0]):
        for t in range(alive.shape[1]):
            if alive[g, t]:
                there = expected[g, t] / UNIT
                own = stiffness * max(abs(there), HARD_SPREAD if hard[g] else SPREAD) / heat
                fresh[g, t] = answer(a, g, t, mu[g, t], there, own)


@njit(cache=True, nogil=True)
def climb_in_turn(a: Arrays, spots: Any, curvature: Any, there: Any, price: Any, trusted: Any, sweeps: int) -> None:
    """Rows take their best prices one after the other, again and again, each beside what the others have taken.

    Args:
        a: the instance.
        spots: the rows (group, interval) by position, group -1 for none, (N, 2).
        curvature: of the people's part, per scaled point, see :mod:`rotation.solve.kernel.curvature`.
        there: the people's activity at today's prices, (N,); changed with them.
        price: today's, scaled, (N,); changed.
        trusted: the lowest and the highest prices at which the curvature is trusted, (N,) each.
        sweeps: how often at most.
    """
    count = spots.shape[0]
    for sweep in range(sweeps):
        farthest = 0.0
        for n in range(count):
            i = n if sweep % 2 == 0 else count - 1 - n
            if spots[i, 0] < 0:
                continue
            best = answer(a, spots[i, 0], spots[i, 1], price[i], there[i], curvature[i, i])
            step = min(max(best, trusted[0][i]), trusted[1][i]) - price[i]
            if step != 0.0:
                price[i] += step
                row = curvature[i]
                for j in range(count):
                    there[j] -= step * row[j]
                farthest = max(farthest, abs(step))
        if farthest < STILL:
            break


@njit(cache=True, nogil=True)
def find_corners(a: Arrays, spots: Any, price: Any, corner: Any, edges: Any) -> None:
    """For each row whose price lies inside the slopes of a corner of its cost: that corner.

    Args:
        a, spots, price: see :func:`climb_in_turn`.
        corner: filled with the activity at the corner, or FAR where the price is at a slope itself, (N,).
        edges: filled with the slopes before and behind the corner, scaled, (N, 2).
    """
    for i in range(spots.shape[0]):
        g, t = spots[i]
        corner[i] = FAR
        if g < 0:
            continue
        for h in range(a.above.shape[1]):
            if not a.used[g, h] or a.points[g, h, t] == 0:
                continue
            limit, before, behind = a.limit[g, h, t], np.int64(0), np.int64(0)
            for other in range(a.above.shape[1]):
                if a.used[g, other]:
                    points, there = a.points[g, other, t], a.limit[g, other, t]
                    if a.above[g, other]:
                        before += points if there < limit else 0
                        behind += points if there <= limit else 0
                    else:
                        before -= points if there >= limit else 0
                        behind -= points if there > limit else 0
            if before * SCALE < price[i] < behind * SCALE:
                corner[i], edges[i, 0], edges[i, 1] = limit, before * SCALE, behind * SCALE
