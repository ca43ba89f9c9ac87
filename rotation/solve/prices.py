"""Prices of rows: the Lagrangian dual of all rows, raised step by step; at any prices it is a proven lower bound.

For prices mu of a unit of activity, no plan costs less than

    sum over rows of min_x (cost(x) - mu x)  +  sum over employees of the cheapest week at own points plus prices.

The second sum has corners wherever two weeks cost the same, and subgradients get lost between them. So the steps climb
a smooth neighbour: every employee mixes weeks with probability proportional to exp(-cost / heat), and the heat falls
(Nesterov 2005, Smooth minimization of non-smooth functions). Its curvature is how what people serve varies together,
and with it each step goes to the best prices of a quadratic model, in which the rows keep their corners (Lee, Sun and
Saunders 2014, Proximal Newton-type methods), as far as the model is trusted (Conn, Gould and Toint 2000, Trust-region
methods). Large companies are first priced on a part of them. The bound itself is always that of the true sums over
everybody, in whole numbers of 1/256 point, so that it carries no rounding error.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rotation.solve.crew import Crew
from rotation.solve.instance import Instance
from rotation.solve.jobs import mix_share
from rotation.solve.kernel.arrays import Arrays
from rotation.solve.kernel.climbing import UNIT, climb_alone
from rotation.solve.kernel.rowterms import reach, row_terms
from rotation.solve.kernel.scale import PART, SCALE
from rotation.solve.kernel.sweeps import price_all
from rotation.solve.metric import metric_of
from rotation.solve.quadratic import climb_together
from rotation.solve.roster import Roster
from rotation.solve.rowtable import HARD, Int64
from rotation.solve.sampling import Sample, sample_of

HOT, WARM, COLDEST = 2.0, 0.004, 0.0005
"""What mixing hides: at the start, as a multiple of the best plan's points; of a part of the company at its end, and
of everybody at the end, as shares of the bound."""
COOL, REST, RESTED = 0.6, 0.2, 3e-4
"""How far the heat falls after a step that raises the smooth bound by less than these shares of what mixing hides and
of the bound, whichever is more."""
FIRST_SAMPLE, GROWTH = 2_000, 7
"""Employees of the first part of the company that is priced, and how much larger the next one is."""
CURVED = 2_000
"""Employees whose weeks say how rows vary together."""
SLACK = 0.05
"""Variance that every row is thought to have beside that of the people."""
DAMPED = 1e-3
"""The same as a share of the row's activity."""
RADIUS, WIDER, NARROWER, NARROWEST, WIDEST = 4.0, 2.0, 0.25, 0.05, 64.0
"""How far a price may step, in heats, because people soon answer otherwise than their curvature says: at first, and how
it changes after steps that climb and that do not."""
ALONE = 8.0
"""How much stiffer than its activity a row is that is priced alone, because rows move together."""
PATIENCE = 8
"""Steps without a better bound, once little is hidden, that end it."""

Float = NDArray[np.float64]


@dataclass(frozen=True)
class Standpoint:
    """What is known at some prices.

    Args:
        mu: the prices, (G, T), scaled.
        heat: at which weeks were mixed.
        expected: what mixed weeks amount to, (G, T), 1/UNIT.
        soft, true: the smooth bound and the bound, scaled.
        curvature: see :mod:`rotation.solve.kernel.curvature`.
    """

    mu: Int64
    heat: float
    expected: Float
    soft: int
    true: int
    curvature: Float


class PriceAscent:
    """Raises the bound step by step.

    Args:
        instance: the week.
        crew: who prices the employees.
        seed: of the parts of the company that are priced first.

    Attributes:
        bound: proven lower bound so far, points.
        steps: taken so far.
        work: employees priced so far.
        prices: the prices that prove it, (G, T), 1/256 point.
    """

    def __init__(self, instance: Instance, crew: Crew, seed: int = 0) -> None:
        self.instance, self.crew, self.steps, self.work = instance, crew, 0, 0
        below, above = instance.rows.slopes()
        self._floor, self._ceiling = -below * SCALE, above * SCALE
        self._hard = (instance.rows.points >= HARD).any(axis=(1, 2))
        self._movable, mu = self._start()
        self.metric, self._all_spots = metric_of(instance, self._movable)
        self.prices = np.clip(np.rint(mu), self._floor, self._ceiling).astype(np.int64)
        self._heat, self._radius, self._since, self._best = 0.0, RADIUS, 0, -1
        self._low, self._high = np.zeros_like(self.prices), np.zeros_like(self.prices)
        self._rng, self._size = np.random.default_rng(seed), FIRST_SAMPLE
        self._here: Standpoint | None = None
        self._take(sample_of(crew.arrays, FIRST_SAMPLE, self._rng))

    @property
    def _arrays(self) -> Arrays:
        return self.crew.arrays

    @property
    def bound(self) -> int:
        """Proven lower bound so far: all plans cost whole points, so it is rounded up."""
        return max(0, -(-self._best // SCALE))

    @property
    def whole(self) -> bool:
        """Whether everybody is priced."""
        return self.sample.times == 1.0

    def widen(self) -> None:
        """Price a larger part of the company from now on."""
        self._size *= GROWTH
        self._take(sample_of(self._arrays, self._size, self._rng))

    def step(self, upper: int) -> int:
        """One step; ``upper``, the points of the best plan known, sets the first heat. Returns the bound so far."""
        if self._heat == 0:
            self._heat = max(upper, 1) * SCALE / max(self.instance.employees, 1)
            first = self._look(self.prices)
            self._heat *= HOT * max(upper, 1) * SCALE / max(first.true - first.soft, SCALE)
        here = self._here or self._look(self.prices)
        there = self._look(self._ahead(here))
        self.steps += 1
        if there.soft > here.soft:
            self._here, self._radius = there, min(self._radius * WIDER, WIDEST)
            if there.soft - here.soft < max(REST * (there.true - there.soft), RESTED * abs(there.true)):
                self._heat = max(self._heat * COOL, 1.0)
        else:
            self._here, self._radius = here, self._radius * NARROWER
            if self._radius < NARROWEST:
                self._heat, self._radius = max(self._heat * COOL, 1.0), RADIUS
        if not self.whole and self._hidden < WARM:
            self.widen()
        return self.bound

    @property
    def exhausted(self) -> bool:
        """Whether little is hidden and the bound rests."""
        return self.whole and self._since >= PATIENCE and (self._hidden < COLDEST or self._heat <= 1)

    def best_activities(self) -> tuple[Int64, Int64]:
        """The first and the last activity of each row that is best at the best prices, in 1/PART, (G, T) each."""
        low, high = np.zeros_like(self.prices), np.zeros_like(self.prices)
        row_terms(self._arrays, np.ones_like(self._movable), self.prices, low, high)
        return low * PART, high * PART

    @property
    def _hidden(self) -> float:
        """Share of the bound that mixing hides."""
        here = self._here
        return 1.0 if here is None else (here.true - here.soft) / max(here.true, SCALE)

    def _take(self, sample: Sample) -> None:
        """Price the employees of a sample from now on, from today's prices."""
        self.sample, self._shares = sample, np.array_split(sample.who, self.crew.hands)
        self._alive = self._movable & (sample.weight > 0)[:, None]
        group, t = self._all_spots.T
        self._spots = np.column_stack([np.where(self._alive[group, t] & (group >= 0), group, -1), t])
        self._every = max(1, len(sample.who) // CURVED)
        if self._here is not None:
            self.prices, self._here, self._radius = self._here.mu, None, RADIUS
        self._still = row_terms(self._arrays, ~self._alive, self.prices, self._low, self._high)

    def _look(self, mu: Int64) -> Standpoint:
        """Mix everybody's weeks at some prices."""
        part = mu, self._heat, self._every, self.metric
        found = self.crew.run(mix_share, [(share, *part) for share in self._shares])
        times, counted = self.sample.times, sum(-(-len(share) // self._every) for share in self._shares)
        expected = np.sum([activity for activity, *_ in found], axis=0) * self.sample.weight[:, None]
        rows = self._still + row_terms(self._arrays, self._alive, mu, self._low, self._high)
        cost, mixed = sum(one[1] for one in found), sum(one[2] for one in found)
        if self.whole:
            true, soft = cost + rows, mixed + rows
        else:
            true, soft = int(cost * times) + rows, int(mixed * times) + rows
        curvature = found[0][3]
        for *_, other in found[1:]:
            curvature += other
        curvature *= times * len(self.sample.who) / max(counted, 1)
        self.work += len(self.sample.who)
        self._since += 1
        if self.whole and true > self._best:
            self._since = 0 if true > self._best * (1 + COLDEST / 10) else self._since
            self._best, self.prices = true, mu
        return Standpoint(mu, self._heat, expected, soft, true, curvature)

    def _ahead(self, here: Standpoint) -> Int64:
        """The best prices of the model that the curvature of one standpoint gives."""
        mu, fresh = here.mu.astype(np.float64), here.mu.astype(np.float64)
        group, t = self._spots.T
        together = group >= 0
        alone = self._alive.copy()
        alone[group[together], t[together]] = False
        climb_alone(self._arrays, alone, self._hard, here.expected, mu, fresh, (here.heat, ALONE))
        model = here.curvature / here.heat
        there, price = here.expected[group, t] / UNIT, mu[group, t]
        model[np.diag_indices_from(model)] += (SLACK + DAMPED * np.abs(there)) / here.heat
        far = self._radius * self._heat
        climb_together(self._arrays, self._spots, model, there, price, (price - far, price + far))
        fresh[group[together], t[together]] = price[together]
        return np.clip(np.rint(fresh), self._floor, self._ceiling).astype(np.int64)

    def _start(self) -> tuple[NDArray[np.bool_], Float]:
        """Which rows' prices move, (G, T), and the first prices.

        Rows that nobody can reach have the slope at nothing, which loses nothing; hard rows that have no room at all
        have the steepest price, which says that they are forbidden; all others start free.
        """
        rows = self.instance.rows
        least = np.zeros((rows.groups, self.instance.intervals), dtype=np.int64)
        most = np.zeros_like(least)
        reach(self._arrays, least, most)
        held = (least == 0) & (most == 0)
        held[rows.is_week, 1:] = True
        full = ((rows.points >= HARD) & rows.above[:, :, None] & (rows.limit <= least[:, None, :])).any(axis=1)
        mu = np.where(full, self._ceiling, 0.0)
        slope = (rows.cost(np.ones_like(least)) - rows.cost(-np.ones_like(least))) / 2 * SCALE
        return ~held, np.where(held, slope, mu)


def cheapest_weeks(crew: Crew, ascent: PriceAscent) -> Roster:
    """Everybody's cheapest weeks at the best prices."""
    weeks, everybody = Roster.empty(ascent.instance), np.arange(ascent.instance.employees)
    price_all(crew.arrays, everybody, ascent.prices, np.zeros_like(ascent.prices), weeks.shifts, weeks.counts)
    return weeks
