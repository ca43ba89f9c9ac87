"""The arrays that compiled code meets. Times are seconds from the simulation's start."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

OFFERED, ANSWERED, IN_TIME, WAITED_S, ABANDONED, RESOLVED, BUSY_S, STAFFED_S = range(8)
MEASURES = 8
ARRIVES, SERVICE, PATIENCE, RESOLVES, RETURNS, RETURN_AFTER, DRAWS = range(7)


class Week(NamedTuple):
    """The week to be simulated.

    Args:
        interval_s: length of an interval.
        calls: first calls expected, (queues, intervals); 0 where closed.
        aht_s: handle time of an ordinary agent, (queues, intervals).
        next_open: the first open interval from each on, (queues, intervals); the number of intervals for none.
        patience_s: mean patience, infinite for endless, (queues,).
        target_s: answered in time means within so many seconds, (queues,).
        priority: an agent who is wanted by several queues takes the lowest number first, (queues,).
        away_share: share of an agent's time lost that the rota does not show, (queues,).
        away_s: mean length of such an absence.
        agent, queue, start_s, end_s, penalty, position, level: the routing table, a row each, (rows,).
        share: a row's part of the agent's time, less than 1 where queues are served at the same time, (rows,).
        luck: the address of the row's own luck, the same for the same shift in every plan, (rows,).
        can_miss: whether the row's person may fail to come, (rows,).
        closing_s, closing_queue: when a queue closes and sends its waiting callers away, in order of time.
        time_factor, resolves: factor on the handle time and share of calls resolved, by level 0 to 5.
    """

    interval_s: float
    calls: Floats
    aht_s: Floats
    next_open: Ints
    patience_s: Floats
    target_s: Floats
    priority: Ints
    away_share: Floats
    away_s: float
    agent: Ints
    queue: Ints
    start_s: Floats
    end_s: Floats
    penalty: Ints
    position: Ints
    level: Ints
    share: Floats
    luck: NDArray[np.uint64]
    can_miss: NDArray[np.bool_]
    closing_s: Floats
    closing_queue: Ints
    time_factor: Floats
    resolves: Floats
    agents: int
    no_show: float
    service_cv: float
    return_share: float
    return_after_s: float


class Crew(NamedTuple):
    """Who is where, and doing what.

    Args:
        row: the routing row that binds an agent to a queue now, or -1, (agents, queues).
        members: agents now idle for a queue, the first ``idle`` of each row, (queues, agents).
        place: an agent's place among them, (agents, queues).
        idle: how many, (queues,).
        bound: queues an agent is bound to, (agents,).
        busy: whether in a call, (agents,).
        since: idle since, (agents,).
        caller: whose call, (agents,).
        serving: the routing row by which the running call is served, (agents,).
        left: when the agent left the queue of the running call, or -1, (agents,).
        joined: since when an agent is bound to a queue, (agents, queues).
    """

    row: Ints
    members: Ints
    place: Ints
    idle: Ints
    bound: Ints
    busy: NDArray[np.bool_]
    since: Floats
    caller: Ints
    serving: Ints
    left: Floats
    joined: Floats


class Line(NamedTuple):
    """Waiting callers, a linked list a queue; whoever has given up is taken out when met."""

    head: Ints
    tail: Ints


class Clockwork(NamedTuple):
    """Running calls: a heap of agents by the end of their call."""

    end_s: Floats
    end_agent: Ints
    ends: Ints


class Callers(NamedTuple):
    """Everybody who has called so far.

    Args:
        arrived: when, (callers,).
        queue: which queue, (callers,).
        luck: key of the caller's luck, (callers,).
        following: who stands behind in the line, or -1, (callers,).
    """

    arrived: Floats
    queue: Ints
    luck: NDArray[np.uint64]
    following: Ints
