"""A valid company written to a folder and read again is the same company."""

import csv
import datetime as dt
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rotation.company import (
    Absence,
    Company,
    CoreStaff,
    Demand,
    Department,
    Employee,
    Exemption,
    OfferedCalls,
    OpeningHours,
    Pin,
    Policy,
    Preference,
    Queue,
    RequiredAgents,
    Skill,
    WorkPattern,
    WorkSpan,
)
from rotation.intake import read_company

MONDAY = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp", "Cf")), min_size=1, max_size=12
)
ZONES = st.sampled_from(["America/Los_Angeles", "Asia/Kathmandu", "Pacific/Apia", "Europe/London"])
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1))
SHARES = st.integers(1, 100)


@st.composite
def companies(draw: st.DrawFn) -> Company:
    """Small companies with every table filled."""
    departments = tuple(
        Department(f"d{n}", draw(NAMES), draw(st.none() | SHARES), draw(st.integers(0, 3)))
        for n in range(draw(st.integers(1, 3)))
    )
    queues = tuple(
        Queue(f"q{n}", draw(NAMES), draw(st.integers(1, 900)), patience_s=draw(st.none() | st.floats(1, 900)))
        for n in range(draw(st.integers(1, 2)))
    )
    employees = tuple(_employee(draw, n, draw(st.sampled_from(departments))) for n in range(draw(st.integers(1, 4))))
    first, last = employees[0].employee_id, employees[-1].employee_id
    late = draw(st.integers(0, 300)) * dt.timedelta(minutes=30)
    start = MONDAY + late
    end = start + dt.timedelta(hours=2)
    queue = queues[-1].queue_id
    return Company(
        policy=Policy(),
        departments=departments,
        employees=employees,
        work_patterns={"office": WorkPattern("office", (WorkSpan(0, 480, 720), WorkSpan(6, 0, 1440)))},
        queues=queues,
        opening_hours=tuple(OpeningHours(q.queue_id, day, 0, 1440) for q in queues for day in range(7)),
        skills=tuple(Skill(e.employee_id, queue, draw(st.integers(1, 5)), None, draw(DAYS)) for e in employees),
        demand=(Demand(queue, start, draw(st.floats(0, 1e6)), draw(st.none() | st.floats(1, 36000))),),
        call_history=(OfferedCalls(queue, start - dt.timedelta(days=7), draw(st.floats(0, 1e6)), wait_s=1.5),),
        required=(RequiredAgents(queue, start, draw(st.integers(0, 99))),),
        core_staff=(CoreStaff(queue, start, draw(st.integers(0, 99))),),
        absences=(Absence(first, start, end + draw(st.timedeltas(dt.timedelta(0), dt.timedelta(9))), draw(NAMES)),),
        preferences=(Preference(last, draw(st.integers(0, 6)), 0, 1440, draw(st.integers(-3, 3))),),
        pins=(Pin(first, queue, start, end),),
        exemptions=(Exemption(last, draw(NAMES), draw(NAMES), draw(DAYS)),),
    )


def _employee(draw: st.DrawFn, n: int, department: Department) -> Employee:
    return Employee(
        employee_id=f"E{n}",
        name=draw(NAMES),
        email=f"e{n}@example.com",
        department_id=department.department_id,
        weekly_hours=draw(st.floats(0.5, 60)),
        work_pattern_id="office",
        timezone=draw(ZONES),
        endpoint=draw(st.sampled_from(["", f"PJSIP/{n}"])),
        mentor=draw(st.booleans()),
        works_from=draw(st.sampled_from(["office", "home"])),
        region=draw(st.sampled_from(["", "US-CA", "DE-BY"])),
        starts_on=draw(st.none() | st.dates(dt.date(2000, 1, 1), dt.date(2020, 1, 1))),
        ends_on=draw(st.none() | DAYS),
    )


def _write(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    rows = list(rows)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _fields(row: Any) -> dict[str, Any]:
    # Whether an absence is late is known to the store of releases, not to the tables.
    return {name: getattr(row, name) for name in row.__dataclass_fields__ if name != "late"}


def written(company: Company, folder: Path) -> None:
    """Write a company's tables."""
    plain = "departments employees queues skills demand call_history required core_staff absences pins exemptions"
    for name in plain.split():
        _write(folder / f"{name}.csv", (_fields(row) for row in getattr(company, name)))
    spans = [(key, span) for key, pattern in company.work_patterns.items() for span in pattern.spans]
    _write(
        folder / "work_patterns.csv",
        (
            {"work_pattern_id": key, "weekday": s.weekday + 1, "start": _clock(s.start_min), "end": _clock(s.end_min)}
            for key, s in spans
        ),
    )
    _write(
        folder / "opening_hours.csv",
        (
            {"queue_id": r.queue_id, "weekday": r.weekday + 1, "open": _clock(r.open_min), "close": _clock(r.close_min)}
            for r in company.opening_hours
        ),
    )
    _write(
        folder / "preferences.csv",
        (
            {
                "employee_id": r.employee_id,
                "weekday": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][r.weekday],
                "start": _clock(r.start_min),
                "end": _clock(r.end_min),
                "weight": r.weight,
            }
            for r in company.preferences
        ),
    )


@settings(max_examples=40, deadline=None)
@given(companies())
def test_a_company_written_and_read_again_is_equal(company: Company) -> None:
    with tempfile.TemporaryDirectory() as folder:
        written(company, Path(folder))
        read = read_company(Path(folder), company.policy).company
    assert len(read.digests) == 14
    assert replace(read, holidays={}, digests={}) == company
