"""A queue is served only while it is open."""

from __future__ import annotations

from collections.abc import Iterable

from rotation.declaration import QueueOpen, Statement, Verdict
from rotation.plan import Case, Clash, Plan
from rotation.plan.attendance import served
from rotation.plan.wording import when
from rotation.timegrid import first_instant


class OpeningHoursRule:
    """Hard: opening hours on the site's clock."""

    summary = "A queue is served only in its opening hours"
    weights: tuple[str, ...] = ()

    def declare(self, case: Case) -> Iterable[Statement]:
        """The open cells of the case."""
        yield QueueOpen(case.is_open)

    def judge(self, case: Case, plan: Plan) -> Verdict:
        """Compare instants with the opening hours of the site's days."""
        zone = case.horizon.zone
        spans = {
            queue.queue_id: [
                (first_instant(day, zone, row.open_min), first_instant(day, zone, row.close_min))
                for day in case.horizon.days()
                for row in case.company.opening_hours
                if row.queue_id == queue.queue_id and row.weekday == day.weekday()
            ]
            for queue in case.company.queues
        }
        clashes = []
        for shift, intervals in served(case, plan):
            instants = (case.horizon.instant(index) for index in intervals)
            if not all(any(start <= at < end for start, end in spans[shift.queue_id]) for at in instants):
                message = f"{shift.employee_id} {when(case, shift.start, shift.end)}: {shift.queue_id} is closed"
                clashes.append(
                    Clash("opening_hours", message, shift.employee_id, shift.queue_id, shift.start, shift.end)
                )
        return Verdict(tuple(clashes))


RULE = OpeningHoursRule()
