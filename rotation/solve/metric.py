"""Which rows are priced together: those that most people share, interval by interval."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rotation.solve.instance import Instance
from rotation.solve.kernel.curvature import Metric
from rotation.solve.rowtable import Int64

WIDE, MOST = 0.1, 3_500
"""Share of the company that counts in a group that is priced together with others; rows priced together at most."""


def metric_of(instance: Instance, alive: NDArray[np.bool_]) -> tuple[Metric, Int64]:
    """The rows priced together, and where they are.

    Args:
        instance: the week.
        alive: rows whose price moves, (G, T).

    Returns:
        The metric; the rows (group, interval) by position, group -1 where the price does not move.
    """
    rows = instance.rows
    members = np.bincount(rows.entry_group, minlength=rows.groups)
    members[rows.is_week | ~alive.any(axis=1)] = 0
    widest = np.argsort(-members, kind="stable")
    widest = widest[members[widest] > WIDE * instance.employees]
    places = np.flatnonzero(alive[widest].any(axis=0))
    widest = widest[: MOST // max(len(places), 1)]
    place, slot = np.full(instance.intervals, -1, dtype=np.int64), np.full(rows.groups, -1, dtype=np.int64)
    place[places], slot[widest] = np.arange(len(places)), np.arange(len(widest))
    group, t = np.tile(widest, len(places)), np.repeat(places, len(widest))
    spots = np.column_stack([np.where(alive[group, t], group, -1), t]).astype(np.int64)
    return Metric(slot, place, len(widest), len(places)), spots
