"""Who works when, as arrays: work patterns, employment, holidays and absences laid on the intervals of a week."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np

from rotation.company import Employee
from rotation.plan.case import BoolArray, Case
from rotation.timegrid import first_instant


def working(case: Case) -> BoolArray:
    """Cells in which a person works: inside the pattern, employed, no holiday, not absent; shape (E, T).

    An interval counts only when it lies wholly inside working time and is touched by no absence.
    """
    company = case.company
    keys: dict[tuple[str, str, str], int] = {}
    rows: list[BoolArray] = []
    which = np.zeros(len(company.employees), dtype=np.int64)
    for n, employee in enumerate(company.employees):
        key = (employee.work_pattern_id, employee.timezone, employee.region)
        if key not in keys:
            keys[key] = len(rows)
            rows.append(_pattern_row(case, employee))
        which[n] = keys[key]
    cells: BoolArray = np.array(rows, dtype=np.bool_).reshape(-1, case.horizon.intervals)[which]
    for n, employee in enumerate(company.employees):
        if employee.starts_on or employee.ends_on:
            _cut_to_employment(case, employee, cells[n])
    for absence in company.absences:
        first, last = case.horizon.touching(absence.start, absence.end)
        cells[case.employee_index[absence.employee_id], first:last] = False
    return cells


def _pattern_row(case: Case, employee: Employee) -> BoolArray:
    horizon, company = case.horizon, case.company
    zone = ZoneInfo(employee.timezone)
    row = np.zeros(horizon.intervals, dtype=np.bool_)
    spans = company.work_patterns[employee.work_pattern_id].spans

    def worked(day: dt.date) -> list[tuple[int, int]]:
        if company.holiday_name(employee, day) and not company.policy.availability.work_on_holidays:
            return []
        return [(span.start_min, span.end_min) for span in spans if span.weekday == day.weekday()]

    for first, last in horizon.clock_spans(horizon.days(zone), worked, zone):
        row[first:last] = True
    return row


def _cut_to_employment(case: Case, employee: Employee, row: BoolArray) -> None:
    zone = ZoneInfo(employee.timezone)
    if employee.starts_on:
        row[: max(0, case.horizon.ceil(first_instant(employee.starts_on, zone)))] = False
    if employee.ends_on:
        after = first_instant(employee.ends_on + dt.timedelta(days=1), zone)
        row[max(0, case.horizon.floor(after)) :] = False
