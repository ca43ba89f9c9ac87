"""Prices of rows by steps with momentum, each row alone: many steps, which cope with hard rows of small groups.

As in :mod:`rotation.solve.prices` the steps climb a smooth neighbour of the bound while its heat falls. Rows keep their
corners: each takes its proximal point exactly (Beck and Teboulle 2009, FISTA, with the restart of O'Donoghue and Candes
2015).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rotation.solve.crew import Crew
from rotation.solve.instance import Instance
from rotation.solve.jobs import mix_share
from rotation.solve.kernel.momentum import carry_on, climb
from rotation.solve.kernel.rowterms import row_terms
from rotation.solve.kernel.scale import SCALE
from rotation.solve.prices import PriceAscent
from rotation.solve.rowtable import HARD, Int64
from rotation.solve.sampling import sample_of

HOT = 2.0
"""What mixing hides at the start, as a multiple of the best plan's points; from less, far prices come too late."""
WARM, COLDEST = 0.006, 0.0005
"""Shares of the bound hidden by mixing: below the first, heat falls only when the bound rests; the second ends it."""
COOLING_STEPS = 150
"""Steps in which the heat falls from HOT to WARM, where there is time for them."""
PATIENCE, RESTED = 10, 0.7
"""Steps without a better bound before the steps go back to the best prices and the heat falls, and how far."""
STIFFNESS, STIFFER = 4.0, 1.3
"""How much closer than its own spread a row must step, because rows move together; grows at every restart."""

Float = NDArray[np.float64]


class MomentumAscent(PriceAscent):
    """Raises the bound step by step, see :class:`rotation.solve.prices.PriceAscent`, over everybody from the start.

    Args:
        instance: the week.
        crew: who prices the employees.
        cooling_steps: in how many steps the heat is to fall to where the bound is nearly the true one.
    """

    def __init__(self, instance: Instance, crew: Crew, cooling_steps: int = COOLING_STEPS) -> None:
        super().__init__(instance, crew)
        self._hard_at = (instance.rows.points >= HARD).any(axis=1)
        self._take(sample_of(crew.arrays, instance.employees, self._rng))
        self._alive, self._mu = self._movable, self.prices.astype(np.float64)
        self._leading, self._fresh, self._inertia = self._mu.copy(), self._mu.copy(), 1.0
        self._heat, self._stiffness = 0.0, STIFFNESS
        self._cooling = (WARM / HOT) ** (1 / cooling_steps)
        self._cold = False

    def step(self, upper: int) -> int:
        """One step; ``upper``, the points of the best plan known, sets the first heat. Returns the bound so far."""
        mu = self._whole(self._leading)
        if self._heat == 0:
            self._heat = max(upper, 1) * SCALE / max(self.instance.employees, 1)
            _, cost, mixed = self._mix(mu)
            self._heat *= HOT * max(upper, 1) * SCALE / max(cost - mixed, SCALE)
        expected, cost, mixed = self._mix(mu)
        value = cost + self._still + row_terms(self._arrays, self._alive, mu, self._low, self._high)
        self._since, self.steps = self._since + 1, self.steps + 1
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

    def _mix(self, mu: Int64) -> tuple[Int64, int, int]:
        """What everybody's mixed weeks amount to; the costs of everybody's cheapest and mixed weeks, scaled."""
        self.work += self.instance.employees
        found = self.crew.run(mix_share, [(share, mu, self._heat, 0, self.metric) for share in self._shares])
        expected = found[0][0]
        for activity, *_ in found[1:]:
            expected += activity
        return expected, sum(one[1] for one in found), sum(one[2] for one in found)

    def _whole(self, mu: Float) -> Int64:
        return np.clip(np.rint(mu), self._floor, self._ceiling).astype(np.int64)

    def _climb(self, expected: Int64) -> None:
        """Move the prices and renew the momentum, or give it up where it leads uphill no more."""
        pace = (self._heat, self._stiffness)
        rows = self._alive, self._hard_at
        against = climb(self._arrays, *rows, expected, self._leading, self._mu, self._fresh, pace)
        if against > 0:
            self._inertia, self._stiffness = 1.0, self._stiffness * STIFFER
        inertia = (1 + np.sqrt(1 + 4 * self._inertia**2)) / 2
        carry_on(self._alive, self._fresh, self._mu, self._leading, (self._inertia - 1) / inertia)
        self._inertia = inertia

    def _cool(self, hidden: int) -> None:
        """Let the heat fall: steadily while mixing hides much of the bound, then whenever the bound rests."""
        if hidden > WARM * max(self._best, SCALE) and self._heat > 1:
            self._heat, self._since = max(self._heat * self._cooling, 1.0), 0
        elif self._since >= PATIENCE:
            self._cold = hidden < COLDEST * max(self._best, SCALE) or self._heat <= 1
            if not self._cold:
                self._heat, self._since = max(self._heat * RESTED, 1.0), 0
                self._mu = self.prices.astype(np.float64)
                self._leading = self._mu.copy()
                self._inertia, self._stiffness = 1.0, self._stiffness * STIFFER
