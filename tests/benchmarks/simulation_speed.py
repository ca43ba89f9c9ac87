"""Speed of formulas, requirement and simulation on one core, beside a peer in the same run.

    python -m tests.benchmarks.simulation_speed

The peer of the event loop is tests/simulate/simpy_oracle.py, which knows the same rules.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from rotation.cli.reading import read_case
from rotation.demand import erlang_a, erlang_c
from rotation.demand.requirement import Basis, agents_for
from rotation.demand.staffing import requirement
from rotation.demand.week import week_demand
from rotation.simulate.compiling import compile_ahead
from rotation.simulate.duties import core_duties
from rotation.simulate.kernel.arrays import OFFERED
from rotation.simulate.present import traffic_of
from rotation.simulate.run import Trial, simulate
from rotation.simulate.scenario import scenario_of
from rotation.timegrid import IsoWeek
from tests.simulate.simpy_oracle import Case, Desk, House, Skill
from tests.simulate.weeks import equals, outcome_of, week

ROOT = Path(__file__).parents[2]


def timed(work: Callable[[], object], times: int = 3) -> float:
    """Seconds of the fastest of some runs."""
    best = float("inf")
    for _ in range(times):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best


def formulas() -> None:
    """Erlang for 5,000 agents, and a requirement for 20 queues and a week of half-hours."""
    one = timed(lambda: erlang_a.service_level(4900.0, 5000, 20.0, 240.0, 180.0))
    two = timed(lambda: erlang_c.service_level(4900.0, 5000, 20.0, 240.0))
    print(f"Erlang A, 5,000 agents: {1000 * one:.2f} ms; Erlang C: {1000 * two:.2f} ms (bar 50 ms)")
    random = np.random.default_rng(1)
    calls = random.gamma(2.0, 30.0, (20, 336))
    aht = np.repeat(random.uniform(150, 500, (20, 1)), 336, axis=1)
    took = timed(lambda: requirement(calls, 1800.0, aht, service_level_pct=80, service_level_s=20, patience_s=180.0), 2)
    print(f"requirement, 20 queues x 336 intervals, Erlang A: {took:.2f} s (bar 1 s)")
    case = read_case(ROOT / "data", ROOT / "config/rotation.toml", IsoWeek(2026, 49), _today()).case
    queues = case.company.queues
    table = np.repeat(calls[:6], 1, axis=0)
    hours, spread = np.full((6, 336), 1800.0), np.full((6, 336), 0.25)
    took = timed(lambda: agents_for(queues, table, spread, hours, aht[:6], Basis("average")), 1)
    print(f"requirement averaged over the rate, 6 queues x 336 intervals: {took:.2f} s")


def _today():  # type: ignore[no-untyped-def]
    import datetime as dt

    return dt.date(2026, 11, 1)


def event_loop() -> None:
    """Calls a second on one queue and on six with two skills an agent, and simpy's on the same."""
    compile_ahead()
    single = week(np.full((1, 400), 400.0), equals(range(45), 0, 201), patience_s=np.array([120.0]))
    calls = 400 * 400 * 2
    took = timed(lambda: outcome_of(single, 2))
    print(f"one queue, 45 agents: {calls / took:,.0f} calls/s (bar 500,000)")
    desks = [Desk(n, {n % 6: Skill(0), (n + 1) % 6: Skill(3)}) for n in range(60)]
    rows = [(d.name, q, 0.0, 201.0, s.penalty, 1, 3) for d in desks for q, s in d.skills.items()]
    multi = week(np.full((6, 400), 95.0), rows, patience_s=np.full(6, 120.0), priority=np.array([1, 2, 3, 1, 2, 3]))
    calls = 6 * 95 * 400 * 2
    ours = timed(lambda: outcome_of(multi, 2))
    print(f"six queues, 60 agents of two skills: {calls / ours:,.0f} calls/s (bar 200,000)")
    case = Case([190.0] * 6, [180.0] * 6, [120.0] * 6, [1, 2, 3, 1, 2, 3], desks, 10.0)
    theirs = timed(lambda: House(case, 1).run(), 1)
    peer = 6 * 190 * 10 / theirs
    print(f"the same in simpy: {peer:,.0f} calls/s; ratio {calls / ours / peer:,.0f}")


def sample_week() -> None:
    """200 replications of the sample week, with as many agents as are required."""
    case = read_case(ROOT / "data", ROOT / "config/rotation.toml", IsoWeek(2026, 49), _today()).case
    traffic = traffic_of(week_demand(case.company, case.horizon))
    duties = core_duties(case.company, case.horizon, case.required)
    scenario = scenario_of(case.company, case.horizon, traffic, duties)
    found = simulate(scenario, Trial(200, 1))
    took = timed(lambda: simulate(scenario, Trial(200, 1)), 2)
    calls = found.totals[:, :, OFFERED].sum()
    print(f"sample week, 200 replications, one thread: {took:.2f} s (bar 20 s), {calls / took:,.0f} calls/s")


if __name__ == "__main__":
    formulas()
    event_loop()
    sample_week()
