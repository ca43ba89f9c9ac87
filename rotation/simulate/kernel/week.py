"""The event loop: one week of calls, agents and queues, by the routing table.

A call goes to the idle agent of its queue with the lowest penalty, then the lowest position, then the longest idle.
With nobody idle it waits. An agent who becomes free takes the oldest call of the most important queue among the own
ones. A shift's end lets a running call finish. Callers who gave up stay in the list until somebody meets them: their
leaving changes nothing for others.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from rotation.simulate.kernel.arrays import (
    DRAWS,
    MEASURES,
    RESOLVES,
    RETURN_AFTER,
    RETURNS,
    Callers,
    Clockwork,
    Crew,
    Floats,
    Line,
    Week,
)
from rotation.simulate.kernel.callers import first_callers, longer, longer_whole, with_room
from rotation.simulate.kernel.desk import arrive, dismiss, finish, join, leave, seek, slot_of
from rotation.simulate.kernel.draws import stream, uniform
from rotation.simulate.kernel.heap import pop, push
from rotation.simulate.kernel.roll import CLOSE, JOIN, roll


@njit(cache=True, nogil=True)
def simulate_week(week: Week, rate: Floats, key: np.uint64) -> Floats:
    """Simulate one replication.

    Args:
        week: the week.
        rate: factor on the calls expected, (queues, intervals).
        key: of the replication.

    Returns:
        Measures by queue and interval of arrival, (queues, intervals, measures); busy and staffed seconds by the
        interval in which they fall.
    """
    queues, intervals = week.calls.shape
    tally = np.zeros((queues, intervals, MEASURES))
    duty_s, duty_kind, duty_row = roll(week, key)
    callers, first = first_callers(week, rate, key)
    crew, line = _crew(week), Line(np.full(queues, -1, np.int64), np.full(queues, -1, np.int64))
    clock = Clockwork(np.empty(week.agents + 1), np.empty(week.agents + 1, np.int64), np.zeros(1, np.int64))
    room = len(callers.arrived)
    back_s, back_n, backs = np.empty(room), np.empty(room, np.int64), np.zeros(1, np.int64)
    call, duty, known = 0, 0, first
    while True:
        next_call = callers.arrived[call] if call < first else np.inf
        next_back = back_s[0] if backs[0] else np.inf
        next_end = clock.end_s[0] if clock.ends[0] else np.inf
        next_duty = duty_s[duty] if duty < len(duty_s) else np.inf
        now = min(next_call, next_back, next_end, next_duty)
        if now == np.inf:
            break
        if now == next_end:
            agent = pop(clock.end_s, clock.end_agent, clock.ends)
            caller = crew.caller[agent]
            finish(week, crew, tally, callers, agent, now)
            again = _return_time(week, callers, caller, week.level[crew.serving[agent]], now)
            if again >= 0.0:
                if known == len(callers.arrived):
                    callers = with_room(callers, 2 * known)
                    back_s, back_n = longer(back_s, 2 * known), longer_whole(back_n, 2 * known)
                _return(callers, caller, known, again)
                push(back_s, back_n, backs, again, known)
                known += 1
            seek(week, crew, line, clock, tally, callers, agent, now)
        elif now == next_duty:
            _duty(week, crew, line, clock, tally, callers, duty_kind[duty], duty_row[duty], now)
            duty += 1
        elif now == next_call:
            arrive(week, crew, line, clock, tally, callers, call, now)
            call += 1
        else:
            arrive(week, crew, line, clock, tally, callers, pop(back_s, back_n, backs), now)
    for q in range(queues):
        dismiss(week, line, tally, callers, q)
    return tally


@njit(cache=True, forceinline=True)
def _crew(week: Week) -> Crew:
    agents, queues = week.agents, len(week.calls)
    return Crew(
        np.full((agents, queues), -1, np.int64),
        np.zeros((queues, agents), np.int64),
        np.zeros((agents, queues), np.int64),
        np.zeros(queues, np.int64),
        np.zeros(agents, np.int64),
        np.zeros(agents, np.bool_),
        np.zeros(agents),
        np.full(agents, -1, np.int64),
        np.full(agents, -1, np.int64),
        np.full(agents, -1.0),
        np.zeros((agents, queues)),
    )


@njit(cache=True, forceinline=True)
def _duty(
    week: Week,
    crew: Crew,
    line: Line,
    clock: Clockwork,
    tally: Floats,
    callers: Callers,
    kind: int,
    row: int,
    now: float,
) -> None:
    if kind == CLOSE:
        dismiss(week, line, tally, callers, row)
    elif kind == JOIN:
        join(week, crew, tally, callers, row, now)
        seek(week, crew, line, clock, tally, callers, week.agent[row], now)
    else:
        leave(week, crew, tally, callers, row, now)


@njit(cache=True, forceinline=True)
def _return(callers: Callers, caller: int, number: int, at: float) -> None:
    """Enter a caller who calls again, with luck of its own."""
    callers.arrived[number], callers.queue[number] = at, callers.queue[caller]
    callers.luck[number] = stream(callers.luck[caller], DRAWS)


@njit(cache=True, forceinline=True)
def _return_time(week: Week, callers: Callers, caller: int, level: int, now: float) -> float:
    """When a caller whose call has just ended calls again: in an open interval, or -1 for never in this week."""
    luck = callers.luck[caller]
    if uniform(luck, RESOLVES) < week.resolves[level] or uniform(luck, RETURNS) >= week.return_share:
        return -1.0
    q, intervals = callers.queue[caller], week.calls.shape[1]
    at = now - np.log(uniform(luck, RETURN_AFTER)) * week.return_after_s
    if at >= intervals * week.interval_s:
        return -1.0
    t = slot_of(week, at)
    opens = week.next_open[q, t]
    if opens >= intervals:
        return -1.0
    return at if opens == t else (opens + uniform(luck, RETURN_AFTER)) * week.interval_s
