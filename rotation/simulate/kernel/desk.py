"""What happens at the desks: a call is served, ends, waits, gives up; a person joins a queue or leaves it."""

from __future__ import annotations

import numpy as np
from numba import njit

from rotation.simulate.kernel.arrays import (
    ABANDONED,
    ANSWERED,
    BUSY_S,
    IN_TIME,
    OFFERED,
    PATIENCE,
    RESOLVED,
    RESOLVES,
    SERVICE,
    STAFFED_S,
    WAITED_S,
    Callers,
    Clockwork,
    Crew,
    Floats,
    Line,
    Week,
)
from rotation.simulate.kernel.draws import duration, uniform
from rotation.simulate.kernel.heap import push


@njit(cache=True, forceinline=True)
def slot_of(week: Week, at: float) -> int:
    """The interval that holds a time; the last one for whatever comes after the week."""
    return min(max(int(at // week.interval_s), 0), week.calls.shape[1] - 1)


@njit(cache=True, forceinline=True)
def _spread(week: Week, tally: Floats, q: int, measure: int, start: float, end: float, share: float) -> None:
    """Add a stretch of time to the intervals in which it falls; what lies after the last interval is left out."""
    t, last = int(start // week.interval_s), week.calls.shape[1]
    while t < last and start < end:
        until = min(end, (t + 1) * week.interval_s)
        tally[q, t, measure] += (until - start) * share
        start = until
        t += 1


@njit(cache=True, forceinline=True)
def arrive(
    week: Week, crew: Crew, line: Line, clock: Clockwork, tally: Floats, callers: Callers, caller: int, now: float
) -> None:
    """A call enters its queue: it is served at once, or waits."""
    q = callers.queue[caller]
    tally[q, slot_of(week, now), OFFERED] += 1.0
    best = -1
    for n in range(crew.idle[q]):
        agent = crew.members[q, n]
        if best < 0 or _rings_before(week, crew, q, agent, best):
            best = agent
    if best >= 0:
        _serve(week, crew, clock, tally, callers, best, caller, now)
        return
    callers.following[caller] = -1
    if line.head[q] < 0:
        line.head[q] = caller
    else:
        callers.following[line.tail[q]] = caller
    line.tail[q] = caller


@njit(cache=True, forceinline=True)
def _rings_before(week: Week, crew: Crew, q: int, one: int, other: int) -> bool:
    a, b = crew.row[one, q], crew.row[other, q]
    if week.penalty[a] != week.penalty[b]:
        return week.penalty[a] < week.penalty[b]
    if week.position[a] != week.position[b]:
        return week.position[a] < week.position[b]
    return crew.since[one] < crew.since[other] or (crew.since[one] == crew.since[other] and one < other)


@njit(cache=True, forceinline=True)
def _serve(
    week: Week, crew: Crew, clock: Clockwork, tally: Floats, callers: Callers, agent: int, caller: int, now: float
) -> None:
    q = callers.queue[caller]
    t, waited = slot_of(week, callers.arrived[caller]), now - callers.arrived[caller]
    level = week.level[crew.row[agent, q]]
    tally[q, t, ANSWERED] += 1.0
    tally[q, t, WAITED_S] += waited
    if waited <= week.target_s[q]:
        tally[q, t, IN_TIME] += 1.0
    if uniform(callers.luck[caller], RESOLVES) < week.resolves[level]:
        tally[q, t, RESOLVED] += 1.0
    mean = week.aht_s[q, t] * week.time_factor[level]
    talk = duration(uniform(callers.luck[caller], SERVICE), mean, week.service_cv)
    for own in range(len(week.calls)):
        if crew.row[agent, own] >= 0:
            _withdraw(crew, agent, own)
    crew.busy[agent], crew.caller[agent], crew.serving[agent] = True, caller, crew.row[agent, q]
    crew.since[agent], crew.left[agent] = now, -1.0
    push(clock.end_s, clock.end_agent, clock.ends, now + talk, agent)


@njit(cache=True, forceinline=True)
def finish(week: Week, crew: Crew, tally: Floats, callers: Callers, agent: int, now: float) -> None:
    """A call ends; the agent is idle, where there is still a queue to be idle for."""
    q = callers.queue[crew.caller[agent]]
    _spread(week, tally, q, BUSY_S, crew.since[agent], now, 1.0)
    if crew.left[agent] >= 0.0:
        _spread(week, tally, q, STAFFED_S, crew.left[agent], now, 1.0)
    crew.busy[agent], crew.since[agent], crew.left[agent] = False, now, -1.0
    for own in range(len(week.calls)):
        if crew.row[agent, own] >= 0:
            _offer(crew, agent, own)


@njit(cache=True, forceinline=True)
def _offer(crew: Crew, agent: int, q: int) -> None:
    """Put an agent among those who are idle for a queue."""
    crew.members[q, crew.idle[q]], crew.place[agent, q] = agent, crew.idle[q]
    crew.idle[q] += 1


@njit(cache=True, forceinline=True)
def _withdraw(crew: Crew, agent: int, q: int) -> None:
    """Take an agent out of those who are idle for a queue."""
    crew.idle[q] -= 1
    last = crew.members[q, crew.idle[q]]
    crew.members[q, crew.place[agent, q]], crew.place[last, q] = last, crew.place[agent, q]


@njit(cache=True, forceinline=True)
def seek(
    week: Week, crew: Crew, line: Line, clock: Clockwork, tally: Floats, callers: Callers, agent: int, now: float
) -> None:
    """An idle agent takes the oldest call of the most important queue among the own ones, if any waits."""
    if crew.busy[agent] or crew.bound[agent] == 0:
        return
    best = -1
    for q in range(len(week.calls)):
        if crew.row[agent, q] >= 0 and _someone_waits(week, line, tally, callers, q, now):
            sooner = best < 0 or week.priority[q] < week.priority[best]
            equal = best >= 0 and week.priority[q] == week.priority[best]
            if sooner or (equal and callers.arrived[line.head[q]] < callers.arrived[line.head[best]]):
                best = q
    if best >= 0:
        caller = line.head[best]
        line.head[best] = callers.following[caller]
        _serve(week, crew, clock, tally, callers, agent, caller, now)


@njit(cache=True, forceinline=True)
def _someone_waits(week: Week, line: Line, tally: Floats, callers: Callers, q: int, now: float) -> bool:
    """Whether a queue has a caller who has not given up; those who have are taken out of its front."""
    while line.head[q] >= 0:
        caller = line.head[q]
        patience = week.patience_s[q]
        if patience == np.inf:
            return True
        if callers.arrived[caller] - np.log(uniform(callers.luck[caller], PATIENCE)) * patience > now:
            return True
        tally[q, slot_of(week, callers.arrived[caller]), ABANDONED] += 1.0
        line.head[q] = callers.following[caller]
    return False


@njit(cache=True, forceinline=True)
def dismiss(week: Week, line: Line, tally: Floats, callers: Callers, q: int) -> None:
    """A queue closes: whoever still waits is sent away and counts as having given up."""
    while line.head[q] >= 0:
        tally[q, slot_of(week, callers.arrived[line.head[q]]), ABANDONED] += 1.0
        line.head[q] = callers.following[line.head[q]]


@njit(cache=True, forceinline=True)
def join(week: Week, crew: Crew, tally: Floats, callers: Callers, row: int, now: float) -> None:
    """A routing row begins to hold."""
    agent, q = week.agent[row], week.queue[row]
    if crew.row[agent, q] >= 0:
        return
    crew.row[agent, q], crew.joined[agent, q] = row, now
    if crew.busy[agent]:
        if crew.left[agent] >= 0.0 and callers.queue[crew.caller[agent]] == q:
            _spread(week, tally, q, STAFFED_S, crew.left[agent], now, 1.0)
            crew.left[agent] = -1.0
    else:
        _offer(crew, agent, q)
        if crew.bound[agent] == 0:
            crew.since[agent] = now
    crew.bound[agent] += 1


@njit(cache=True, forceinline=True)
def leave(week: Week, crew: Crew, tally: Floats, callers: Callers, row: int, now: float) -> None:
    """A routing row ends; a running call goes on."""
    agent, q = week.agent[row], week.queue[row]
    if crew.row[agent, q] != row:
        return
    _spread(week, tally, q, STAFFED_S, crew.joined[agent, q], now, week.share[row])
    crew.row[agent, q] = -1
    crew.bound[agent] -= 1
    if not crew.busy[agent]:
        _withdraw(crew, agent, q)
    elif callers.queue[crew.caller[agent]] == q:
        crew.left[agent] = now
