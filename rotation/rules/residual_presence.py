"""A department keeps enough of its people at their own work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import islice
from zoneinfo import ZoneInfo

import numpy as np

from rotation.company import Employee
from rotation.declaration import Hinge, RowFamily, Statement, Verdict
from rotation.declaration.masks import working
from rotation.plan import Case, Clash, Plan
from rotation.plan.attendance import agents_by_department
from rotation.plan.wording import interval
from rotation.rules.department_cap import department_members
from rotation.timegrid import first_instant


class ResidualPresence:
    """Hard: those whose pattern covers the interval, less absences, less agents, are never fewer than
    ``min_present``; where fewer are at work anyway, nobody is taken."""

    summary = "At least min_present people of a department stay at their own work"
    kind = "hard"
    weights: tuple[str, ...] = ()

    def declare(self, case: Case) -> Iterable[Statement]:
        """An upper limit on the agents of each department and interval."""
        there = working(case)
        index = {row.department_id: n for n, row in enumerate(case.company.departments)}
        present = np.zeros((len(index), case.horizon.intervals), dtype=np.int32)
        np.add.at(present, [index[person.department_id] for person in case.company.employees], there)
        kept = np.array([row.min_present for row in case.company.departments], dtype=np.int32).reshape(-1, 1)
        limit = np.where(kept == 0, len(case.company.employees), np.maximum(present - kept, 0)).astype(np.int32)
        yield RowFamily(
            tuple(row.name for row in case.company.departments),
            department_members(case),
            "interval",
            (Hinge("residual_presence", "above", limit, None),),
        )

    def judge(self, case: Case, plan: Plan) -> Verdict:
        """Count who is at work on the own clock in each interval that has agents."""
        clashes = []
        for (department_id, index), away in sorted(agents_by_department(case, plan).items()):
            kept = case.company.department[department_id].min_present
            start, end = case.horizon.instant(index), case.horizon.instant(index + 1)
            if not kept:
                continue
            there = (person for person in case.company.members_of[department_id] if at_work(case, person, start, end))
            # Whoever comes after enough were found need not be looked at.
            present = sum(1 for _ in islice(there, kept + away))
            if present - away < kept:
                message = f"{department_id} keeps {present - away} {interval(case, index)}, at least {kept}"
                clashes.append(Clash("residual_presence", message, start=start, end=end))
        return Verdict(tuple(clashes))


def at_work(case: Case, person: Employee, start: dt.datetime, end: dt.datetime) -> bool:
    """Whether somebody works the whole of a short stretch: pattern, employment, holidays and absences."""
    company = case.company
    for absence in company.absences_of.get(person.employee_id, ()):
        if absence.start < end and start < absence.end:
            return False
    zone = ZoneInfo(person.timezone)
    reached = start
    day = start.astimezone(zone).date()
    for date in (day, day + dt.timedelta(days=1)):
        holiday = company.holiday_name(person, date) and not company.policy.availability.work_on_holidays
        if holiday or not person.employed_on(date):
            continue
        for span in company.work_patterns[person.work_pattern_id].spans:
            if span.weekday == date.weekday() and first_instant(date, zone, span.start_min) <= reached:
                reached = max(reached, first_instant(date, zone, span.end_min))
    return reached >= end


RULE = ResidualPresence()
