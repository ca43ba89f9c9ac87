"""Prices of rows: the Lagrangian dual of all rows, raised step by step; at any prices it is a proven lower bound.

For prices mu of a unit of activity, no plan costs less than

    sum over rows of min_x (cost(x) - mu x)  +  sum over employees of the cheapest week at own points plus prices.

Subgradient steps of Polyak length towards the best plan known, along a heavily deflected direction (Camerini, Fratta
and Maffioli 1975), each row scaled by how steep its cost is. All sums are whole numbers of 1/256 point, so that the
bound carries no rounding error.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from rotation.solve.instance import Instance
from rotation.solve.kernel.arrays import Arrays, flatten
from rotation.solve.kernel.rowterms import imbalance, row_terms
from rotation.solve.kernel.sweeps import price_all
from rotation.solve.kernel.week import SCALE
from rotation.solve.roster import Roster
from rotation.solve.rowtable import HARD, Int64

DEFLECTION = 0.93
"""Share of the last direction that is kept; measured best of 0, 0.7, 0.85, 0.93 on weeks of 160 people."""
PATIENCE = 40
"""Steps without a better bound before the step length shrinks."""
SHRINK = 0.7
STEEPEST = 600
"""Points beyond which a steeper row is not scaled further."""

Float = NDArray[np.float64]


class PriceAscent:
    """Raises the bound step by step, from prices that suit a first plan.

    Args:
        instance: the week.
        activity: what a first plan amounts to in each row, (G, T).
        threads: how many share the employees.

    Attributes:
        arrays: the instance as the kernel reads it.
        bound: proven lower bound so far, points.
        prices: the prices that prove it, (G, T), 1/256 point.
        weeks: everybody's cheapest weeks at the last step's prices.
    """

    def __init__(self, instance: Instance, activity: Int64, threads: int = 1) -> None:
        self.instance, self.threads = instance, threads
        self.arrays: Arrays = flatten(instance)
        below, above = instance.rows.slopes()
        self._floor, self._ceiling = -below * SCALE, above * SCALE
        self._metric = np.maximum(np.minimum(below + above, STEEPEST) / 100.0, 1e-5) ** 2
        self._mu = self._start(activity)
        self._direction: Float = np.zeros(self._mu.shape)
        self._length, self._since = 1.0, 0
        self._best = -1
        self.prices: Int64 = np.zeros(self._mu.shape, dtype=np.int64)
        self._low, self._high = np.zeros_like(self.prices), np.zeros_like(self.prices)
        self._off = np.zeros_like(self.prices)
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
        """One step towards the points of the best plan known; returns the bound so far."""
        mu = np.clip(np.rint(self._mu), self._floor, self._ceiling).astype(np.int64)
        activity, value = self._price(mu)
        value += row_terms(self.arrays, mu, self._low, self._high)
        if value > self._best:
            self._best, self.prices, self._since = value, mu, 0
        else:
            self._since += 1
            if self._since >= PATIENCE:
                self._length, self._since = self._length * SHRINK, 0
        imbalance(self.arrays, activity, self._low, self._high, self._off)
        self._direction = DEFLECTION * self._direction + self._off * self._metric
        norm = float((self._direction**2 / self._metric).sum())
        if norm > 0:
            ahead = self._length * max(upper * SCALE - value, SCALE) / norm
            self._mu = np.clip(self._mu + ahead * self._direction, self._floor, self._ceiling)
        return self.bound

    @property
    def exhausted(self) -> bool:
        """Whether the steps have become too short to matter."""
        return self._length < 1e-3

    def best_activities(self) -> tuple[Int64, Int64]:
        """For the best prices the first and the last activity of each row that is best at its price, (G, T) each."""
        low, high = np.zeros_like(self.prices), np.zeros_like(self.prices)
        row_terms(self.arrays, self.prices, low, high)
        return low, high

    def _start(self, activity: Int64) -> Float:
        """The middle of each row's slopes at a plan; hard rows start free."""
        rows = self.instance.rows
        here = rows.cost(activity)
        slope = (rows.cost(activity + 1) - here + here - rows.cost(activity - 1)) / 2 * SCALE
        slope[(rows.points >= HARD).any(axis=1)] = 0
        return np.asarray(slope, dtype=np.float64)

    def _price(self, mu: Int64) -> tuple[Int64, int]:
        """Everybody's cheapest weeks: what they amount to, and their cost (scaled)."""
        edges = np.linspace(0, self.instance.employees, self.threads + 1).astype(int)
        weeks = self.weeks
        parts = [np.zeros(mu.shape, dtype=np.int64) for _ in range(self.threads)]
        jobs = [
            self._pool.submit(
                price_all, self.arrays, int(edges[n]), int(edges[n + 1]), mu, parts[n], weeks.shifts, weeks.counts
            )
            for n in range(self.threads)
        ]
        total = sum(int(job.result()) for job in jobs)
        return np.add.reduce(parts), total
