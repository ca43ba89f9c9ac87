"""Plans near the prices: everybody's weeks annealed together on prices and a penalty that grows.

Small companies are annealed whole, by each hand with another seed, and the best is taken. Large ones are dealt into
shares that anneal side by side: after each sweep they tell one another what they serve, and each closes its part of
what is left between that and what is best at the prices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

import numpy as np

from rotation.solve.crew import Crew, neighbours
from rotation.solve.descent import settle
from rotation.solve.instance import Instance
from rotation.solve.jobs import Course, Prices, anneal_share
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
SETTLING, SETTLING_MANY, SETTLING_FEW = 30, 3, 12
"""Sweeps at true points at the end, at most; of large companies; of a neighbourhood."""


Progress: TypeAlias = Callable[[int], float]
"""How far an annealing has come after so many sweeps."""


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
        return stages, TURNS, first * self.heat, LAST * self.heat, self.heat, SETTLING_FEW

    def plan(self, progress: Progress, seed: int) -> Roster:
        """A new plan.

        Args:
            progress: of the penalty from the first (0) to the last (1), told after each sweep; 1 ends it.
            seed: of chance.
        """
        if self.instance.employees <= WHOLE:
            return self._best_of_all(progress, seed)
        roster = self._side_by_side(progress, seed)
        settle(self.instance, self.crew.arrays, roster, SETTLING_MANY, seed)
        return roster

    def _best_of_all(self, progress: Progress, seed: int) -> Roster:
        everybody, hands = neighbours(self.crew.arrays), range(self.crew.hands)
        rosters = [Roster.empty(self.instance) for _ in hands]
        for sweep, course in enumerate(self._courses(progress)):
            parts = [
                (
                    everybody,
                    (roster.shifts, roster.counts),
                    roster.activity(self.instance),
                    self.prices,
                    course,
                    seed + sweep * len(hands) + hand,
                )
                for hand, roster in zip(hands, rosters, strict=True)
            ]
            for roster, (shifts, counts) in zip(rosters, self.crew.run(anneal_share, parts), strict=True):
                roster.shifts[everybody], roster.counts[everybody] = shifts, counts
        for hand, roster in zip(hands, rosters, strict=True):
            settle(self.instance, self.crew.arrays, roster, SETTLING, seed + hand)
        return min(rosters, key=lambda roster: roster.objective(self.instance))

    def _side_by_side(self, progress: Progress, seed: int) -> Roster:
        roster = Roster.empty(self.instance)
        shares = np.array_split(neighbours(self.crew.arrays), self.crew.hands)
        for sweep, course in enumerate(self._courses(progress)):
            activity = roster.activity(self.instance)
            prices, weeks = self._parts(activity, len(shares)), (roster.shifts, roster.counts)
            parts = [
                (share, weeks, activity, prices, course, seed + sweep * len(shares) + n)
                for n, share in enumerate(shares)
            ]
            for share, (shifts, counts) in zip(shares, self.crew.run(anneal_share, parts), strict=True):
                roster.shifts[share], roster.counts[share] = shifts, counts
        return roster

    def _courses(self, progress: Progress) -> Iterator[Course]:
        """One sweep after another."""
        sweep = 0
        while (done := progress(sweep)) < 1:
            rho = self.heat * FIRST * (LAST / FIRST) ** done
            yield 1, 1, rho, rho, self.heat, 0
            sweep += 1

    def _parts(self, activity: Int64, shares: int) -> Prices:
        """The prices, with the best activities as near to today's as each share is to bring them."""
        mu, low, high = self.prices
        now = activity * PART
        return mu, now + (low - now) // shares, now + (high - now) // shares
