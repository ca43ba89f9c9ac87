"""Every legal shift of every employee, read off the compiled week: what the peers choose from."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rotation.solve.instance import Instance


def legal_shifts(instance: Instance, e: int) -> Iterator[tuple[int, int, int, int]]:
    """The shifts (queue, first interval, length, own points) that an employee could take alone.

    Args:
        instance: the compiled week.
        e: the employee's index.
    """
    week = instance.week
    cost = np.concatenate([[0], np.cumsum(week.interval_points[e], dtype=np.int64)]).tolist()
    inside = np.arange(instance.intervals)
    for q in range(week.queue_open.shape[0]):
        window = (week.serve_first[e, q] <= inside) & (inside < week.serve_last[e, q])
        free = np.concatenate([week.available[e] & week.queue_open[q] & window, [False]])
        ends = np.flatnonzero(~free)
        for first in np.flatnonzero(free[:-1] & week.start_allowed).tolist():
            longest = min(week.longest, int(ends[np.searchsorted(ends, first)]) - first)
            for length in range(week.shortest, longest + 1):
                yield q, first, length, cost[first + length] - cost[first] + int(week.length_points[length])
