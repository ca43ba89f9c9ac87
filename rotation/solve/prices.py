"""Prices of rows: the Lagrangian dual of all rows, raised step by step; at any prices it is a proven lower bound.

For prices mu of a unit of activity, no plan costs less than

    sum over rows of min_x (cost(x) - mu x)  +  sum over employees of the cheapest week at own points plus prices.

The second sum has corners wherever two weeks cost the same, and subgradients get lost between them. So the steps climb
a smooth neighbour: every employee mixes weeks with probability proportional to exp(-cost / heat), and the heat falls
(Nesterov 2005, Smooth minimization of non-smooth functions). Rows keep their corners: each takes its proximal point
exactly (Beck and Teboulle 2009, FISTA, with the restart of O'Donoghue and Candes 2015). The bound itself is always that
of the true sums, in whole numbers of 1/256 point, so that it carries no rounding error.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from rotation.solve.instance import Instance
from rotation.solve.kernel.arrays import Arrays, flatten
from rotation.solve.kernel.mixing import UNIT, mix_all
from rotation.solve.kernel.rowterms import reach, row_terms
from rotation.solve.kernel.sweeps import price_all
from rotation.solve.kernel.week import SCALE
from rotation.solve.roster import Roster
from rotation.solve.rowtable import HARD, Int64

HOT = 2.0
"""What mixing hides at the start, as a multiple of the best plan's points; from less, far prices come too late."""
COOLING = 0.9624
"""Change of heat a step, until mixing hides little: a hundredth in 120 steps."""
WARM, COLDEST = 0.006, 0.0005
"""Shares of the bound hidden by mixing: below the first, heat falls only when the bound rests; the second ends it."""
PATIENCE, RESTED = 10, 0.7
"""Steps without a better bound before the steps go back to the best prices and the heat falls, and how far."""
STIFFNESS, STIFFER = 4.0, 1.3
"""How much closer than its own spread a row must step, because rows move together; grows at every restart."""
SPREAD, HARD_SPREAD = 0.5, 0.05
"""Least activity that a step counts on, so that rows nobody fills yet do not jump. Hard rows have far to go."""

Float = NDArray[np.float64]


class PriceAscent:
    """Raises the bound step by step.

    Args:
        instance: the week.
        threads: how many share the employees.

    Attributes:
        arrays: the instance as the kernel reads it.
        bound: proven lower bound so far, points.
        prices: the prices that prove it, (G, T), 1/256 point.
        weeks: everybody's cheapest weeks at the last step's prices.
    """

    def __init__(self, instance: Instance, threads: int = 1) -> None:
        self.instance, self.threads = instance, threads
        self.arrays: Arrays = flatten(instance)
        below, above = instance.rows.slopes()
        self._floor, self._ceiling = -below * SCALE, above * SCALE
        self._limits, self._slopes = _corners(instance)
        self._spread = np.where((instance.rows.points >= HARD).any(axis=1), HARD_SPREAD, SPREAD)
        self._held, self._mu = self._start()
        self._ahead, self._inertia = self._mu, 1.0
        self._heat, self._stiffness = 0.0, STIFFNESS
        self._since, self._cold = 0, False
        self._best = -1
        self.prices: Int64 = np.rint(self._mu).astype(np.int64)
        self._low, self._high = np.zeros_like(self.prices), np.zeros_like(self.prices)
        self.weeks = Roster.empty(instance)
        self._pool = ThreadPoolExecutor(threads)

    @property
    def bound(self) -> int:
        """Proven lower bound so far: all plans cost whole points, so it is rounded up."""
        return max(0, -(-self._best // SCALE))

    def close(self) -> None:
        """Let the threads go."""
        self._pool.shutdown()

    def step(self, upper: int) -> int:
        """One step; ``upper``, the points of the best plan known, sets the first heat. Returns the bound so far."""
        mu = np.clip(np.rint(self._ahead), self._floor, self._ceiling).astype(np.int64)
        if self._heat == 0:
            self._heat = max(upper, 1) * SCALE / max(self.instance.employees, 1)
            _, cost, mixed = self._price(mu)
            self._heat *= HOT * max(upper, 1) * SCALE / max(cost - mixed, SCALE)
        expected, cost, mixed = self._price(mu)
        value = cost + row_terms(self.arrays, mu, self._low, self._high)
        self._since += 1
        if value > self._best:
            self._since = 0 if value > self._best + SCALE else self._since
            self._best, self.prices = value, mu
        self._climb(expected)
        self._cool(cost - mixed)
        return self.bound

    @property
    def exhausted(self) -> bool:
        """Whether the heat is gone and the bound rests."""
        return self._cold and self._since >= PATIENCE

    def best_weeks(self) -> Roster:
        """Everybody's cheapest weeks at the best prices."""
        weeks = Roster.empty(self.instance)
        activity = np.zeros_like(self.prices)
        price_all(self.arrays, 0, self.instance.employees, self.prices, activity, weeks.shifts, weeks.counts)
        return weeks

    def best_activities(self) -> tuple[Int64, Int64]:
        """For the best prices the first and the last activity of each row that is best at its price, (G, T) each."""
        low, high = np.zeros_like(self.prices), np.zeros_like(self.prices)
        row_terms(self.arrays, self.prices, low, high)
        return low, high

    def _climb(self, expected: Float) -> None:
        """A step of FISTA: along the people's gradient, then each row's proximal point, then on with the momentum."""
        length = self._heat / (self._stiffness * np.maximum(np.abs(expected), self._spread))
        target = self._ahead + length * expected
        activity = (target - self._slopes[0]) / length
        for limit, slope in zip(self._limits, self._slopes[1:], strict=True):
            activity = np.where(activity > limit, np.maximum(limit, (target - slope) / length), activity)
        mu = np.clip(target - length * activity, self._floor, self._ceiling)
        mu[self._held] = self._mu[self._held]
        if float(((self._ahead - mu) * (mu - self._mu) / length).sum()) > 0:
            self._inertia, self._stiffness = 1.0, self._stiffness * STIFFER
        inertia = (1 + np.sqrt(1 + 4 * self._inertia**2)) / 2
        self._ahead = mu + (self._inertia - 1) / inertia * (mu - self._mu)
        self._mu, self._inertia = mu, inertia

    def _cool(self, hidden: int) -> None:
        """Let the heat fall: steadily while mixing hides much of the bound, then whenever the bound rests."""
        if hidden > WARM * max(self._best, SCALE) and self._heat > 1:
            self._heat, self._since = max(self._heat * COOLING, 1.0), 0
        elif self._since >= PATIENCE:
            self._cold = hidden < COLDEST * max(self._best, SCALE) or self._heat <= 1
            if not self._cold:
                self._heat, self._since = max(self._heat * RESTED, 1.0), 0
                self._mu = self._ahead = self.prices.astype(np.float64)
                self._inertia, self._stiffness = 1.0, self._stiffness * STIFFER

    def _start(self) -> tuple[NDArray[np.bool_], Float]:
        """Rows whose prices are held, and all first prices.

        Rows that nobody can reach have the slope at nothing, which loses nothing; hard rows that have no room at all
        have the steepest price, which says that they are forbidden; all others start free.
        """
        rows = self.instance.rows
        nothing = np.zeros((rows.groups, self.instance.intervals), dtype=np.int64)
        least, most = nothing.copy(), nothing.copy()
        reach(self.arrays, least, most)
        held = (least == 0) & (most == 0)
        held[rows.is_week, 1:] = True
        full = (rows.points >= HARD) & rows.above[:, :, None] & (rows.limit <= least[:, None, :])
        slope = (rows.cost(nothing + 1) - rows.cost(nothing - 1)) / 2 * SCALE
        mu = np.where(held, slope, np.where(full.any(axis=1), self._ceiling, 0.0))
        return held, np.asarray(mu, dtype=np.float64)

    def _price(self, mu: Int64) -> tuple[Float, int, int]:
        """What everybody's mixed weeks amount to; the cost of everybody's cheapest and mixed weeks (scaled)."""
        edges = np.linspace(0, self.instance.employees, self.threads + 1).astype(int)
        parts = [np.zeros(mu.shape, dtype=np.int64) for _ in range(self.threads)]
        jobs = [
            self._pool.submit(self._price_some, int(edges[n]), int(edges[n + 1]), mu, parts[n])
            for n in range(self.threads)
        ]
        costs = [job.result() for job in jobs]
        expected = np.add.reduce(parts) / UNIT
        return expected, sum(cost for cost, _ in costs), sum(mixed for _, mixed in costs)

    def _price_some(self, begin: int, end: int, mu: Int64, expected: Int64) -> tuple[int, int]:
        """Expected activity of some employees (added up), and their costs as in :meth:`_price`."""
        mixed = int(mix_all(self.arrays, begin, end, mu, self._heat, expected))
        activity, weeks = np.zeros_like(mu), self.weeks
        return int(price_all(self.arrays, begin, end, mu, activity, weeks.shifts, weeks.counts)), mixed


def _corners(instance: Instance) -> tuple[Float, Float]:
    """Every row's limits in rising order, (H, G, T), and the slopes of its cost between them, scaled, (H + 1, G, T)."""
    rows = instance.rows
    limit = np.where(rows.points > 0, rows.limit, 1 << 30)
    order = np.argsort(limit, axis=1, kind="stable")
    points = np.take_along_axis(rows.points, order, axis=1)
    first = -rows.slopes()[0][:, None, :]
    slopes = np.concatenate([first, first + np.cumsum(points, axis=1)], axis=1) * SCALE
    limits = np.take_along_axis(limit, order, axis=1)
    return np.moveaxis(limits, 1, 0).astype(np.float64), np.moveaxis(slopes, 1, 0).astype(np.float64)
