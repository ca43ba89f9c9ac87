"""The search: a first plan, prices, annealed plans, then neighbourhoods, or the exact whole where it is small.

Anytime: the best plan and the best bound so far are kept, reported and returned, however the search ends.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from rotation.plan import TracePoint
from rotation.solve.annealing import WHOLE, Annealing, Progress
from rotation.solve.cpmodel import Candidate, candidates
from rotation.solve.crew import Crew, Threads
from rotation.solve.descent import greedy
from rotation.solve.exact import Answer, side_by_side, solver_for, whole_week
from rotation.solve.instance import Instance
from rotation.solve.kernel.scale import PART
from rotation.solve.momentum import MomentumAscent
from rotation.solve.neighbourhoods import Neighbourhoods
from rotation.solve.prices import PriceAscent, cheapest_weeks
from rotation.solve.rebuilding import Rebuilding
from rotation.solve.roster import Roster
from rotation.solve.settings import SearchSettings, Standing, Watch

SMALL = 4_000
WITH_MOMENTUM = 3_000
"""Employees up to whom prices step with momentum: there is time for it, and it copes better with many hard rows."""
FIRST_STEPS, MOST_STEPS = 20, 400
"""Price steps before a small week goes to CP-SAT; at most."""
PART_SHARE, PRICE_SHARE, ANNEAL_SHARE = 0.1, 0.4, 0.75
"""Shares of the time limit at which prices of a part of the company end, prices of all of it, and at which the first
annealing is to end."""
FEWEST_SWEEPS, MOST_SWEEPS, SMALL_SWEEPS = 10, 600, 40
"""Of the first annealing: at the fewest, at most, in a week that goes to CP-SAT whole."""
STEP_S, TURN_S = 35e-6, 25e-6
"""Seconds that a price step and a turn take an employee and hand, about: a budget of work is counted by them."""
NEIGHBOURHOOD_S = 2.0
ROUND_WORK = 0.05
"""Deterministic time that a round of neighbourhoods counts beside CP-SAT's own, so that a budget of work ends."""
ROUND_S = 1.0
"""Seconds of a round of rebuilding; the work that it counts."""
FIRST_SIZE, KEEP = 8, 80
"""Employees of the first CP-SAT neighbourhood, and how many shifts of each are worth a Boolean."""
GREEDY_SWEEPS, GREEDY_MANY = 30, 1
"""Sweeps of the first plan at most; of companies annealed in shares."""


@dataclass
class Search:
    """One search of one week.

    Args:
        instance: the compiled week.
        settings: how to search.
        watch: time, stop and listeners.
        missing_minutes: counts the agent-minutes that a roster lacks, for listeners.
        crew: who works; threads of this process where none is given.
        small: legal shifts up to which the whole week goes to CP-SAT at once.
    """

    instance: Instance
    settings: SearchSettings
    watch: Watch
    missing_minutes: Callable[[Roster], int] | None = None
    crew: Crew | None = None
    small: int = SMALL
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
        crew = self.crew or Threads(self.instance, self.settings.workers)
        try:
            many = self.instance.employees > WHOLE
            sweeps = GREEDY_MANY if many else GREEDY_SWEEPS
            self._offer(greedy(self.instance, crew.arrays, sweeps, self.settings.seed), "greedy descent")
            if self._small():
                self._exact(crew)
            else:
                self._decompose(crew)
        finally:
            if self.crew is None:
                crew.close()
        self.interrupted = self.watch.stopped()

    def _small(self) -> bool:
        total = 0
        for e in range(self.instance.employees):
            total += len(candidates(self.instance, e))
            if total > self.small:
                return False
        return True

    def _exact(self, crew: Crew) -> None:
        """The whole week in one model, from a plan and a bound of a short price round."""
        self.engine = "CP-SAT on the whole week"
        ascent = PriceAscent(self.instance, crew, self.settings.seed)
        for _ in range(FIRST_STEPS):
            self.bound = max(self.bound, ascent.step(self.objective))
        annealing = Annealing(self.instance, crew, ascent, cheapest_weeks(crew, ascent))
        self._offer(annealing.plan(lambda sweeps: sweeps / SMALL_SWEEPS, self.settings.seed), "annealing on prices")
        left = self._left(self.settings.time_limit_s)
        answer = whole_week(self.instance, self.roster, self.settings, self.watch, left, self.bound)
        self.bound = max(self.bound, answer.bound)
        self._offer(answer.roster, "CP-SAT, whole week")
        self.optimal = answer.optimal or self.objective <= self.bound

    def _decompose(self, crew: Crew) -> None:
        """Prices, plans annealed on them, then neighbourhoods rebuilt until the end."""
        few = self.instance.employees <= WHOLE
        self.engine = "prices with annealing, then neighbourhoods" + (" and CP-SAT" if few else "")
        if self.instance.employees <= WITH_MOMENTUM:
            ascent: PriceAscent = MomentumAscent(self.instance, crew)
        else:
            ascent = PriceAscent(self.instance, crew, self.settings.seed)
        while ascent.steps < MOST_STEPS and not self._done():
            self.bound = max(self.bound, ascent.step(self.objective))
            self._tell("raising prices" if ascent.whole else "raising prices on a part of the company")
            spent = self._spent(ascent.work * STEP_S / crew.hands)
            if ascent.exhausted or spent >= PRICE_SHARE:
                break
            if not ascent.whole and spent >= PART_SHARE:
                ascent.widen()
        if self._done():
            return
        best = cheapest_weeks(crew, ascent)
        annealing = Annealing(self.instance, crew, ascent, best)
        self._offer(
            annealing.plan(self._progress(crew, ascent.work * STEP_S / crew.hands), self.settings.seed),
            "annealing on prices",
        )
        low, high = (edge // PART for edge in annealing.prices[1:])
        hoods = Neighbourhoods(self.instance, ascent.prices, best, low, high) if few else None
        self._improve(Rebuilding(self.instance, crew, annealing), hoods)

    def _progress(self, crew: Crew, work: float) -> Progress:
        """Of the first annealing: with the sweeps, or with the time until ANNEAL_SHARE of the limit is over."""
        sweep_s = TURN_S * self.instance.employees / (1 if self.instance.employees <= WHOLE else crew.hands)
        began, left = self.watch.seconds, max(ANNEAL_SHARE - self._spent(work), 0) * self.settings.time_limit_s
        fitting = min(MOST_SWEEPS, max(FEWEST_SWEEPS, left / sweep_s))

        def progress(sweeps: int) -> float:
            if self.settings.reproducible:
                return sweeps / fitting
            if self.watch.stopped():
                return 1.0
            passed = (self.watch.seconds - began) / max(left, 1e-9)
            return max(sweeps / MOST_SWEEPS, min(passed, sweeps / FEWEST_SWEEPS))

        return progress

    def _spent(self, work: float) -> float:
        """Share of the time limit, or of the budget of work, that is used up."""
        used = work if self.settings.reproducible else self.watch.seconds
        return used / self.settings.time_limit_s

    def _improve(self, rebuilding: Rebuilding, hoods: Neighbourhoods | None) -> None:
        """Rebuild; where that wins nothing in a company that is not large, let CP-SAT have a round in between."""
        size, work, slowness = FIRST_SIZE, 0.0, 1.0
        budget = self.settings.time_limit_s * (1 - ANNEAL_SHARE)
        while not self._done() and not (work >= budget if self.settings.reproducible else self._spent(0) >= 1):
            before, began = self.objective, self.watch.seconds
            planned = min(ROUND_S, self._left(ROUND_S)) / slowness
            for roster in rebuilding.round(self.roster, self.rng, planned):
                self._offer(roster, "rebuilding neighbourhoods")
            work += ROUND_S
            if not self.settings.reproducible:
                slowness = max(1.0, (self.watch.seconds - began) / planned)
            if hoods and self.objective == before and not self._done():
                spent, optimal = self._exact_round(hoods, size, budget - work)
                work += spent
                size = min(size + 2, 60) if optimal else max(4, size - 2)

    def _exact_round(self, hoods: Neighbourhoods, size: int, budget: float) -> tuple[float, bool]:
        """CP-SAT on one neighbourhood a worker; returns the work and whether all were solved."""
        limit = min(NEIGHBOURHOOD_S, self._left(max(budget, 0.1)))
        jobs: list[dict[int, list[Candidate]]] = []
        solvers, taken = [], set[int]()
        for _ in range(self.settings.workers):
            free = hoods.around_a_distance(self.roster, size, self.rng, taken)
            taken |= set(free)
            if free:
                jobs.append(hoods.choices(self.roster, free, KEEP))
                solvers.append(solver_for(self.settings, limit, 1, int(self.rng.integers(1 << 30))))
        if not jobs:
            return ROUND_WORK, False
        answers = side_by_side(self.instance, self.roster, jobs, solvers, self.watch)
        self._merge(jobs, answers)
        return max(answer.work for answer in answers) + ROUND_WORK, all(answer.optimal for answer in answers)

    def _merge(self, jobs: list[dict[int, list[Candidate]]], answers: list[Answer]) -> None:
        """Take over the new weeks, all neighbourhoods together where that is better than each alone."""
        joined = self.roster.copy()
        for job, answer in zip(jobs, answers, strict=True):
            free = list(job)
            joined.shifts[free], joined.counts[free] = answer.roster.shifts[free], answer.roster.counts[free]
        for roster in (joined, *(answer.roster for answer in answers)):
            self._offer(roster, "CP-SAT neighbourhoods")

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

    def _left(self, otherwise: float) -> float:
        if self.settings.reproducible:
            return otherwise
        return max(0.2, self.settings.time_limit_s - self.watch.seconds)
