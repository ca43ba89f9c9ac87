"""People of unequal speed: handle time and resolution by skill level, and what a mixed group amounts to.

A group's mean handle time is the harmonic mean, because each agent is busy as long as the others: the slow one takes
fewer calls. For small groups even that is an approximation, which the simulation confirms.
"""

from __future__ import annotations

import numpy as np

from rotation.company import Company
from rotation.company.policy import Levels
from rotation.demand.series import FloatArray

LOWEST, HIGHEST = 1, 5


def handle_time_factors(levels: Levels) -> FloatArray:
    """Factor on a queue's handle time for levels 0 to 5, shape (6,); 0, not certified, is as slow as 1."""
    return _line(levels.novice_handle_time_pct, levels.expert_handle_time_pct)


def resolved_shares(levels: Levels) -> FloatArray:
    """Share of the calls that somebody of levels 0 to 5 can resolve, shape (6,); 0 resolves as little as 1."""
    return _line(levels.novice_resolves_pct, levels.expert_resolves_pct)


def harmonic_factor(levels: list[int], factors: FloatArray) -> float:
    """Factor on the handle time of a group by its members' levels; 1 for nobody."""
    return float(1.0 / np.mean([1.0 / factors[level] for level in levels])) if levels else 1.0


def speed_factors(company: Company) -> FloatArray:
    """Factor on each queue's handle time for the mix of people certified for it, shape (queues,)."""
    factors = handle_time_factors(company.policy.levels)
    of_queue: dict[str, list[int]] = {queue.queue_id: [] for queue in company.queues}
    for skill in company.skills:
        of_queue[skill.queue_id].append(skill.level)
    return np.array([harmonic_factor(of_queue[queue.queue_id], factors) for queue in company.queues])


def _line(novice_pct: float, expert_pct: float) -> FloatArray:
    share = np.linspace(novice_pct, expert_pct, HIGHEST - LOWEST + 1) / 100
    return np.concatenate([share[:1], share])
