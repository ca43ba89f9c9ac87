"""Every id that a table mentions must stand in the table that defines it."""

from __future__ import annotations

import re
from typing import Any

from rotation.intake.cells import ID_PATTERN
from rotation.intake.closest import Closest
from rotation.intake.crosscheck import Question
from rotation.intake.findings import Findings
from rotation.intake.records import Records

NOUNS = {
    "department_id": "department",
    "work_pattern_id": "work pattern",
    "queue_id": "queue",
    "employee_id": "employee",
}


def unknown_ids(question: Question, found: Findings) -> None:
    """Note every id that nobody defined, with the closest one that somebody did."""
    tables = question.tables
    for column, defined, users in (
        ("department_id", tables.departments, (tables.employees,)),
        ("work_pattern_id", tables.work_patterns, (tables.employees,)),
        ("employee_id", tables.employees, _of_employees(question)),
        ("queue_id", tables.queues, _of_queues(question)),
    ):
        if defined.complete:
            closest = Closest(defined.ids)
            for table in users:
                _note(table, column, defined, closest, found)


def _note(table: Records[Any], column: str, defined: Records[Any], closest: Closest, found: Findings) -> None:
    if column not in table.frame.columns:
        return
    cells = table.frame[column]
    for row, value in cells[~cells.isin(defined.ids) & (cells != "")].items():
        if re.fullmatch(ID_PATTERN, value):
            message = f"unknown {NOUNS[column]}{closest.hint(value)}"
            found.fault(table.file, int(str(row)), column, value, message, f"any {column} of {defined.file}")


def _of_employees(question: Question) -> tuple[Records[Any], ...]:
    tables = question.tables
    return (tables.skills, tables.absences, tables.preferences, tables.pins, tables.exemptions, tables.calendars)


def _of_queues(question: Question) -> tuple[Records[Any], ...]:
    tables = question.tables
    return (
        tables.opening_hours,
        tables.skills,
        tables.demand,
        tables.intervals,
        tables.calls,
        tables.special_days,
        tables.adjustments,
        tables.required,
        tables.core_staff,
        tables.pins,
    )


CHECK = unknown_ids
