"""The roll of one replication: who really comes, and when each is there, from the routing table and luck alone."""

from __future__ import annotations

import numpy as np
from numba import njit

from rotation.simulate.kernel.arrays import Floats, Ints, Week
from rotation.simulate.kernel.callers import longer, longer_whole
from rotation.simulate.kernel.draws import stream, uniform

JOIN, LEAVE, CLOSE = 1, 0, 2
_GROWTH = 2


@njit(cache=True)
def roll(week: Week, key: np.uint64) -> tuple[Floats, Ints, Ints]:
    """The events of agents and closings, in the order of time; at one instant people leave before others join.

    Args:
        week: the week.
        key: of the replication.

    Returns:
        Times, kinds (``LEAVE``, ``JOIN``, ``CLOSE``) and routing rows (of ``CLOSE`` the queue).
    """
    room = 2 * len(week.agent) + len(week.closing_s) + 16
    times, kinds, rows = np.empty(room), np.empty(room, np.int64), np.empty(room, np.int64)
    n = 0
    for row in range(len(week.agent)):
        luck = stream(key, 1) ^ week.luck[row]
        if week.can_miss[row] and uniform(luck, 0) < week.no_show:
            continue
        away = week.away_share[week.queue[row]]
        at, place = week.start_s[row], 1
        while at < week.end_s[row]:
            if n + 4 + len(week.closing_s) > room:
                room *= _GROWTH
                times, kinds, rows = longer(times, room), longer_whole(kinds, room), longer_whole(rows, room)
            until = week.end_s[row]
            if away > 0.0:
                until = min(until, at - np.log(uniform(luck, place)) * week.away_s * (1.0 - away) / away)
            times[n], kinds[n], rows[n] = at, JOIN, row
            times[n + 1], kinds[n + 1], rows[n + 1] = until, LEAVE, row
            n += 2
            at = until - np.log(uniform(luck, place + 1)) * week.away_s if away > 0.0 else until
            place += 2
    for m in range(len(week.closing_s)):
        times[n], kinds[n], rows[n] = week.closing_s[m], CLOSE, week.closing_queue[m]
        n += 1
    order = _ordered(times[:n], kinds[:n])
    return times[:n][order], kinds[:n][order], rows[:n][order]


@njit(cache=True)
def _ordered(times: Floats, kinds: Ints) -> Ints:
    by_kind = np.argsort(kinds, kind="mergesort")
    return by_kind[np.argsort(times[by_kind], kind="mergesort")]
