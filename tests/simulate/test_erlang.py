"""A single queue against the exact values of Erlang A and C, over a grid of fifty cases."""

from __future__ import annotations

from itertools import product

import numpy as np

from rotation.demand import erlang_a, erlang_c
from tests.simulate.weeks import equals, outcome_of, week

HOURS = 30
WARM_IN = 10
GRID = [
    (agents, load, patience)
    for agents, load, patience in product((1, 2, 5, 12, 30), (0.5, 0.75, 0.9, 1.0, 1.2), (60.0, 300.0))
]
AHT_S, TARGET_S = 180.0, 20.0


def measured(agents: int, busy: float, patience_s: float, seed: int) -> tuple[float, float, float, float]:
    """Simulated service level and abandonment of a stationary queue, each with half its confidence interval."""
    calls = np.full((1, 2 * HOURS), busy * agents * 1800 / AHT_S)
    one = week(calls, equals(range(agents), 0, HOURS + 1), patience_s=np.array([patience_s]))
    replications = max(30, int(4000 / calls.sum()))
    found = outcome_of(one, replications, seed, WARM_IN)
    level, half = found.overall("service_level")
    gone, width = found.overall("abandonment")
    return level, half, gone, width


def test_fifty_cases_lie_in_the_confidence_interval_of_erlang_a() -> None:
    assert len(GRID) == 50
    outside, worst = 0, 0.0
    for number, (agents, busy, patience) in enumerate(GRID):
        level, half, gone, width = measured(agents, busy, patience, number)
        load = busy * agents
        exact = float(erlang_a.service_level(load, agents, TARGET_S, AHT_S, patience))
        lost = float(erlang_a.abandonment_probability(load, agents, AHT_S, patience))
        outside += (abs(level - exact) > half) + (abs(gone - lost) > width)
        worst = max(worst, abs(level - exact) / half, abs(gone - lost) / width)
    # Of a hundred 95 % intervals five miss; more than twelve, or one missed by far, would be no accident.
    assert outside <= 12
    assert worst < 2.2


def test_endless_patience_is_erlang_c() -> None:
    calls = np.full((1, 2 * HOURS), 8 * 1800 / AHT_S)
    found = outcome_of(week(calls, equals(range(10), 0, HOURS + 1)), 60, 3, WARM_IN)
    level, half = found.overall("service_level")
    exact = float(erlang_c.service_level(8.0, 10, TARGET_S, AHT_S))
    assert abs(level - exact) < 1.5 * half
    busy, width = found.overall("occupancy")
    assert abs(busy - 0.8) < 1.5 * width + 0.003
    waits, reach = found.overall("asa_s")
    assert abs(waits - float(erlang_c.average_speed_of_answer(8.0, 10, AHT_S))) < 1.5 * reach


def test_lognormal_and_constant_handle_times_keep_their_mean() -> None:
    calls = np.full((1, 2 * HOURS), 4 * 1800 / AHT_S)
    for spread in (0.0, 0.5, 2.0):
        found = outcome_of(week(calls, equals(range(40), 0, HOURS + 1), service_cv=spread), 60, 5, WARM_IN)
        busy, half = found.overall("occupancy")
        assert abs(busy - 0.1) < 2 * half + 0.001
