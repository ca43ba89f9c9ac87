"""A small judged plan around the autumn clock change of 2026-W44 in California, with people in two zones and names
that try to break out of the page."""

from __future__ import annotations

import dataclasses
import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np

from rotation.company import Company, Department, Employee, Exemption, Policy, Queue, WorkPattern, WorkSpan
from rotation.plan import (
    Case,
    Clash,
    Edition,
    Ledger,
    Plan,
    SearchRecord,
    Shortage,
    TracePoint,
    coverage_of,
    participation_of,
)
from rotation.timegrid import Horizon, IsoWeek

SITE = ZoneInfo("America/Los_Angeles")
BERLIN = ZoneInfo("Europe/Berlin")
NASTY = '<script>alert(1)</script>"\'&amp; 🙂 <a href="https://evil.example/">x</a> ]]> --> \u2028 %{y} $x$'
NASTY_DEPARTMENT = "R&D </script><img src=x onerror=alert(2)>"


def local(day: int, hour: int, minute: int = 0, fold: int = 0, month: int = 10) -> dt.datetime:
    """An instant by the site's clock."""
    return dt.datetime(2026, month, day, hour, minute, tzinfo=SITE, fold=fold).astimezone(dt.UTC)


def company() -> Company:
    """Two departments, two queues (one open around the clock), five people in two zones."""
    pattern = WorkPattern("all", tuple(WorkSpan(weekday, 0, 1440) for weekday in range(7)))
    site, berlin = SITE.key, BERLIN.key
    people = (
        Employee("E1", "Ann Lee", "ann@example.com", "care", 40, "all", site),
        Employee("E2", NASTY, "x@example.com", "care", 40, "all", site),
        Employee("E3", "Jürgen Groß", "j@example.com", "lab", 20, "all", berlin),
        Employee("E4", "Excused Person", "p@example.com", "lab", 40, "all", site),
        Employee("E5", "Below Band", "b@example.com", "lab", 40, "all", site),
    )
    return Company(
        policy=Policy(),
        departments=(
            Department("care", "Customer care"),
            Department("lab", NASTY_DEPARTMENT),
            Department("none", "Empty"),
        ),
        employees=people,
        work_patterns={"all": pattern},
        queues=(Queue("night", "Night & day", 300.0), Queue("desk", "Help desk", 300.0)),
        opening_hours=(),
        skills=(),
        exemptions=(Exemption("E4", "medical", "HR", dt.date(2026, 12, 31)),),
    )


def case(week: str = "2026-W44") -> Case:
    """``night`` asks for one agent around the clock, ``desk`` for two on weekdays 09:00 to 17:00."""
    horizon = Horizon(IsoWeek.parse(week), SITE.key, 30)
    required = np.zeros((2, horizon.intervals), dtype=np.int32)
    is_open = np.zeros((2, horizon.intervals), dtype=bool)
    required[0], is_open[0] = 1, True
    for day in horizon.days()[:5]:
        first, last = horizon.clock_span(day, 9 * 60, 17 * 60, SITE)
        required[1, first:last], is_open[1, first:last] = 2, True
    core = np.zeros_like(required)
    core[0] = 1
    sunday = np.array(horizon.day_numbers()) == 6
    core[0, sunday] = 0
    return Case(company(), horizon, required, core, is_open, {"E1": Ledger(0, 120)})


def edition(*, clashes: bool = True, **changes: object) -> Edition:
    """The week's judged plan."""
    question = case()
    plan = Plan.of(
        [
            ("E1", "night", local(1, 0, 30, month=11), local(1, 2, month=11)),
            ("E1", "desk", local(26, 9), local(26, 11)),
            ("E2", "desk", local(26, 10), local(26, 13)),
            ("E2", "desk", local(27, 9), local(27, 10)),
            ("E3", "desk", local(26, 10), local(26, 12, 30)),
            ("E5", "night", local(1, 1, fold=1, month=11), local(1, 2, month=11)),
        ]
    )
    coverage = coverage_of(question, plan)
    shortages = (
        Shortage("desk", local(28, 9), local(28, 17), 960, "nobody <b>certified</b> works then"),
        Shortage("desk", local(27, 10), local(27, 17), 840, "band"),
    )
    trace = (
        TracePoint(0.1, None, 10, "relaxation"),
        TracePoint(1.5, 900, 400, "a<b>"),
        TracePoint(3.0, 777, 700, "cp"),
    )
    found = Clash("department_cap", NASTY, "E2", "desk", local(26, 10), local(26, 13))
    assert coverage.shortage.any()
    made = Edition(
        case=question,
        plan=plan,
        participation=participation_of(question, plan, {"E5": "no <i>skill</i>"}),
        points={"missing_agent": 700, "variety": 77, "a_new_term": 0},
        clashes=(found, Clash("pins", "a promise", start=None)) if clashes else (),
        shortages=shortages,
        search=SearchRecord("feasible", 777, 700, 3.0, 1, "CP-SAT <4>", versions={"rotation": "0.1.0"}, trace=trace),
        stamped_at=dt.datetime(2026, 10, 20, 12, tzinfo=dt.UTC),
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]
