"""The rows' side of the Lagrangian dual: each row alone at its price, and the activities within its reach."""

from __future__ import annotations

from typing import Any

from numba import njit

from rotation.solve.kernel.arrays import Arrays
from rotation.solve.kernel.cells import may_serve
from rotation.solve.kernel.rowcost import row_cost
from rotation.solve.kernel.scale import SCALE

FAR = 1 << 26
"""An activity that no row reaches."""


@njit(cache=True, nogil=True)
def row_terms(a: Arrays, which: Any, mu: Any, low: Any, high: Any) -> int:
    """For each row asked for the least of its cost minus price times activity, over all whole activities.

    The cost is convex and piecewise linear, so the least is taken at a hinge as long as the price lies between the
    steepest slopes.

    Args:
        a: the instance.
        which: the rows, (G, T).
        mu: prices of a unit, (G, T), scaled, inside the steepest slopes.
        low, high: filled with the first and the last activity at which the least is taken, (G, T).

    Returns:
        The sum over these rows, scaled.
    """
    total = 0
    for g in range(a.limit.shape[0]):
        for t in range(1 if a.is_week[g] else a.limit.shape[2]):
            if not which[g, t]:
                continue
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
                cost = row_cost(a, g, t, x) - mu[g, t] * x
                if not known or cost < best:
                    best, first, last, known = cost, x, x, True
                elif cost == best:
                    first, last = min(first, x), max(last, x)
            low[g, t] = first if known and mu[g, t] > -below * SCALE else -FAR
            high[g, t] = last if known and mu[g, t] < above * SCALE else FAR
            total += best
    return total


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
