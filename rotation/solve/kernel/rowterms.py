"""The rows' side of the Lagrangian dual: each row alone at its price, and the activities within its reach."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from rotation.solve.kernel.arrays import Arrays
from rotation.solve.kernel.cells import may_serve
from rotation.solve.kernel.rowcost import row_cost
from rotation.solve.kernel.scale import PART, SCALE

FAR = 1 << 26
"""An activity that no row reaches."""


@njit(cache=True, nogil=True)
def row_term(a: Arrays, g: int, t: int, mu: int) -> Any:
    """The least of a row's cost minus price times activity, over all whole activities, and where it is taken.

    The cost is convex and piecewise linear, so the least is taken at a hinge as long as the price lies between the
    steepest slopes.

    Args:
        a: the instance.
        g, t: the row.
        mu: price of a unit, scaled, inside the steepest slopes.

    Returns:
        The least, scaled; the first and the last activity at which it is taken.
    """
    below, above, best, first, last, known = 0, 0, 0, 0, 0, False
    for h in range(a.above.shape[1]):
        points = a.points[g, h, t] if a.used[g, h] else 0
        if points == 0:
            continue
        if a.above[g, h]:
            above += points
        else:
            below += points
        x = a.limit[g, h, t]
        cost = row_cost(a, g, t, x) - mu * x
        if not known or cost < best:
            best, first, last, known = cost, x, x, True
        elif cost == best:
            first, last = min(first, x), max(last, x)
    return best, first if known and mu > -below * SCALE else -FAR, last if known and mu < above * SCALE else FAR


@njit(cache=True, nogil=True)
def row_terms(a: Arrays, which: Any, mu: Any, low: Any, high: Any) -> int:
    """The terms of many rows.

    Args:
        a: the instance.
        which: the rows asked for, (G, T).
        mu: prices of a unit, (G, T), scaled, inside the steepest slopes.
        low, high: filled with the first and the last activity at which the least is taken, (G, T).

    Returns:
        The sum over these rows, scaled.
    """
    total = 0
    for g in range(a.limit.shape[0]):
        for t in range(1 if a.is_week[g] else a.limit.shape[2]):
            if which[g, t]:
                best, low[g, t], high[g, t] = row_term(a, g, t, mu[g, t])
                total += best
    return total


@njit(cache=True, nogil=True)
def correct(a: Arrays, soft: Any, activity: Any, pace: Any, first: Any, mu: Any, low: Any, high: Any) -> None:
    """Raise the prices of rows with more activity than is best at them, and lower those of rows with less.

    Args:
        a: the instance.
        soft: whether a group has no hard limit, (G,).
        activity: (G, T).
        pace: by how much for each unit, and how far from the first prices at most, scaled.
        first: the first prices, (G, T).
        mu: prices, (G, T), scaled; changed.
        low, high: the first and the last activity that is best at them, (G, T), 1/PART; changed with them.
    """
    amount, far = pace
    for g in range(a.limit.shape[0]):
        if not soft[g]:
            continue
        for t in range(1 if a.is_week[g] else a.limit.shape[2]):
            x = activity[g, t] * PART
            off = min(x - low[g, t], 0) + max(x - high[g, t], 0)
            if off != 0:
                below, above = 0, 0
                for h in range(a.above.shape[1]):
                    points = a.points[g, h, t] if a.used[g, h] else 0
                    above += points if a.above[g, h] else 0
                    below += 0 if a.above[g, h] else points
                price = mu[g, t] + np.int64(np.rint(amount * off / PART))
                price = min(max(price, first[g, t] - far), first[g, t] + far)
                mu[g, t] = min(max(price, -below * SCALE), above * SCALE)
                _, least, most = row_term(a, g, t, mu[g, t])
                low[g, t], high[g, t] = least * PART, most * PART


@njit(cache=True, nogil=True)
def reach(a: Arrays, least: Any, most: Any) -> None:
    """Add to ``least`` and ``most``, (G, T), what each row's activity would be if all served wherever they may."""
    for e in range(a.available.shape[0]):
        for r in range(a.run_start[e], a.run_start[e + 1]):
            for i in range(a.entry_start[e], a.entry_start[e + 1]):
                g, c, q = a.entry_group[i], a.entry_coefficient[i], a.entry_queue[i]
                low, high = least[g], most[g]
                for t in range(a.run_first[r], a.run_end[r]):
                    if q < 0 or may_serve(a, e, q, t):
                        low[0 if a.is_week[g] else t] += min(c, 0)
                        high[0 if a.is_week[g] else t] += max(c, 0)
