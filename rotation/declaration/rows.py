"""Rows over (group, interval): what employees amount to together, with limits and a convex cost of missing them.

The activity of a row is the sum of the coefficients of all cells (employee, queue, interval) served. A hinge costs its
points for each unit below or above its limit; the cost of a row is the sum of its hinges and therefore convex.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rotation.plan.case import IntArray

ANY_QUEUE = -1


@dataclass(frozen=True)
class Members:
    """Who counts in which group, as parallel arrays of one length.

    Args:
        employee: employee index.
        queue: queue index, or :data:`ANY_QUEUE` when the cell counts on whichever queue.
        group: group index.
        coefficient: what one served interval adds to the row.
    """

    employee: IntArray
    queue: IntArray
    group: IntArray
    coefficient: IntArray

    @classmethod
    def of(cls, rows: list[tuple[int, int, int, int]]) -> Members:
        """Build from (employee, queue, group, coefficient) tuples."""
        table: NDArray[np.int32] = np.array(rows, dtype=np.int32).reshape(-1, 4)
        return cls(*(np.ascontiguousarray(column) for column in table.T))


@dataclass(frozen=True)
class Hinge:
    """One side of a row's limit.

    Args:
        term: name of the points in the objective.
        side: ``below`` or ``above``.
        limit: shape (groups, slots): slots are the intervals, or one for the whole week.
        points: per unit, same shape; None forbids any excess (``above`` only).
    """

    term: str
    side: Literal["below", "above"]
    limit: IntArray
    points: IntArray | None


@dataclass(frozen=True)
class RowFamily:
    """The rows of one rule.

    Args:
        groups: their names, for messages.
        members: who counts where.
        over: ``interval`` for a row per group and interval, ``week`` for one row per group.
        hinges: the limits.
    """

    groups: tuple[str, ...]
    members: Members
    over: Literal["interval", "week"]
    hinges: tuple[Hinge, ...]
