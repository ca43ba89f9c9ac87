"""A small edition made by hand: five people with nasty names, three queues, two zones, a week with 169 hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

import numpy as np

from rotation.company import Company, Department, Employee, Policy, Queue, Skill, WorkPattern, WorkSpan
from rotation.plan import Case, Clash, Edition, Plan, SearchRecord, Shift, Shortage, TracePoint, participation_of
from rotation.timegrid import Horizon, IsoWeek

SITE = "America/Los_Angeles"
LONG_NAME = "Maximiliane Großmann-" + "Überlänge " * 15 + "Übersee"
STAMPED = dt.datetime(2026, 10, 22, 15, 4, 5, 678901, tzinfo=dt.UTC)
EMPLOYEES = (
    Employee("E1", 'May, Jane; "JJ"', "jane@example.com", "D1", 40, "W", SITE, "PJSIP/1001", mentor=True),
    Employee("E2", "Zoë 👩‍💻 Łuczak", "zoe@example.com", "D1", 20, "W", "Europe/Berlin", "PJSIP/1002"),
    Employee("E3", LONG_NAME, "max@example.com", "D2", 40, "W", SITE, "SIP/max@home.example:5061"),
    Employee("E4", "Back\\slash\\New (half [open", "back@example.com", "D2", 40, "W", SITE),
    Employee("E5", "=Nobody\nNewline | pipe", "nobody@example.com", "D2", 40, "W", SITE, "PJSIP/1005"),
)
QUEUES = (
    Queue("support", "Support; first, line", 300, extension="4001"),
    Queue("sales", "Sales 📞", 240, priority=1),
    Queue("billing.eu", "Billing\\Europe", 200),
)
SKILLS = (
    Skill("E1", "support", 5),
    Skill("E1", "sales", 4),
    Skill("E2", "support", 1),
    Skill("E3", "support", 3),
    Skill("E3", "sales", 5),
    Skill("E4", "support", 3),
    Skill("E4", "billing.eu", 2),
)


def clock(text: str, zone: str = SITE, fold: int = 0) -> dt.datetime:
    """An instant from a local time such as ``2026-10-26T09:00``."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(dt.UTC)


DUTIES = (
    # Back to back in one queue: the switch must not touch E1 at 10:30.
    ("E1", "support", clock("2026-10-26T09:00"), clock("2026-10-26T10:30")),
    ("E1", "support", clock("2026-10-26T10:30"), clock("2026-10-26T12:00")),
    ("E2", "support", clock("2026-10-26T09:30"), clock("2026-10-26T11:00")),
    ("E3", "support", clock("2026-10-26T09:00"), clock("2026-10-26T11:00")),
    ("E4", "support", clock("2026-10-26T10:00"), clock("2026-10-26T11:00")),
    ("E3", "sales", clock("2026-10-28T16:00"), clock("2026-10-28T18:00")),
    ("E1", "sales", clock("2026-10-28T18:00"), clock("2026-10-28T19:00")),
    # The night in which 01:00 to 02:00 comes twice: one hour and a half on the clock, two and a half in truth.
    ("E3", "support", clock("2026-11-01T00:30"), clock("2026-11-01T02:00")),
    ("E2", "support", clock("2026-11-01T01:30", fold=1), clock("2026-11-01T03:00")),
    # The first instant after the week is this shift's end.
    ("E4", "billing.eu", clock("2026-11-01T23:00"), clock("2026-11-02T00:00")),
)


def company(employees: Sequence[Employee] = EMPLOYEES, queues: Sequence[Queue] = QUEUES, zone: str = SITE) -> Company:
    """The sample's company, or one with other people or queues."""
    spans = tuple(WorkSpan(day, 8 * 60, 18 * 60) for day in range(5))
    return Company(
        policy=Policy.model_validate({"site": {"timezone": zone}}),
        departments=(Department("D1", "Engineering, R&D"), Department("D2", "Büro; Ämter")),
        employees=tuple(employees),
        work_patterns={"W": WorkPattern("W", spans)},
        queues=tuple(queues),
        opening_hours=(),
        skills=SKILLS,
        digests={"employees.csv": "sha256:00ff", "skills.csv": "sha256:0a"},
    )


def edition_of(who: Company, week: str, shifts: Iterable[Shift]) -> Edition:
    """An edition with any company and shifts; one agent is required in the first queue all Monday."""
    horizon = Horizon(IsoWeek.parse(week), who.policy.site.timezone, who.policy.interval_min)
    shape = (len(who.queues), horizon.intervals)
    required, is_open = np.zeros(shape, np.int32), np.ones(shape, np.bool_)
    required[0, :48] = 1
    is_open[1, :20] = False
    case = Case(who, horizon, required, np.zeros(shape, np.int32), is_open)
    plan = Plan(tuple(sorted(shifts)))
    search = SearchRecord(
        status="feasible",
        objective=1200,
        lower_bound=1150,
        seconds=0.0,
        seed=7,
        engine="CP-SAT, 2 workers",
        reproducible=True,
        versions={"rotation": "0.1.0", "ortools": "9.14"},
        trace=(TracePoint(0.5, None, 0, "root"), TracePoint(float("inf"), 1200, 1150, "search")),
    )
    return Edition(case, plan, participation_of(case, plan), {"missing_agent": 1200}, (), (), search, STAMPED)


def sample_edition() -> Edition:
    """The edition behind the golden files."""
    edition = edition_of(company(), "2026-W44", Plan.of(DUTIES).shifts)
    start, end = clock("2026-11-01T01:30", fold=0), clock("2026-11-01T01:30", fold=1)
    return replace(
        edition,
        clashes=(Clash("department_cap", 'two of "D1" away', "E1", "support", start, end), Clash("seats", "no seats")),
        shortages=(Shortage("support", start, end, 60, "nobody certified, works then"),),
        release=3,
        sequences={edition.plan.shifts[0].shift_id: 2},
    )
