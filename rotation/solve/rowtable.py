"""Row families stacked into one table of groups, with the members of each group listed by employee."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rotation.declaration import Hinge, RowFamily

HARD = 1_000_000
"""Points per unit beyond a hard limit: more than anything soft that one interval can be worth."""

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


@dataclass(frozen=True)
class RowTable:
    """All rows. Each hinge costs its points per unit on its side of the limit; unused hinges have no points.

    Args:
        names: of the groups, with their rule, (G,).
        terms: the objective's term of each hinge, G lists of at most H.
        is_week: whether a group has one row for the whole week (in column 0), (G,).
        above: side of each hinge, (G, H).
        limit: (G, H, T).
        points: (G, H, T).
        entry_start: first member entry of each employee, (E + 1,).
        entry_queue, entry_group, entry_coefficient: parallel to the entries; queue -1 means any.
    """

    names: tuple[str, ...]
    terms: tuple[tuple[str, ...], ...]
    is_week: NDArray[np.bool_]
    above: NDArray[np.bool_]
    limit: Int32
    points: Int64
    entry_start: Int64
    entry_queue: Int32
    entry_group: Int32
    entry_coefficient: Int32

    @property
    def groups(self) -> int:
        """G."""
        return len(self.names)

    def slopes(self) -> tuple[Int64, Int64]:
        """The steepest slopes of each row's cost: (all below, all above), both positive, shape (G, T)."""
        above = self.above[:, :, None]
        return np.where(above, 0, self.points).sum(axis=1), np.where(above, self.points, 0).sum(axis=1)

    def cost(self, activity: Int64) -> Int64:
        """Points of each row at an activity of shape (G, T)."""
        points: Int64 = np.zeros(activity.shape, dtype=np.int64)
        for h in range(self.above.shape[1]):
            points[self._with_hinge[h]] += self._hinge_cost(h, activity)
        points[self.is_week, 1:] = 0
        return points

    def _hinge_cost(self, h: int, activity: Int64) -> Int64:
        """Points of one hinge of the groups that have it; one hinge at a time, for most groups have a single one."""
        groups = self._with_hinge[h]
        off: Int64 = activity[groups] - self.limit[groups, h]
        off *= np.where(self.above[groups, h], 1, -1)[:, None]
        np.maximum(off, 0, out=off)
        off *= self.points[groups, h]
        return off

    @cached_property
    def _with_hinge(self) -> tuple[Int64, ...]:
        """The groups that have each hinge, H arrays."""
        width = np.array([len(terms) for terms in self.terms], dtype=np.int64)
        return tuple(np.flatnonzero(width > h).astype(np.int64) for h in range(self.above.shape[1]))

    def by_term(self, activity: Int64) -> dict[str, int]:
        """Points of all rows by the objective's terms."""
        total: dict[str, int] = {}
        for h, groups in enumerate(self._with_hinge):
            cost = self._hinge_cost(h, activity)
            cost[self.is_week[groups], 1:] = 0
            for group, points in zip(groups, cost.sum(axis=1), strict=True):
                term = self.terms[group][h]
                total[term] = total.get(term, 0) + int(points)
        return total


def stack_rows(size: tuple[int, int, int], families: Sequence[RowFamily]) -> RowTable:
    """Stack families in the order given.

    Args:
        size: E, Q, T.
        families: the rows.
    """
    employees, _, intervals = size
    groups = sum(len(family.groups) for family in families)
    width = max((len(family.hinges) for family in families), default=1)
    above = np.zeros((groups, width), dtype=np.bool_)
    limit = np.zeros((groups, width, intervals), dtype=np.int32)
    points = np.zeros((groups, width, intervals), dtype=np.int64)
    names, terms, is_week, entries = [], [], np.zeros(groups, dtype=np.bool_), []
    at = 0
    for family in families:
        block = slice(at, at + len(family.groups))
        is_week[block] = family.over == "week"
        names += [f"{family.hinges[0].term}: {group}" for group in family.groups]
        terms += [tuple(hinge.term for hinge in family.hinges)] * len(family.groups)
        for h, hinge in enumerate(family.hinges):
            above[block, h] = hinge.side == "above"
            limit[block, h], points[block, h] = hinge.limit, _points(hinge)
        member = family.members
        entries.append((member.employee, member.queue, member.group + at, member.coefficient))
        at += len(family.groups)
    none = np.zeros(0, dtype=np.int32)
    columns = [np.concatenate([none, *(entry[n] for entry in entries)]).astype(np.int32) for n in range(4)]
    order = np.argsort(columns[0], kind="stable")
    start = np.searchsorted(columns[0][order], np.arange(employees + 1)).astype(np.int64)
    queue, group, coefficient = (column[order] for column in columns[1:])
    return RowTable(tuple(names), tuple(terms), is_week, above, limit, points, start, queue, group, coefficient)


def _points(hinge: Hinge) -> Int64:
    if hinge.points is None:
        return np.full(hinge.limit.shape, HARD, dtype=np.int64)
    return hinge.points.astype(np.int64)
