"""Nobody answers a queue without a certification that holds on every day of the shift."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

import numpy as np

from rotation.declaration import MayServe, Statement, Verdict
from rotation.plan import Case, Clash, Plan
from rotation.plan.wording import when
from rotation.timegrid import first_instant


class Certification:
    """Hard: skills with their first and last day, on the person's own calendar."""

    summary = "Nobody answers a queue without a certification that holds that day"
    kind = "hard"
    weights: tuple[str, ...] = ()

    def declare(self, case: Case) -> Iterable[Statement]:
        """The window of intervals in which each certification holds."""
        shape = (len(case.company.employees), len(case.company.queues))
        first, last = np.zeros(shape, dtype=np.int32), np.zeros(shape, dtype=np.int32)
        horizon = case.horizon
        for skill in case.company.skills:
            at = case.employee_index[skill.employee_id], case.queue_index[skill.queue_id]
            last[at] = horizon.intervals
            if not skill.certified_on and not skill.expires_on:
                continue
            zone = ZoneInfo(case.company.employee[skill.employee_id].timezone)
            if skill.certified_on:
                first[at] = max(0, horizon.ceil(first_instant(skill.certified_on, zone)))
            if skill.expires_on:
                after = first_instant(skill.expires_on + dt.timedelta(days=1), zone)
                last[at] = min(horizon.intervals, max(0, horizon.floor(after)))
        yield MayServe(first, last)

    def judge(self, case: Case, plan: Plan) -> Verdict:
        """Look the certification up on the local dates of the shift's first and last minute."""
        clashes = []
        for shift in plan.shifts:
            zone = ZoneInfo(case.company.employee[shift.employee_id].timezone)
            skill = case.company.skill.get((shift.employee_id, shift.queue_id))
            days = (shift.start, shift.end - dt.timedelta(microseconds=1))
            if not skill or not all(skill.holds_on(instant.astimezone(zone).date()) for instant in days):
                cause = "no certification that day" if skill else "not certified"
                message = f"{shift.employee_id} {when(case, shift.start, shift.end)}: {cause} for {shift.queue_id}"
                clashes.append(
                    Clash("certification", message, shift.employee_id, shift.queue_id, shift.start, shift.end)
                )
        return Verdict(tuple(clashes))


RULE = Certification()
