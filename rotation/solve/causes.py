"""Why somebody is below the band and why a queue is short, read off a plan and the compiled rules."""

from __future__ import annotations

from collections import Counter

import numpy as np

from rotation.plan import Case, Shortage, weekly_bands
from rotation.plan.band import achievable
from rotation.plan.case import BoolArray
from rotation.solve.instance import Instance
from rotation.solve.kernel.arrays import flatten
from rotation.solve.kernel.sweeps import price_all
from rotation.solve.roster import Roster
from rotation.solve.rowtable import HARD, Int64
from rotation.solve.weekshape import FORBIDDEN


class Causes:
    """Answers for one plan.

    Args:
        case: the week.
        instance: the compiled week.
        roster: the plan.
    """

    def __init__(self, case: Case, instance: Instance, roster: Roster) -> None:
        self.case, self.instance, self.roster = case, instance, roster
        self._activity = roster.activity(instance)
        self._full = self._at_limit(self._activity)
        self._served = np.array([int(r[:n, 2].sum()) for r, n in zip(roster.shifts, roster.counts, strict=True)])

    def below_band(self) -> dict[str, str]:
        """For everybody below the band's lower end, why (by employee id)."""
        step, bands = self.case.horizon.interval_min, weekly_bands(self.case)
        below = [e for e, band in enumerate(bands) if band.eligible and int(self._served[e]) * step < band.band_min]
        alone = self._alone(np.array(below, dtype=np.int64))
        return {self.case.company.employees[e].employee_id: self._why_below(e, int(alone[e]) * step) for e in below}

    def _why_below(self, e: int, alone_min: int) -> str:
        employee, week = self.case.company.employees[e], self.instance.week
        band = weekly_bands(self.case)[e]
        if not (week.serve_first[e] < week.serve_last[e]).any():
            return "not certified for any queue this week"
        if not achievable(self.case, band.band_min, band.band_max):
            return f"no legal set of shifts adds up to between {band.band_min} and {band.band_max} min; carried as debt"
        if alone_min < band.band_min:
            return f"free and certified time in opening hours allows at most {alone_min} min"
        terms = Counter[str]()
        for q in range(week.queue_open.shape[0]):
            for t in np.flatnonzero(self._could(e, q)):
                terms.update(set(self._holding(e, q, int(t))))
        if not terms:
            return "other points outweigh the band"
        return f"{', '.join(term for term, _ in terms.most_common(3))} hold {employee.employee_id} back"

    def shortages(self) -> tuple[Shortage, ...]:
        """Each stretch in which a queue lacks agents, with what binds there."""
        horizon, found = self.case.horizon, []
        assigned = np.zeros_like(self.case.missing)
        for _, q, first, length in self.roster.flat():
            assigned[q, first : first + length] += 1
        lacking = self.case.missing - assigned
        for q, queue in enumerate(self.case.company.queues):
            for first, last in _runs(lacking[q] > 0):
                minutes = int(lacking[q, first:last].sum()) * horizon.interval_min
                cause = self._why_short(q, first)
                found.append(Shortage(queue.queue_id, horizon.instant(first), horizon.instant(last), minutes, cause))
        return tuple(found)

    def _why_short(self, q: int, t: int) -> str:
        """Sort everybody certified by what keeps them in an interval."""
        week = self.instance.week
        certified = (week.serve_first[:, q] <= t) & (t < week.serve_last[:, q])
        if not certified.any():
            return "nobody is certified"
        able = np.flatnonzero(certified & week.available[:, t])
        if not len(able):
            return f"none of the {int(certified.sum())} certified people is at work and free"
        kept: Counter[str] = Counter(self._keeps(int(e), q, t) for e in able)
        serving = kept.pop("", 0)
        if not kept:
            return f"all {serving} certified people who are at work and free serve it"
        parts = [f"{count} {cause}" for cause, count in kept.most_common()]
        also = f" (beside {serving} who serve it)" if serving else ""
        return f"of {len(able) - serving} more certified and free{also}: {', '.join(parts)}"

    def _keeps(self, e: int, q: int, t: int) -> str:
        week, shifts = self.instance.week, self.roster.shifts[e, : self.roster.counts[e]]
        for queue, first, length in shifts:
            if first <= t < first + length:
                return "" if queue == q else "serve another queue"
        table = week.served_points[e]
        most = max(n for n in range(len(table)) if table[n] < FORBIDDEN)
        if int(self._served[e]) + week.shortest > most:
            return "have their band used up"
        holding = self._holding(e, q, t)
        if holding:
            return f"held by {holding[0]}"
        tomorrow = week.next_day[week.zone_of[e]]
        today = [s for s in shifts if tomorrow[s[1]] == tomorrow[t]]
        if week.a_day and len(today) >= week.a_day:
            return "already serve that day"
        if week.a_week and len(shifts) >= week.a_week:
            return "have all their shifts of the week"
        return "are dearer here (short free stretch, preference or another need)"

    def _could(self, e: int, q: int) -> BoolArray:
        """Cells that an employee could serve and does not."""
        week, t = self.instance.week, np.arange(self.instance.intervals)
        inside = (week.serve_first[e, q] <= t) & (t < week.serve_last[e, q])
        cells: BoolArray = week.available[e] & week.queue_open[q] & inside
        for _, first, length in self.roster.shifts[e, : self.roster.counts[e]]:
            cells[first : first + length] = False
        return cells

    def _holding(self, e: int, q: int, t: int) -> list[str]:
        """Hard rows with no room for one more of this employee in a cell, by the name of their rule."""
        rows, names = self.instance.rows, []
        for i in range(int(rows.entry_start[e]), int(rows.entry_start[e + 1])):
            g = int(rows.entry_group[i])
            if rows.entry_queue[i] in (-1, q) and rows.entry_coefficient[i] > 0 and self._full[g, t]:
                names.append(rows.names[g].replace(": ", " of "))
        return names

    def _at_limit(self, activity: Int64) -> BoolArray:
        rows = self.instance.rows
        hard = (rows.points >= HARD) & rows.above[:, :, None]
        return np.asarray((hard & (activity[:, None, :] >= rows.limit)).any(axis=1), dtype=np.bool_)

    def _alone(self, who: Int64) -> Int64:
        """The most intervals that each of some could serve if nobody else existed and nothing cost points, (E,)."""
        week = self.instance.week
        alone = Roster.empty(self.instance)
        free = np.zeros((self.instance.rows.groups, self.instance.intervals), dtype=np.int64)
        served = -np.arange(week.served_points.shape[1], dtype=np.int64)
        arrays = flatten(self.instance)._replace(
            served_points=np.where(week.served_points < FORBIDDEN, served, FORBIDDEN),
            interval_points=np.zeros_like(week.interval_points),
            length_points=np.zeros_like(week.length_points),
            promise_points=np.zeros_like(week.promise_points),
        )
        price_all(arrays, who, free, free.copy(), alone.shifts, alone.counts)
        total = [int(r[:n, 2].sum()) for r, n in zip(alone.shifts, alone.counts, strict=True)]
        return np.array(total, dtype=np.int64)


def _runs(cells: BoolArray) -> list[tuple[int, int]]:
    """Stretches of true cells as (first, one after the last)."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], cells, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
