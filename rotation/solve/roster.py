"""Everybody's shifts as columns, and what they are worth by the compiled rows: plain numpy, no kernel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rotation.plan import Case, Plan
from rotation.solve.instance import Instance
from rotation.solve.rowtable import Int64


@dataclass
class Roster:
    """Shifts of all employees.

    Args:
        shifts: rows (queue, first interval, length), (E, S, 3); only the first ``counts`` of each are meant.
        counts: number of shifts of each employee, (E,).
    """

    shifts: NDArray[np.int32]
    counts: NDArray[np.int32]

    @classmethod
    def empty(cls, instance: Instance) -> Roster:
        """Nobody serves; room for the most shifts that a week can hold."""
        room = instance.week.served_points.shape[1] + 1
        return cls(np.zeros((instance.employees, room, 3), np.int32), np.zeros(instance.employees, np.int32))

    @classmethod
    def of(cls, case: Case, plan: Plan, instance: Instance) -> Roster:
        """The roster of a plan whose shifts lie on the grid of the week."""
        roster = cls.empty(instance)
        for shift in plan.shifts:
            e = case.employee_index[shift.employee_id]
            first, last = case.horizon.floor(shift.start), case.horizon.ceil(shift.end)
            roster.shifts[e, roster.counts[e]] = case.queue_index[shift.queue_id], first, last - first
            roster.counts[e] += 1
        return roster

    def copy(self) -> Roster:
        """An independent copy."""
        return Roster(self.shifts.copy(), self.counts.copy())

    def flat(self) -> NDArray[np.int32]:
        """All shifts as rows (employee, queue, first interval, length), by employee and time."""
        employee = np.repeat(np.arange(len(self.counts), dtype=np.int32), self.counts)
        place = np.arange(self.shifts.shape[1]) < self.counts[:, None]
        return np.column_stack([employee, self.shifts[place]]).astype(np.int32)

    def plan(self, case: Case) -> Plan:
        """The plan that the shifts make."""
        employees, queues, horizon = case.company.employees, case.company.queues, case.horizon
        return Plan.of(
            (employees[e].employee_id, queues[q].queue_id, horizon.instant(int(t)), horizon.instant(int(t + n)))
            for e, q, t, n in self.flat()
        )

    def counted(self, instance: Instance) -> tuple[NDArray[np.int32], Int64, Int64, Int64]:
        """All shifts as in :meth:`flat`, and where they count: parallel (shift, group, coefficient) of each entry."""
        rows, flat = instance.rows, self.flat()
        first, last = rows.entry_start[flat[:, 0]], rows.entry_start[flat[:, 0] + 1]
        which = np.repeat(np.arange(len(flat), dtype=np.int64), last - first)
        entry = np.arange(len(which)) - np.repeat(np.cumsum(last - first) - (last - first), last - first) + first[which]
        counts = (rows.entry_queue[entry] < 0) | (rows.entry_queue[entry] == flat[which, 1])
        which, entry = which[counts], entry[counts]
        return flat, which, rows.entry_group[entry].astype(np.int64), rows.entry_coefficient[entry].astype(np.int64)

    def activity(self, instance: Instance) -> Int64:
        """What the shifts amount to in each row, (G, T); a week row's in column 0."""
        rows = instance.rows
        step = np.zeros((rows.groups, instance.intervals + 1), dtype=np.int64)
        flat, which, group, value = self.counted(instance)
        np.add.at(step, (group, flat[which, 2]), value)
        np.add.at(step, (group, flat[which, 2] + flat[which, 3]), -value)
        activity: Int64 = np.ascontiguousarray(np.cumsum(step, axis=1)[:, :-1])
        weekly = activity[rows.is_week].sum(axis=1)
        activity[rows.is_week] = 0
        activity[rows.is_week, 0] = weekly
        return activity

    def own_points(self, instance: Instance) -> int:
        """Points of everybody's own week: served intervals, cells, small shifts and broken promises."""
        return int(self.own_points_each(instance).sum())

    def own_points_each(self, instance: Instance) -> Int64:
        """The same for each employee, (E,)."""
        week, flat = instance.week, self.flat()
        served = np.zeros(instance.employees, dtype=np.int64)
        np.add.at(served, flat[:, 0], flat[:, 3].astype(np.int64))
        each: Int64 = week.served_points[np.arange(instance.employees), served]
        cells = np.zeros((instance.employees, instance.intervals + 1), dtype=np.int64)
        np.cumsum(week.interval_points, axis=1, out=cells[:, 1:])
        np.add.at(each, flat[:, 0], cells[flat[:, 0], flat[:, 2] + flat[:, 3]] - cells[flat[:, 0], flat[:, 2]])
        np.add.at(each, flat[:, 0], week.length_points[flat[:, 3]])
        kept = {tuple(row) for row in flat.tolist()}
        promises = zip(
            week.promise_employee, week.promise_queue, week.promise_first, week.promise_length, week.promise_points,
            strict=True,
        )  # fmt: skip
        for promise in promises:
            if tuple(int(v) for v in promise[:4]) not in kept:
                each[promise[0]] += promise[4]
        return each

    def priced_each(self, instance: Instance, prices: Int64, scale: int) -> Int64:
        """Own points times ``scale`` plus the prices (G, T) of all cells served, for each employee, (E,)."""
        rows = instance.rows
        flat, which, group, value = self.counted(instance)
        prefix = np.zeros((rows.groups, instance.intervals + 1), dtype=np.int64)
        np.cumsum(np.where(rows.is_week[:, None], prices[:, :1], prices), axis=1, out=prefix[:, 1:])
        first, last = flat[which, 2], flat[which, 2] + flat[which, 3]
        each = self.own_points_each(instance) * scale
        np.add.at(each, flat[which, 0], value * (prefix[group, last] - prefix[group, first]))
        return each

    def objective(self, instance: Instance) -> int:
        """All points."""
        return self.own_points(instance) + int(instance.rows.cost(self.activity(instance)).sum())
