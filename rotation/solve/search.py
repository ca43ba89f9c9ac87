"""The search: a first plan, prices and guided plans, then exact neighbourhoods, or the exact whole where it is small.

Anytime: the best plan and the best bound so far are kept, reported and returned, however the search ends.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from rotation.plan import TracePoint
from rotation.solve.cpmodel import Candidate, candidates
from rotation.solve.descent import greedy, guided
from rotation.solve.exact import Answer, side_by_side, solver_for, whole_week
from rotation.solve.instance import Instance
from rotation.solve.neighbourhoods import Neighbourhoods
from rotation.solve.prices import PriceAscent
from rotation.solve.roster import Roster
from rotation.solve.settings import SearchSettings, Standing, Watch

SMALL = 4_000
"""Legal shifts up to which the whole week goes to CP-SAT at once."""
WARM_UP, ROUND = 60, 20
"""Price steps before the first guided plan and between two of them."""
MOST_STEPS = 240
NEIGHBOURHOOD_S = 2.5
ROUND_WORK = 0.05
"""Deterministic time that a round of neighbourhoods counts beside CP-SAT's own, so that a budget of work ends."""
FIRST_SIZE, KEEP = 12, 60
"""Employees of the first neighbourhood, and how many shifts of each are worth a Boolean."""
PRICE_SHARE = 0.5
"""Share of the time limit that prices may take before the neighbourhoods."""


@dataclass
class Search:
    """One search of one week.

    Args:
        instance: the compiled week.
        settings: how to search.
        watch: time, stop and listeners.
        missing_minutes: counts the agent-minutes that a roster lacks, for listeners.
    """

    instance: Instance
    settings: SearchSettings
    watch: Watch
    missing_minutes: Callable[[Roster], int] | None = None
    roster: Roster = field(init=False)
    objective: int = field(init=False)
    bound: int = 0
    optimal: bool = False
    interrupted: bool = False
    engine: str = ""
    trace: list[TracePoint] = field(default_factory=list)

    def run(self) -> None:
        """Search until the gap is closed, the time is up or somebody stops it."""
        self.rng = np.random.default_rng(self.settings.seed)
        self.roster = Roster.empty(self.instance)
        self.objective = self.roster.objective(self.instance)
        self._tell("nobody serves yet")
        ascent = PriceAscent(self.instance, self.settings.workers)
        try:
            self._offer(greedy(self.instance, ascent.arrays, self.rng), "greedy descent")
            if self._small():
                self._exact(ascent)
            else:
                self._decompose(ascent)
        finally:
            ascent.close()
        self.interrupted = self.watch.stopped()

    def _small(self) -> bool:
        total = 0
        for e in range(self.instance.employees):
            total += len(candidates(self.instance, e))
            if total > SMALL:
                return False
        return True

    def _exact(self, ascent: PriceAscent) -> None:
        """The whole week in one model, from a plan and a bound of a short price round."""
        self.engine = "CP-SAT on the whole week"
        for _ in range(ROUND):
            self.bound = max(self.bound, ascent.step(self.objective))
        self._offer(guided(self.instance, ascent, self.rng), "guided descent")
        left = self._left(self.settings.time_limit_s)
        answer = whole_week(self.instance, self.roster, self.settings, self.watch, left, self.bound)
        self.bound = max(self.bound, answer.bound)
        self._offer(answer.roster, "CP-SAT, whole week")
        self.optimal = answer.optimal or self.objective <= self.bound

    def _decompose(self, ascent: PriceAscent) -> None:
        """Prices with guided plans, then neighbourhoods."""
        self.engine = "prices with guided descent, then CP-SAT neighbourhoods"
        for number in range(1, MOST_STEPS + 1):
            self.bound = max(self.bound, ascent.step(self.objective))
            self._tell("raising prices")
            late = self._over(PRICE_SHARE)
            if late or ascent.exhausted or (number >= WARM_UP and number % ROUND == 0):
                self._offer(guided(self.instance, ascent, self.rng), "guided descent")
            if late or ascent.exhausted or self._done():
                break
        self._improve(Neighbourhoods(self.instance, ascent))

    def _improve(self, hoods: Neighbourhoods) -> None:
        """Free some employees at a time, as many neighbourhoods at once as there are workers."""
        size, keep, work, number = FIRST_SIZE, KEEP, 0.0, 0
        budget = self.settings.time_limit_s * (1 - PRICE_SHARE)
        while not self._done() and not (work >= budget if self.settings.reproducible else self._over(1.0)):
            limit = min(NEIGHBOURHOOD_S, self._left(budget - work))
            jobs: list[dict[int, list[Candidate]]] = []
            solvers, taken = [], set[int]()
            for _ in range(self.settings.workers):
                free = hoods.around_a_distance(self.roster, size, self.rng, taken)
                taken |= set(free)
                if free:
                    number += 1
                    jobs.append(hoods.choices(self.roster, free, keep))
                    solvers.append(solver_for(self.settings, limit, 1, self.settings.seed + number))
            if not jobs:
                return
            answers = side_by_side(self.instance, self.roster, jobs, solvers, self.watch)
            work += max(answer.work for answer in answers) + ROUND_WORK
            self._merge(jobs, answers)
            size = self._next_size(size, [answer.optimal for answer in answers])

    def _merge(self, jobs: list[dict[int, list[Candidate]]], answers: list[Answer]) -> None:
        """Take over the new weeks, all neighbourhoods together where that is better than each alone."""
        joined = self.roster.copy()
        for job, answer in zip(jobs, answers, strict=True):
            free = list(job)
            joined.shifts[free], joined.counts[free] = answer.roster.shifts[free], answer.roster.counts[free]
        for roster in (joined, *(answer.roster for answer in answers)):
            self._offer(roster, "CP-SAT neighbourhoods")

    def _next_size(self, size: int, optimal: list[bool]) -> int:
        """Larger neighbourhoods while they are solved, smaller ones when they are not."""
        return min(size + 2, 60) if all(optimal) else max(4, size - 2)

    def _offer(self, roster: Roster, phase: str) -> None:
        objective = roster.objective(self.instance)
        if objective < self.objective:
            self.roster, self.objective = roster, objective
        self._tell(phase)

    def _tell(self, phase: str) -> None:
        seconds = 0.0 if self.settings.reproducible else round(self.watch.seconds, 3)
        point = TracePoint(seconds, self.objective, self.bound, phase)
        if not self.trace or (point.objective, point.bound) != (self.trace[-1].objective, self.trace[-1].bound):
            self.trace.append(point)
        missing = self.missing_minutes(self.roster) if self.missing_minutes else None
        self.watch.listen(Standing(self.watch.seconds, self.objective, self.bound, phase, missing))

    def _done(self) -> bool:
        if self.objective <= self.bound:
            self.optimal = True
        return self.watch.stopped() or self.objective - self.bound <= self.settings.gap * self.objective

    def _over(self, share: float) -> bool:
        return not self.settings.reproducible and self.watch.seconds >= share * self.settings.time_limit_s

    def _left(self, otherwise: float) -> float:
        if self.settings.reproducible:
            return otherwise
        return max(0.2, self.settings.time_limit_s - self.watch.seconds)
