"""What callers ask for and what is there already: calls, history, required agents, core staff."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Demand:
    """Calls expected in one interval of one queue; ``aht_s`` None takes the queue's."""

    queue_id: str
    start: dt.datetime
    calls: float
    aht_s: float | None = None


@dataclass(frozen=True, slots=True)
class OfferedCalls:
    """Calls offered to a queue in one interval of the past, with its totals where they are known.

    Args:
        queue_id: the queue.
        start: the interval's first instant, aware.
        offered: calls that entered the queue.
        answered: calls that an agent took.
        abandoned: calls that gave up.
        wait_s: total seconds waited by all calls.
        handle_s: total seconds of talk and wrap-up.
    """

    queue_id: str
    start: dt.datetime
    offered: float
    answered: float | None = None
    abandoned: float | None = None
    wait_s: float | None = None
    handle_s: float | None = None


@dataclass(frozen=True, slots=True)
class RequiredAgents:
    """Agents a planner asks for in one interval of one queue, whatever the formula says."""

    queue_id: str
    start: dt.datetime
    agents: int


@dataclass(frozen=True, slots=True)
class CoreStaff:
    """Agents who are there already, outside the rotation."""

    queue_id: str
    start: dt.datetime
    agents: int
