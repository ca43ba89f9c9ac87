"""Whom to free around some cells, and which of their shifts are worth a Boolean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from rotation.plan.case import BoolArray
from rotation.solve.cpmodel import Candidate, candidates
from rotation.solve.explain.judged import JudgedWeek
from rotation.solve.rowtable import HARD, Int64

KEEP = 24
"""Shifts of each free person that are worth a Boolean beside those that meet the cells, by their marginal points."""
SOME = 40
"""The same of those that meet the cells."""
MANY = 150
"""People whose shifts are ranked for one question; of more only the likeliest are."""
PEOPLE = 24
"""People of a neighbourhood."""
Span = tuple[int, int, int]
"""A stretch as (queue, first interval, one after the last)."""


class Scope:
    """Candidates of a judged week with their marginal points, kept between questions.

    Args:
        week: the present plan.
        like: a scope of nearly the same week, whose ranking is good enough for whoever may do the same in both.
    """

    def __init__(self, week: JudgedWeek, like: Scope | None = None) -> None:
        self.week, self.like = week, like
        self._activity = week.roster.activity(week.instance)
        self._ranked: dict[int, list[tuple[int, Candidate]]] = {}

    def ranked(self, e: int) -> list[tuple[int, Candidate]]:
        """Everything an employee could take, with the points it would add beside everybody else; cheapest first."""
        if e not in self._ranked and self.like and _same_person(self.week, self.like.week, e):
            return self.like.ranked(e)
        if e not in self._ranked:
            found = candidates(self.week.instance, e)
            points = self._marginal(e, found)
            self._ranked[e] = [(int(points[n]), found[n]) for n in np.argsort(points, kind="stable").tolist()]
        return self._ranked[e]

    def choices(self, employees: Iterable[int], spans: Sequence[Span]) -> dict[int, list[Candidate]]:
        """For each employee the present shifts, the best of those that meet a stretch, and the best of all.

        Args:
            employees: who is free.
            spans: stretches that matter.
        """
        chosen = {}
        for e in employees:
            present = set(self.week.shifts_of(e))
            kept, meeting, others = [], 0, 0
            for _, shift in self.ranked(e):
                meets = any(touches(shift, span) for span in spans)
                if (shift.queue, shift.first, shift.length) in present:
                    kept.append(shift)
                elif meets and meeting < SOME:
                    meeting += 1
                    kept.append(shift)
                elif not meets and others < KEEP:
                    others += 1
                    kept.append(shift)
            chosen[e] = kept
        return chosen

    def around(self, span: Span, always: Sequence[int] = (), people: int = PEOPLE) -> list[int]:
        """People to free around a stretch: those who could serve it, those who take what they would need, and those
        who could relieve them.

        Args:
            span: the stretch.
            always: who must be among them.
            people: how many at most.
        """
        able = [e for e in self._by_cost(self._could(span), [span]) if e not in always]
        helpers = [*always, *able][: max(people // 2, len(always))]
        blocking = [e for e in self._blocking(helpers, span) if e not in helpers]
        chosen = [*helpers, *blocking[: people // 6]]
        theirs = [(q, t, t + n) for e in helpers for q, t, n in self.week.shifts_of(e)]
        relief = [e for e in self._by_cost(self._free_for(theirs), theirs) if e not in chosen]
        return sorted([*chosen, *relief][: max(people, len(always))])

    def _could(self, span: Span) -> list[int]:
        """People certified and free for a part of a stretch."""
        week, (q, a, b) = self.week.instance.week, span
        t = np.arange(a, b)
        inside = (week.serve_first[:, q : q + 1] <= t) & (t < week.serve_last[:, q : q + 1])
        return [int(e) for e in np.flatnonzero((inside & week.available[:, a:b]).any(axis=1))]

    def _free_for(self, spans: Sequence[Span]) -> list[int]:
        return sorted({e for span in set(spans) for e in self._could(span)})

    def _by_cost(self, people: Sequence[int], spans: Sequence[Span]) -> list[int]:
        """By the marginal points of the cheapest shift that meets a stretch; who has none is left out."""
        cost = {}
        for e in self._likely(people, spans):
            first = next((points for points, shift in self.ranked(e) if any(touches(shift, s) for s in spans)), None)
            if first is not None:
                cost[e] = first
        return sorted(cost, key=lambda e: (cost[e], e))

    def _likely(self, people: Sequence[int], spans: Sequence[Span]) -> list[int]:
        """Of many people those with the most room in their week and the most free time in the stretches."""
        if len(people) <= MANY:
            return list(people)
        available, served = self.week.instance.week.available, self.week.served
        free = {e: sum(int(available[e, a:b].sum()) for _, a, b in spans) for e in people}
        return sorted(people, key=lambda e: (self.week.most(e) - int(served[e]) == 0, -free[e], e))[:MANY]

    def _blocking(self, people: Sequence[int], span: Span) -> list[int]:
        """People on the phones who fill a hard row that some of these people need in a stretch."""
        rows, (_, a, b) = self.week.instance.rows, span
        full = full_rows(self.week, self._activity)[:, a:b].any(axis=1)
        groups = set()
        for e in people:
            mine = slice(int(rows.entry_start[e]), int(rows.entry_start[e + 1]))
            groups |= set(rows.entry_group[mine].tolist())
        tight = np.array([g in groups for g in range(rows.groups)], dtype=np.bool_) & full
        found = []
        for e, _, first, length in self.week.roster.flat().tolist():
            mine = slice(int(rows.entry_start[e]), int(rows.entry_start[e + 1]))
            if first < b and a < first + length and tight[rows.entry_group[mine]].any():
                found.append(e)
        return found

    def _marginal(self, e: int, shifts: Sequence[Candidate]) -> Int64:
        """Points of each shift added to everybody else's week, without what the person serves now."""
        rows = self.week.instance.rows
        mine = range(int(rows.entry_start[e]), int(rows.entry_start[e + 1]))
        activity = self._activity.copy()
        for q, first, length in self.week.shifts_of(e):
            for i in mine:
                if rows.entry_queue[i] in (-1, q):
                    g, factor = int(rows.entry_group[i]), int(rows.entry_coefficient[i])
                    if rows.is_week[g]:
                        activity[g, 0] -= factor * length
                    else:
                        activity[g, first : first + length] -= factor
        before = rows.cost(activity)
        prefix = {}
        for queue in {shift.queue for shift in shifts}:
            more = np.zeros_like(activity)
            for i in mine:
                if rows.entry_queue[i] in (-1, queue):
                    more[int(rows.entry_group[i])] += int(rows.entry_coefficient[i])
            change = rows.cost(activity + more) - before
            change[rows.is_week] = change[rows.is_week, :1]
            prefix[queue] = np.concatenate([[0], np.cumsum(change.sum(axis=0))])
        return np.array(
            [s.points + prefix[s.queue][s.first + s.length] - prefix[s.queue][s.first] for s in shifts],
            dtype=np.int64,
        )


def _same_person(one: JudgedWeek, other: JudgedWeek, e: int) -> bool:
    """Whether a person may take the same shifts in two weeks."""
    a, b = one.instance.week, other.instance.week
    return (a.shortest, a.longest) == (b.shortest, b.longest) and all(
        np.array_equal(getattr(a, name)[e], getattr(b, name)[e]) for name in ("available", "serve_first", "serve_last")
    )


def touches(shift: Candidate, span: Span) -> bool:
    """Whether a shift serves a part of a stretch."""
    q, a, b = span
    return shift.queue == q and shift.first < b and a < shift.first + shift.length


def full_rows(week: JudgedWeek, activity: Int64) -> BoolArray:
    """Rows (G, T) with a hard upper limit that one more would break."""
    rows = week.instance.rows
    hard = (rows.points >= HARD) & rows.above[:, :, None]
    return np.asarray((hard & (activity[:, None, :] >= rows.limit)).any(axis=1), dtype=np.bool_)
