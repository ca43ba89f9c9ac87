"""A requirement that holds when it is tried: agents are added where the simulated service level misses the target.

First with exactly the required agents on the phones (nobody plans anything yet), then with the plan that was made for
it: where people suffice and the target is still missed, the requirement rises again. May know nothing of how a plan is
found.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from rotation.company import Company
from rotation.demand.staffing import with_shrinkage
from rotation.routing.policy import HIGHEST_LEVEL
from rotation.simulate.duties import Duty, core_duties
from rotation.simulate.kernel.arrays import Floats
from rotation.simulate.outcome import Outcome
from rotation.simulate.run import Trial, simulate
from rotation.simulate.scenario import Traffic, scenario_of
from rotation.timegrid import Horizon

Agents = NDArray[np.int32]
MOST_ROUNDS = 12


def missed(company: Company, traffic: Traffic, outcome: Outcome) -> NDArray[np.bool_]:
    """Open intervals whose simulated service level is below the target, (queues, intervals)."""
    target = np.array([[queue.service_level_pct / 100] for queue in company.queues])
    with np.errstate(invalid="ignore"):
        return np.asarray((outcome.by_interval("service_level") < target) & traffic.is_open)


def calibrated(
    company: Company,
    horizon: Horizon,
    traffic: Traffic,
    required: Agents,
    core: Agents,
    trial: Trial,
    tell: Callable[[int, int], None] = lambda _round, _missed: None,
) -> Agents:
    """Raise a requirement until it holds with exactly so many agents.

    Args:
        company: queues, levels, the simulation's policy.
        horizon: the week.
        traffic: what it brings.
        required: where to begin, (queues, intervals).
        core: core staff, (queues, intervals).
        trial: how each round is tried.
        tell: hears the round and how many intervals miss their target.

    Returns:
        The requirement, nowhere below where it began.
    """
    agents = required.astype(np.int32).copy()
    for number in range(MOST_ROUNDS):
        duties = [*seats(company, horizon, np.maximum(agents - core, 0)), *core_duties(company, horizon, core)]
        outcome = simulate(scenario_of(company, horizon, traffic, duties, no_show=None), trial)
        short = missed(company, traffic, outcome)
        tell(number, int(short.sum()))
        if not short.any():
            break
        agents = raised(company, agents, short, outcome.by_interval("service_level"))
    return agents


def raised(company: Company, agents: Agents, short: NDArray[np.bool_], level: Floats) -> Agents:
    """One agent more where the target is missed, more where it is missed by far: a tenth for every ten points."""
    target = np.array([[queue.service_level_pct / 100] for queue in company.queues])
    gap = np.where(short, np.nan_to_num(target - level), 0.0)
    step = np.where(short, np.maximum(1, np.floor(agents * gap)), 0).astype(np.int64)
    shrinkage = np.array([[queue.shrinkage_pct] for queue in company.queues])
    # One agent more behind the phones is more than one on the rota where time is lost.
    return np.asarray(agents + np.where(step > 1, with_shrinkage(step, shrinkage), step), dtype=np.int32)


def seats(company: Company, horizon: Horizon, wanted: Agents) -> list[Duty]:
    """Nameless agents of the rotation who are there exactly when wanted, of the mean level of those certified."""
    found = []
    for duty in core_duties(company, horizon, wanted):
        levels = [skill.level for skill in company.skills if skill.queue_id == duty.queue_id]
        level = round(float(np.mean(levels))) if levels else company.policy.levels.core_staff_level
        name = f"rotation:{duty.agent_id}"
        found.append(
            Duty(
                name, duty.queue_id, duty.start, duty.end, level, HIGHEST_LEVEL - level, 1, f"rotation:{duty.key}", True
            )
        )
    return found
