"""Plans near the prices: everybody's weeks annealed together on prices and a penalty that grows.

Small companies are annealed whole, by each hand with another seed, and the best is taken. Large ones are dealt into
shares that anneal side by side: after each sweep they tell one another what they serve, and each closes its part of
what is left between that and what is best at the prices.
"""

from __future__ import annotations

import numpy as np

from rotation.solve.crew import Crew, neighbours
from rotation.solve.descent import settle
from rotation.solve.instance import Instance
from rotation.solve.jobs import Course, Prices, Weeks, anneal_share
from rotation.solve.kernel.scale import PART, SCALE
from rotation.solve.prices import PriceAscent
from rotation.solve.roster import Roster
from rotation.solve.rowtable import Int64

WHOLE = 3_000
"""Employees up to whom each hand anneals the whole company."""
HEAT, HEAT_AT = 0.45, 300
"""Chance as a share of what a served interval costs its employee on average, in a company of HEAT_AT; it falls with the
root of the number, because large companies can be planned more finely."""
FIRST, LAST = 1 / 3, 33.0
"""First and last penalty of a unit's squared distance, as a multiple of the heat."""
TURNS = 2
SETTLING, SETTLING_MANY = 30, 3
"""Sweeps at true points at the end, at most; of large companies."""


class Annealing:
    """Anneals plans of one week at one set of prices.

    Args:
        instance: the week.
        crew: who works.
        ascent: with the prices.
        cheapest: everybody's cheapest weeks at these prices.
    """

    def __init__(self, instance: Instance, crew: Crew, ascent: PriceAscent, cheapest: Roster) -> None:
        self.instance, self.crew = instance, crew
        self.prices: Prices = (ascent.prices, *ascent.best_activities())
        served = int(cheapest.flat()[:, 3].sum())
        finer = min(1.0, (HEAT_AT / max(instance.employees, 1)) ** 0.5)
        self.heat = HEAT * finer * max(cheapest.own_points(instance) / max(served, 1), 1.0) * SCALE

    def course(self, stages: int, first: float = FIRST) -> Course:
        """A course of so many stages; ``first`` penalty as a multiple of the heat."""
        return stages, TURNS, first * self.heat, LAST * self.heat, self.heat

    def plan(self, stages: int, seed: int) -> Roster:
        """A new plan.

        Args:
            stages: of the penalty.
            seed: of chance.
        """
        if self.instance.employees <= WHOLE:
            return self._best_of_all(stages, seed)
        roster = self._side_by_side(stages, seed)
        settle(self.instance, self.crew.arrays, roster, SETTLING_MANY, seed)
        return roster

    def _best_of_all(self, stages: int, seed: int) -> Roster:
        nobody, everybody = Roster.empty(self.instance), np.arange(self.instance.employees)
        weeks: Weeks = (nobody.shifts, nobody.counts)
        idle = nobody.activity(self.instance)
        found = self.crew.run(
            anneal_share,
            [
                (everybody, weeks, idle, self.prices, self.course(stages), 0, seed + hand)
                for hand in range(self.crew.hands)
            ],
        )
        rosters = [Roster(*weeks) for weeks in found]
        for hand, roster in enumerate(rosters):
            settle(self.instance, self.crew.arrays, roster, SETTLING, seed + hand)
        return min(rosters, key=lambda roster: roster.objective(self.instance))

    def _side_by_side(self, stages: int, seed: int) -> Roster:
        roster = Roster.empty(self.instance)
        shares = np.array_split(neighbours(self.crew.arrays), self.crew.hands)
        for stage in range(stages * TURNS):
            rho = self.heat * FIRST * (LAST / FIRST) ** (stage // TURNS / max(stages - 1, 1))
            activity = roster.activity(self.instance)
            prices, course = self._parts(activity, len(shares)), (1, 1, rho, rho, self.heat)
            weeks = (roster.shifts, roster.counts)
            found = self.crew.run(
                anneal_share,
                [
                    (share, weeks, activity, prices, course, 0, seed + stage * len(shares) + n)
                    for n, share in enumerate(shares)
                ],
            )
            for share, (shifts, counts) in zip(shares, found, strict=True):
                roster.shifts[share], roster.counts[share] = shifts, counts
        return roster

    def _parts(self, activity: Int64, shares: int) -> Prices:
        """The prices, with the best activities as near to today's as each share is to bring them."""
        mu, low, high = self.prices
        now = activity * PART
        return mu, now + (low - now) // shares, now + (high - now) // shares
