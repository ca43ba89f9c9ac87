"""A released week with its gaps: what is lacking, what is broken, and who may not be moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rotation.plan import Case
from rotation.solve.cpmodel import Candidate
from rotation.solve.instance import Instance
from rotation.solve.roster import Roster
from rotation.solve.rowtable import HARD

Counts = NDArray[np.int32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Week:
    """A released week with its gaps.

    Args:
        case: the week.
        instance: its rules.
        roster: the shifts that can be kept.
        needed: agents that were promised, (queues, intervals).
        fixed_until: shifts that begin before this interval stay where they are.
    """

    case: Case
    instance: Instance
    roster: Roster
    needed: Counts
    fixed_until: int

    @cached_property
    def begin(self) -> int:
        """The first interval that has not begun."""
        published = self.case.published
        return max(0, self.case.horizon.ceil(published.now)) if published else 0

    def assigned(self, roster: Roster) -> Counts:
        """Agents by queue and interval."""
        step = np.zeros((self.needed.shape[0], self.needed.shape[1] + 1), dtype=np.int32)
        flat = roster.flat()
        np.add.at(step, (flat[:, 1], flat[:, 2]), 1)
        np.add.at(step, (flat[:, 1], flat[:, 2] + flat[:, 3]), -1)
        return np.cumsum(step, axis=1, dtype=np.int32)[:, :-1]

    def lacking(self) -> int:
        """Agent-intervals below what was promised, of those that have not begun."""
        return int(np.maximum(self.needed - self.assigned(self.roster), 0)[:, self.begin :].sum())

    def broken(self) -> int:
        """Hard limits of rows that the present shifts break, in units."""
        return int(self._violations().sum())

    def _violations(self) -> NDArray[np.int64]:
        return np.asarray(self.instance.rows.cost(self.roster.activity(self.instance)) // HARD)

    def gaps(self) -> Mask:
        """Cells (queue, interval) in which somebody more would help."""
        found: Mask = self.needed > self.assigned(self.roster)
        rows = self.instance.rows
        groups, times = np.nonzero(self._violations())
        for g, t in zip(groups.tolist(), times.tolist(), strict=True):
            helpful = (rows.entry_group == g) & (rows.entry_coefficient < 0)
            for q in np.unique(rows.entry_queue[helpful]).tolist():
                found[q if q >= 0 else slice(None), t] = True
        found[:, : self.begin] = False
        return found

    def bound(self) -> tuple[int, ...]:
        """Employees whose present shifts break a hard limit of a row, together with others."""
        rows, flat = self.instance.rows, self.roster.flat()
        groups, times = np.nonzero(self._violations())
        found = set()
        for g, t in zip(groups.tolist(), times.tolist(), strict=True):
            members = np.flatnonzero(rows.entry_group == g)
            owner = np.searchsorted(rows.entry_start, members, side="right") - 1
            on = flat[(flat[:, 2] <= t) & (t < flat[:, 2] + flat[:, 3])]
            found |= set(owner.tolist()) & set(on[:, 0].tolist())
        return tuple(sorted(found))

    def present(self, e: int) -> list[tuple[int, int, int]]:
        """An employee's present shifts as (queue, first interval, length)."""
        rows = self.roster.shifts[e, : self.roster.counts[e]].tolist()
        return [(q, first, length) for q, first, length in rows]

    def stays(self, e: int, first: int) -> bool:
        """Whether a present shift must stay where it is."""
        return first < self.begin or (first < self.fixed_until and e not in self.bound_set)

    @cached_property
    def bound_set(self) -> frozenset[int]:
        """:meth:`bound`, to look up."""
        return frozenset(self.bound())

    def tight(self, choices: Mapping[int, Sequence[Candidate]]) -> Mask:
        """Cells that would lack somebody if one of these people left a present shift."""
        assigned, found = self.assigned(self.roster), np.zeros(self.needed.shape, dtype=np.bool_)
        for e in choices:
            for q, first, length in self.present(e):
                if not self.stays(e, first):
                    cells = slice(first, first + length)
                    found[q, cells] |= assigned[q, cells] <= self.needed[q, cells]
        return found

    def duty(self, shift: Candidate) -> tuple[int, int, dt.date]:
        """What makes two shifts the same duty: person, queue and day of the site."""
        return shift.employee, shift.queue, self.dates[shift.first]

    @cached_property
    def dates(self) -> list[dt.date]:
        """The site's date of each interval."""
        return [self.case.horizon.local(n).date() for n in range(self.case.horizon.intervals)]
