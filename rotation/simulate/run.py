"""Replications of a scenario: each a week with its own callers, the same callers for every scenario of a seed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from scipy.stats import gamma

from rotation.simulate.kernel.arrays import MEASURES, Floats
from rotation.simulate.kernel.draws import stream, uniform
from rotation.simulate.kernel.week import simulate_week
from rotation.simulate.outcome import Outcome, Sums
from rotation.simulate.scenario import Scenario

BATCH = 10
_RATE = 1_000_003


@dataclass(frozen=True, slots=True)
class Trial:
    """How a scenario is tried.

    Args:
        replications: how many weeks.
        seed: of all of them.
        uncertain: whether the rate itself is drawn anew for each day of each week, by the forecast's spread.
        workers: threads; 1 runs one after the other, with the same result.
    """

    replications: int = 200
    seed: int = 1
    uncertain: bool = False
    workers: int = 1


def simulate(scenario: Scenario, trial: Trial, tell: Callable[[int], None] = lambda _: None) -> Outcome:
    """Run all replications.

    Args:
        scenario: the plan and what it meets.
        trial: how often, with which luck.
        tell: hears after each batch how many replications are done.

    Returns:
        What happened, the uncounted front taken off.
    """
    batches = [range(n, min(n + BATCH, trial.replications)) for n in range(0, trial.replications, BATCH)]
    totals = np.zeros((trial.replications, len(scenario.week.calls), MEASURES))
    sums, done = Sums.of_shape(scenario.week.calls[:, scenario.warm_in :].shape), 0
    with ThreadPoolExecutor(max(trial.workers, 1)) as pool:
        # Batches are added in their order, so that the number of threads cannot change the last digit.
        for numbers, part in zip(
            batches, pool.map(lambda each: _batch(scenario, trial, each, totals), batches), strict=True
        ):
            sums = sums.plus(part)
            done += len(numbers)
            tell(done)
    return Outcome(sums, totals, trial.replications)


def _batch(scenario: Scenario, trial: Trial, numbers: range, totals: Floats) -> Sums:
    sums = Sums.of_shape(scenario.week.calls[:, scenario.warm_in :].shape)
    for number in numbers:
        key = replication_key(trial.seed, number)
        tally = simulate_week(scenario.week, rate_factors(scenario, key, trial.uncertain), key)
        counted = tally[:, scenario.warm_in :, :]
        totals[number] = counted.sum(axis=1)
        sums = sums.with_week(counted)
    return sums


def replication_key(seed: int, number: int) -> np.uint64:
    """The key of a replication's luck."""
    return np.uint64(stream(np.uint64(seed), number))


def rate_factors(scenario: Scenario, key: np.uint64, uncertain: bool) -> Floats:
    """Factor on the expected calls of each queue and interval: one draw for a queue and a day, Gamma with mean 1."""
    factors = np.ones(scenario.week.calls.shape)
    if not uncertain or not scenario.rate_cv.any():
        return factors
    for q, spread in enumerate(scenario.rate_cv):
        of_queue = np.uint64(stream(key, _RATE + q))
        for day in np.unique(scenario.day):
            cells = np.flatnonzero((scenario.day == day) & (spread > 0))
            if cells.size:
                u = uniform(of_queue, int(day) + 1)
                shape = 1.0 / spread[cells] ** 2
                factors[q, cells] = gamma.ppf(u, shape, scale=1.0 / shape)
    return factors
