"""Checked rows -> the frozen ``Company``. Takes rows for granted: whatever could be wrong was refused before."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from zoneinfo import ZoneInfo

from rotation.company import (
    Absence,
    Adjustment,
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
    SpecialDay,
    WorkPattern,
    WorkSpan,
)
from rotation.intake.calls import offered_calls
from rotation.intake.folder import Tables
from rotation.intake.schemas.people import EmployeeRow
from rotation.intake.schemas.working_time import AbsenceRow, WorkPatternRow
from rotation.timegrid import first_instant


def company_of(tables: Tables, policy: Policy) -> Company:
    """Build the company from its tables; busy times, holidays and calendars' digests are added later.

    Args:
        tables: rows without faults.
        policy: the policy.

    Returns:
        The company, its rows in the order of the files, all instants in UTC, empty time zones filled in.
    """
    return Company(
        policy=policy,
        departments=tuple(Department(**vars(row)) for _, row in tables.departments.rows),
        employees=tuple(_employee(row, tables.site.key) for _, row in tables.employees.rows),
        work_patterns=work_patterns_of(row for _, row in tables.work_patterns.rows),
        queues=tuple(Queue(**{**vars(row), "pool": row.pool or ""}) for _, row in tables.queues.rows),
        opening_hours=tuple(
            OpeningHours(row.queue_id, row.weekday, row.open, row.close) for _, row in tables.opening_hours.rows
        ),
        skills=tuple(Skill(**vars(row)) for _, row in tables.skills.rows),
        demand=tuple(Demand(**vars(row)) for _, row in tables.demand.rows),
        call_history=_call_history(tables, policy),
        history_is_by_call=bool(tables.calls.rows),
        special_days=tuple(SpecialDay(row.day, row.kind, row.queue_id or "") for _, row in tables.special_days.rows),
        adjustments=tuple(Adjustment(**vars(row)) for _, row in tables.adjustments.rows),
        required=tuple(RequiredAgents(**vars(row)) for _, row in tables.required.rows),
        core_staff=tuple(CoreStaff(**vars(row)) for _, row in tables.core_staff.rows),
        absences=tuple(_absence(row, tables) for _, row in tables.absences.rows),
        preferences=tuple(
            Preference(row.employee_id, row.weekday, row.start, row.end, row.weight)
            for _, row in tables.preferences.rows
        ),
        pins=tuple(Pin(**vars(row)) for _, row in tables.pins.rows),
        exemptions=tuple(Exemption(**vars(row)) for _, row in tables.exemptions.rows),
        digests=dict(tables.digests),
    )


def _employee(row: EmployeeRow, site: str) -> Employee:
    return Employee(**{**vars(row), "timezone": row.timezone or site})


def work_patterns_of(rows: Iterable[WorkPatternRow]) -> dict[str, WorkPattern]:
    """Work patterns by id, each with its spans in the order of the week; spans that meet stay apart."""
    spans: dict[str, list[WorkSpan]] = defaultdict(list)
    for row in rows:
        spans[row.work_pattern_id].append(WorkSpan(row.weekday, row.start, row.end))
    return {
        key: WorkPattern(key, tuple(sorted(found, key=lambda span: (span.weekday, span.start_min))))
        for key, found in spans.items()
    }


@lru_cache(maxsize=65_536)
def _midnight(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    return first_instant(day, zone)


def absence_span(row: AbsenceRow, tables: Tables) -> tuple[dt.datetime, dt.datetime]:
    """First instant of an absence and the first one after it, in UTC; dates are days of the person's own clock."""
    zone = tables.clocks.of(row.employee_id)
    start = row.start if isinstance(row.start, dt.datetime) else _midnight(row.start, zone)
    if isinstance(row.end, dt.datetime):
        return start, row.end
    return start, _midnight(row.end + dt.timedelta(days=1), zone)


def _absence(row: AbsenceRow, tables: Tables) -> Absence:
    start, end = absence_span(row, tables)
    return Absence(row.employee_id, start, end, row.reason)


def _call_history(tables: Tables, policy: Policy) -> tuple[OfferedCalls, ...]:
    if tables.calls.rows:
        return offered_calls((row for _, row in tables.calls.rows), tables.site, policy.interval_min)
    return tuple(OfferedCalls(**vars(row)) for _, row in tables.intervals.rows)
