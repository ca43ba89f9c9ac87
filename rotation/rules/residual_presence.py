"""A department keeps enough of its people at their own work."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
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
        for person, cells in zip(case.company.employees, there, strict=True):
            present[index[person.department_id]] += cells
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
        away: dict[str, dict[int, int]] = defaultdict(dict)
        for (department_id, index), count in sorted(agents_by_department(case, plan).items()):
            if case.company.department[department_id].min_present:
                away[department_id][index] = count
        clashes, worked = [], Worked(case)
        for department_id, counts in away.items():
            kept = case.company.department[department_id].min_present
            present = at_work(case, department_id, worked)
            for index, count in counts.items():
                if present[index] - count < kept:
                    message = f"{department_id} keeps {present[index] - count} {interval(case, index)}, at least {kept}"
                    start, end = case.horizon.instant(index), case.horizon.instant(index + 1)
                    clashes.append(Clash("residual_presence", message, start=start, end=end))
        return Verdict(tuple(clashes))


def at_work(case: Case, department_id: str, worked: Worked) -> Counter[int]:
    """How many people of a department are at work in each interval: pattern, employment, holidays and absences."""
    present: Counter[int] = Counter()
    alike: Counter[Hours] = Counter()
    for person in case.company.members_of[department_id]:
        hours = hours_of(person)
        alike[hours] += 1
        gone: set[int] = set()
        for absence in case.company.absences_of.get(person.employee_id, ()):
            gone.update(touched(case, absence.start, absence.end))
        for index in gone & worked.by(hours, person):
            present[index] -= 1
    for hours, people in alike.items():
        for index in worked.known[hours]:
            present[index] += people
    return present


Hours = tuple[str, str, str, dt.date | None, dt.date | None]


def hours_of(person: Employee) -> Hours:
    """Whatever decides when somebody works; people in whom it is the same work at the same times."""
    return person.work_pattern_id, person.timezone, person.region, person.starts_on, person.ends_on


class Worked:
    """The intervals that people work, found once for all who work alike.

    Args:
        case: the week.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self.known: dict[Hours, frozenset[int]] = {}

    def by(self, hours: Hours, person: Employee) -> frozenset[int]:
        """The intervals that a person with these hours works."""
        if hours not in self.known:
            horizon = self.case.horizon
            instants = [(n, horizon.instant(n), horizon.instant(n + 1)) for n in range(horizon.intervals)]
            self.known[hours] = frozenset(n for n, start, end in instants if works(self.case, person, start, end))
        return self.known[hours]


def works(case: Case, person: Employee, start: dt.datetime, end: dt.datetime) -> bool:
    """Whether somebody works the whole of a short stretch, absences apart: pattern, employment and holidays."""
    company = case.company
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


def touched(case: Case, start: dt.datetime, end: dt.datetime) -> range:
    """The intervals of the week that a stretch of time overlaps."""
    horizon = case.horizon
    first, last = max(start, horizon.start), min(end, horizon.end)
    if last <= first:
        return range(0)
    return range((first - horizon.start) // horizon.step, -((horizon.start - last) // horizon.step))


RULE = ResidualPresence()
