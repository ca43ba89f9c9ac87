"""Small weeks for the event loop, stated in a few words."""

from __future__ import annotations

import numpy as np

from rotation.simulate.kernel.arrays import Floats, Week
from rotation.simulate.outcome import Outcome
from rotation.simulate.run import Trial, simulate
from rotation.simulate.scenario import Scenario

HALF_HOUR = 1800.0
Row = tuple[int, int, float, float, int, int, int]
"""Agent, queue, start and end in hours, penalty, position, level."""


def week(calls: Floats, rows: list[Row], **changed: object) -> Week:
    """A week of half-hours: calls of shape (queues, intervals), 180 s a call, endless patience unless told."""
    queues, intervals = calls.shape
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    agent, queue, start, end, penalty, position, level = columns
    fields: dict[str, object] = {
        "interval_s": HALF_HOUR,
        "calls": calls.astype(float),
        "aht_s": np.full(calls.shape, 180.0),
        "next_open": np.repeat(np.arange(intervals)[None, :], queues, axis=0),
        "patience_s": np.full(queues, np.inf),
        "target_s": np.full(queues, 20.0),
        "priority": np.ones(queues, dtype=np.int64),
        "away_share": np.zeros(queues),
        "away_s": 600.0,
        "agent": agent.astype(np.int64),
        "queue": queue.astype(np.int64),
        "start_s": start.astype(float) * 3600,
        "end_s": end.astype(float) * 3600,
        "penalty": penalty.astype(np.int64),
        "position": position.astype(np.int64),
        "level": level.astype(np.int64),
        "share": np.ones(len(rows)),
        "luck": np.arange(len(rows)).astype(np.uint64),
        "can_miss": np.ones(len(rows), dtype=np.bool_),
        "closing_s": np.zeros(0),
        "closing_queue": np.zeros(0, dtype=np.int64),
        "time_factor": np.ones(6),
        "resolves": np.ones(6),
        "agents": int(agent.max()) + 1,
        "no_show": 0.0,
        "service_cv": 1.0,
        "return_share": 0.0,
        "return_after_s": 3600.0,
    }
    return Week(**(fields | changed))  # type: ignore[arg-type]


def equals(agents: range, queue: int, hours: float, level: int = 3, penalty: int = 0, start: float = 0.0) -> list[Row]:
    """Agents who serve one queue alike."""
    return [(agent, queue, start, hours, penalty, 1, level) for agent in agents]


def outcome_of(one: Week, replications: int, seed: int = 1, warm_in: int = 0, workers: int = 1) -> Outcome:
    """Try a week."""
    shape = one.calls.shape
    scenario = Scenario(one, warm_in, np.zeros(shape[1], dtype=np.int64), np.zeros(shape))
    return simulate(scenario, Trial(replications, seed, False, workers))
