"""Plans near the prices: everybody's weeks annealed together on prices and a penalty that grows.

Prices are right for mixed weeks; what whole weeks leave too much or too little moves them on after every sweep (method
of multipliers: Hestenes 1969, Powell 1969), so that the penalty need not do it alone.

Small companies are annealed whole, by each hand with another seed, every other one without corrections, which hard rows
can mislead; the best is taken. Large ones are dealt into
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
from rotation.solve.kernel.rowterms import correct
from rotation.solve.kernel.scale import PART, SCALE
from rotation.solve.prices import PriceAscent
from rotation.solve.roster import Roster
from rotation.solve.rowtable import HARD, Int64

WHOLE = 3_000
"""Employees up to whom each hand anneals the whole company."""
HEAT, HEAT_AT = 0.45, 300
"""Chance as a share of what a served interval costs its employee on average, in a company of HEAT_AT; it falls with the
root of the number, because large companies can be planned more finely."""
FIRST, LAST = 1 / 3, 33.0
"""First and last penalty of a unit's squared distance, as a multiple of the heat."""
CORRECTION, MOST_CORRECTION, UNCORRECTED = 20.0, 0.2, 3
"""How far an annealing corrects its prices in all, and how far a sweep at most, as a share of what the penalty says.
The first sweeps, in which everybody comes from nothing, correct nothing."""
DRIFT = 8.0
"""How far a price is corrected at most, in heats: where hard rows stand in the way, going on would move nobody."""
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
        self._soft = (instance.rows.points < HARD).all(axis=(1, 2))
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
        guides = [self._copy() for _ in hands]
        for sweep, course, step in self._courses(progress):
            activities = [roster.activity(self.instance) for roster in rosters]
            parts = [
                (
                    everybody,
                    (roster.shifts, roster.counts),
                    activity,
                    self._corrected(guide, activity, course, 0.0 if hand % 2 else step),
                    course,
                    seed + sweep * len(hands) + hand,
                )
                for hand, roster, guide, activity in zip(hands, rosters, guides, activities, strict=True)
            ]
            for roster, (shifts, counts) in zip(rosters, self.crew.run(anneal_share, parts), strict=True):
                roster.shifts[everybody], roster.counts[everybody] = shifts, counts
        for hand, roster in zip(hands, rosters, strict=True):
            settle(self.instance, self.crew.arrays, roster, SETTLING, seed + hand)
        return min(rosters, key=lambda roster: roster.objective(self.instance))

    def _side_by_side(self, progress: Progress, seed: int) -> Roster:
        roster, guide = Roster.empty(self.instance), self._copy()
        shares = np.array_split(neighbours(self.crew.arrays), self.crew.hands)
        for sweep, course, step in self._courses(progress):
            activity = roster.activity(self.instance)
            prices = self._parts(self._corrected(guide, activity, course, step), activity, len(shares))
            weeks = roster.shifts, roster.counts
            parts = [
                (share, weeks, activity, prices, course, seed + sweep * len(shares) + n)
                for n, share in enumerate(shares)
            ]
            for share, (shifts, counts) in zip(shares, self.crew.run(anneal_share, parts), strict=True):
                roster.shifts[share], roster.counts[share] = shifts, counts
        return roster

    def _courses(self, progress: Progress) -> Iterator[tuple[int, Course, float]]:
        """One sweep after another: its number, its course, its part of the whole way, to correct prices by."""
        sweep, before = 0, 0.0
        while (done := progress(sweep)) < 1:
            rho = self.heat * FIRST * (LAST / FIRST) ** done
            yield sweep, (1, 1, rho, rho, self.heat, 0), done - before if sweep >= UNCORRECTED else 0.0
            sweep, before = sweep + 1, done

    def _copy(self) -> Prices:
        mu, low, high = self.prices
        return mu.copy(), low.copy(), high.copy()

    def _corrected(self, guide: Prices, activity: Int64, course: Course, step: float) -> Prices:
        """The guide after its prices have followed what the plan leaves too much or too little."""
        amount = 2 * course[2] * min(CORRECTION * step, MOST_CORRECTION)
        if amount:
            pace = amount, np.int64(DRIFT * self.heat)
            correct(self.crew.arrays, self._soft, activity, pace, self.prices[0], *guide)
        return guide

    def _parts(self, prices: Prices, activity: Int64, shares: int) -> Prices:
        """The prices, with the best activities as near to today's as each share is to bring them."""
        mu, low, high = prices
        now = activity * PART
        return mu, now + (low - now) // shares, now + (high - now) // shares
