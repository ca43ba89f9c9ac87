"""What it costs an employee to serve a cell: own points plus the rows the cell counts in."""

from __future__ import annotations

from typing import Any

from numba import njit

from rotation.solve.kernel.arrays import Arrays
from rotation.solve.kernel.week import BLOCKED, SCALE, UNREACHABLE
from rotation.solve.rowtable import HARD
from rotation.solve.weekshape import FORBIDDEN


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
    and ``rho`` times the square of the distance from the activities [low, high] that are best at that price. Hard
    limits cost their full points either way."""
    if rho == 0:
        return row_cost(a, g, t, x)
    if a.points[g, 0, t] >= HARD:
        return row_cost(a, g, t, x) + mu[g, t] * x
    off = low[g, t] - x if x < low[g, t] else (x - high[g, t] if x > high[g, t] else 0)
    return mu[g, t] * x + rho * off * off


@njit(cache=True, nogil=True)
def may_serve(a: Arrays, e: int, q: int, t: int) -> bool:
    """Whether an employee is free, certified for a queue and the queue open in an interval."""
    return a.available[e, t] and a.queue_open[q, t] and a.serve_first[e, q] <= t and t < a.serve_last[e, q]


@njit(cache=True, nogil=True)
def queues_of(a: Arrays, e: int, queue_of: Any) -> int:
    """List the queues that an employee may serve at some time; returns their number."""
    count = 0
    for q in range(a.serve_first.shape[1]):
        if a.serve_first[e, q] < a.serve_last[e, q]:
            queue_of[count] = q
            count += 1
    return count


@njit(cache=True, nogil=True)
def own_terminal(a: Arrays, e: int, terminal: Any) -> int:
    """Scaled points of serving n intervals in all; returns the width: one more than the most that is allowed."""
    width = 0
    for n in range(a.served_points.shape[1]):
        if a.served_points[e, n] < FORBIDDEN:
            terminal[n] = a.served_points[e, n] * SCALE
            width = n + 1
        else:
            terminal[n] = UNREACHABLE
    return width


@njit(cache=True, nogil=True)
def linear_prefix(a: Arrays, e: int, price: Any, queues: int, queue_of: Any, prefix: Any) -> None:
    """Prefix sums of cell prices when every row has a price for each unit, (G, T), scaled."""
    for k in range(queues):
        q, total = queue_of[k], 0
        prefix[k, 0] = 0
        for t in range(a.available.shape[1]):
            if may_serve(a, e, q, t):
                total += a.interval_points[e, t] * SCALE
                for i in range(a.entry_start[e], a.entry_start[e + 1]):
                    g = a.entry_group[i]
                    if a.entry_queue[i] == q or (a.entry_queue[i] < 0 and not a.is_week[g]):
                        total += a.entry_coefficient[i] * price[g, 0 if a.is_week[g] else t]
            else:
                total += BLOCKED
            prefix[k, t + 1] = total


@njit(cache=True, nogil=True)
def linear_terminal(a: Arrays, e: int, price: Any, width: int, terminal: Any) -> None:
    """Add the prices of the rows that count all intervals of the week, on whichever queue."""
    for i in range(a.entry_start[e], a.entry_start[e + 1]):
        g = a.entry_group[i]
        if a.is_week[g] and a.entry_queue[i] < 0:
            for n in range(width):
                terminal[n] += n * a.entry_coefficient[i] * price[g, 0]


@njit(cache=True, nogil=True)
def marginal_prefix(
    a: Arrays, e: int, up: Any, activity: Any, guide: Any, queues: int, queue_of: Any, prefix: Any
) -> None:
    """Prefix sums of what one more unit in each row would cost at today's activity (without the employee).

    Args:
        up: cost of one more unit of each row, (G, T), scaled; other coefficients are worked out.
        activity: (G, T).
        guide: (mu, rho, low, high), see :func:`guided_cost`.
    """
    mu, rho, low, high = guide
    for k in range(queues):
        q, total = queue_of[k], 0
        prefix[k, 0] = 0
        for t in range(a.available.shape[1]):
            if may_serve(a, e, q, t):
                total += a.interval_points[e, t] * SCALE
                for i in range(a.entry_start[e], a.entry_start[e + 1]):
                    g = a.entry_group[i]
                    if a.entry_queue[i] == q or (a.entry_queue[i] < 0 and not a.is_week[g]):
                        column = 0 if a.is_week[g] else t
                        if a.entry_coefficient[i] == 1:
                            total += up[g, column]
                        else:
                            x = activity[g, column]
                            total += guided_cost(a, g, column, x + a.entry_coefficient[i], mu, rho, low, high)
                            total -= guided_cost(a, g, column, x, mu, rho, low, high)
            else:
                total += BLOCKED
            prefix[k, t + 1] = total


@njit(cache=True, nogil=True)
def marginal_terminal(a: Arrays, e: int, activity: Any, guide: Any, width: int, terminal: Any) -> None:
    """Add what n more intervals would cost in the rows that count the whole week."""
    mu, rho, low, high = guide
    for i in range(a.entry_start[e], a.entry_start[e + 1]):
        g = a.entry_group[i]
        if a.is_week[g] and a.entry_queue[i] < 0:
            now = guided_cost(a, g, 0, activity[g, 0], mu, rho, low, high)
            for n in range(width):
                x = activity[g, 0] + n * a.entry_coefficient[i]
                terminal[n] += guided_cost(a, g, 0, x, mu, rho, low, high) - now
