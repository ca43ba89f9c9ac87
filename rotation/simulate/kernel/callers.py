"""The callers of one replication: each has a stream of luck of its own, whatever plan answers."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from rotation.simulate.kernel.arrays import ARRIVES, Callers, Floats, Ints, Week
from rotation.simulate.kernel.draws import poisson, stream, uniform


@njit(cache=True)
def first_callers(week: Week, rate: Floats, key: np.uint64) -> tuple[Callers, int]:
    """Who calls for the first time.

    Args:
        week: the week.
        rate: factor on the calls expected, (queues, intervals).
        key: of the replication.

    Returns:
        The callers in the order of time, with room for those who return, and how many there are.
    """
    queues, intervals = week.calls.shape
    counts = np.empty((queues, intervals), np.int64)
    total = 0
    for q in range(queues):
        for t in range(intervals):
            counts[q, t] = poisson(week.calls[q, t] * rate[q, t], stream(stream(key, 2 + q), 2 * t))
            total += counts[q, t]
    times, queue, luck = np.empty(total), np.empty(total, np.int64), np.empty(total, np.uint64)
    n = 0
    for t in range(intervals):
        begin = n
        for q in range(queues):
            here = stream(stream(key, 2 + q), 2 * t + 1)
            for k in range(counts[q, t]):
                luck[n] = stream(here, k)
                times[n] = (t + uniform(luck[n], ARRIVES)) * week.interval_s
                queue[n] = q
                n += 1
        if n > begin + 1:
            order = np.argsort(times[begin:n])
            times[begin:n], queue[begin:n], luck[begin:n] = (
                times[begin:n][order],
                queue[begin:n][order],
                luck[begin:n][order],
            )
    room = total + total // 2 + 64
    return with_room(Callers(times, queue, luck, np.full(total, -1, np.int64)), room), total


@njit(cache=True)
def with_room(callers: Callers, room: int) -> Callers:
    """The same callers in longer arrays."""
    n = len(callers.arrived)
    luck, following = np.empty(room, np.uint64), np.full(room, -1, np.int64)
    luck[:n], following[:n] = callers.luck, callers.following
    return Callers(longer(callers.arrived, room), longer_whole(callers.queue, room), luck, following)


@njit(cache=True)
def longer(old: Floats, room: int) -> Floats:
    """The same numbers in a longer array."""
    new = np.empty(room)
    new[: len(old)] = old
    return new


@njit(cache=True)
def longer_whole(old: NDArray[np.int64], room: int) -> Ints:
    """The same whole numbers in a longer array."""
    new = np.empty(room, np.int64)
    new[: len(old)] = old
    return new
