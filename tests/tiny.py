"""Tiny companies made by hand: a few people, a queue or two, one week; and plans written like ``A Q mon 10:00-11:30``.

The week is 2026-W24 (8 to 14 June, no clock change) in Los Angeles unless a test says otherwise.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from rotation.company import Company, Department, Employee, OpeningHours, Policy, Queue, Skill, WorkPattern, WorkSpan
from rotation.company.policy import WEEKDAYS, clock_minutes
from rotation.plan import Case, Ledger, Plan
from rotation.timegrid import Horizon, IsoWeek, first_instant

SITE, DENVER = "America/Los_Angeles", "America/Denver"
WEEK, SPRING, AUTUMN = "2026-W24", "2026-W10", "2026-W44"
ALWAYS = WorkPattern("always", tuple(WorkSpan(day, 0, 1440) for day in range(7)))
OFFICE = WorkPattern("office", tuple(WorkSpan(day, 480, 1020) for day in range(5)))


def at(text: str, zone: str = SITE, fold: int = 0) -> dt.datetime:
    """An instant from a local time such as ``2026-06-08T09:00``."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(dt.UTC)


def policy(**sections: Any) -> Policy:
    """A policy from sections; what a section leaves out takes its default."""
    return Policy.model_validate(sections)


def person(employee_id: str, department_id: str = "D", **changes: Any) -> Employee:
    """Somebody with 40 hours who works around the clock in Los Angeles."""
    values: dict[str, Any] = {"weekly_hours": 40, "work_pattern_id": "always", "timezone": SITE} | changes
    return Employee(employee_id, employee_id, f"{employee_id}@example.com", department_id, **values)


def tiny_company(
    *people: Employee, queues: Sequence[Queue] = (), skills: Sequence[Skill] | None = None, **tables: Any
) -> Company:
    """A company in which everybody is certified for every queue, and every queue is always open."""
    queues = tuple(queues) or (Queue("Q", "Q", 300),)
    departments = [Department(key, key) for key in dict.fromkeys(row.department_id for row in people)]
    if skills is None:
        skills = [Skill(row.employee_id, queue.queue_id) for row in people for queue in queues]
    values: dict[str, Any] = {
        "policy": policy(),
        "departments": tuple(departments),
        "work_patterns": {row.work_pattern_id: row for row in (ALWAYS, OFFICE)},
        "opening_hours": tuple(OpeningHours(queue.queue_id, day, 0, 1440) for queue in queues for day in range(7)),
    }
    return Company(employees=people, queues=queues, skills=tuple(skills), **values | tables)


def tiny_case(
    company: Company,
    week: str = WEEK,
    *,
    required: Mapping[str, int] | None = None,
    core: Mapping[str, int] | None = None,
    ledger: Mapping[str, Ledger] | None = None,
) -> Case:
    """The case of a week; agents are asked for by stretches such as ``{"Q mon 10:00-12:00": 2}``."""
    horizon = Horizon(IsoWeek.parse(week), company.policy.site.timezone, company.policy.interval_min)
    index = {queue.queue_id: n for n, queue in enumerate(company.queues)}
    shape = len(index), horizon.intervals
    is_open = np.zeros(shape, dtype=np.bool_)
    for row in company.opening_hours:
        day = horizon.week.monday() + dt.timedelta(days=row.weekday)
        first, last = horizon.clock_span(day, row.open_min, row.close_min, horizon.zone)
        is_open[index[row.queue_id], first:last] = True
    tables = []
    for wanted in (required or {}, core or {}):
        table = np.zeros(shape, dtype=np.int32)
        for text, agents in wanted.items():
            queue_id, _, rest = text.partition(" ")
            first, last = horizon.within(*stretch(horizon, rest))
            table[index[queue_id], first:last] = agents
        tables.append(table)
    return Case(company, horizon, tables[0], tables[1], is_open, ledger or {})


def stretch(horizon: Horizon, text: str) -> tuple[dt.datetime, dt.datetime]:
    """Two instants from ``mon 10:00-11:30`` (both on the site's clock) or ``mon 10:00+90`` (minutes that pass).

    A time that comes twice means the first; ``sun+7`` is the Sunday after the week.
    """
    match = re.fullmatch(r"(\w{3})([+-]\d+)? (\d\d:\d\d)(?:-(\d\d:\d\d)|\+(\d+))", text)
    assert match, text
    day = horizon.week.monday() + dt.timedelta(days=WEEKDAYS.index(match[1]) + int(match[2] or 0))
    start = first_instant(day, horizon.zone, clock_minutes(match[3]))
    if match[5]:
        return start, start + dt.timedelta(minutes=int(match[5]))
    return start, first_instant(day, horizon.zone, clock_minutes(match[4]))


def tiny_plan(case: Case, *shifts: str) -> Plan:
    """A plan from shifts such as ``A Q mon 10:00-11:30``."""
    duties = []
    for text in shifts:
        employee_id, queue_id, rest = text.split(" ", 2)
        duties.append((employee_id, queue_id, *stretch(case.horizon, rest)))
    return Plan.of(duties)
