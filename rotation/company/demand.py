"""What callers ask for and what is there already: calls, history, required agents, core staff."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Demand:
    """Calls expected in one interval of one queue; ``aht_s`` None takes the queue's.

    ``rate_cv`` is the coefficient of variation of the expected calls themselves, 0 when they are taken for certain.
    """

    queue_id: str
    start: dt.datetime
    calls: float
    aht_s: float | None = None
    rate_cv: float = 0.0


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day on which calls are not as on other days of its weekday.

    Args:
        day: the local date at the site.
        kind: what is special; days of one kind are alike.
        queue_id: the queue concerned; empty for all.
    """

    day: dt.date
    kind: str
    queue_id: str = ""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What a planner knows and the history does not; kept apart from the statistics.

    Args:
        queue_id: the queue.
        start: first instant, UTC.
        end: first instant after it, UTC.
        reason: why, for whoever reads the forecast.
        factor: multiplies the forecast; None when ``calls`` is given.
        calls: calls of each interval instead of the forecast.
    """

    queue_id: str
    start: dt.datetime
    end: dt.datetime
    reason: str
    factor: float | None = None
    calls: float | None = None


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
