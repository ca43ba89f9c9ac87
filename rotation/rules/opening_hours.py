"""A queue is served only while it is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from rotation.declaration import QueueOpen, Statement, Verdict
from rotation.plan import Case, Clash, Plan
from rotation.plan.wording import when
from rotation.timegrid import first_instant

Stretch = tuple[dt.datetime, dt.datetime]


class OpeningHoursRule:
    """Hard: opening hours on the site's clock; on a public holiday of the site a queue without any row is closed."""

    summary = "A queue is served only in its opening hours"
    kind = "hard"
    weights: tuple[str, ...] = ()

    def declare(self, case: Case) -> Iterable[Statement]:
        """The open cells of the case."""
        yield QueueOpen(case.is_open)

    def judge(self, case: Case, plan: Plan) -> Verdict:
        """Look for one open stretch that holds the whole shift."""
        open_at = {queue.queue_id: _stretches(case, queue.queue_id) for queue in case.company.queues}
        return Verdict(
            tuple(
                Clash(
                    "opening_hours",
                    f"{shift.employee_id} {when(case, shift.start, shift.end)}: {shift.queue_id} is closed",
                    shift.employee_id,
                    shift.queue_id,
                    shift.start,
                    shift.end,
                )
                for shift in plan.shifts
                if not any(start <= shift.start and shift.end <= end for start, end in open_at[shift.queue_id])
            )
        )


def _stretches(case: Case, queue_id: str) -> list[Stretch]:
    """The queue's open stretches of the week as instants; those that meet are one."""
    zone, found = case.horizon.zone, list[Stretch]()
    rows = [row for row in case.company.opening_hours if row.queue_id == queue_id]
    for day in case.horizon.days():
        if _closed_for_holiday(case, queue_id, day):
            continue
        for row in sorted((row for row in rows if row.weekday == day.weekday()), key=lambda row: row.open_min):
            start, end = first_instant(day, zone, row.open_min), first_instant(day, zone, row.close_min)
            if found and start <= found[-1][1]:
                start, _ = found.pop()
            found.append((start, end))
    return found


def _closed_for_holiday(case: Case, queue_id: str, day: dt.date) -> bool:
    company, zone = case.company, case.horizon.zone
    if day not in company.holidays.get(company.policy.region, {}):
        return False
    given = [(row.queue_id, row.start) for row in company.demand] + [(r.queue_id, r.start) for r in company.required]
    return not any(owner == queue_id and start.astimezone(zone).date() == day for owner, start in given)


RULE = OpeningHoursRule()
