"""An id stands once in the table that defines it, and a skill once for each employee and queue."""

from __future__ import annotations

from typing import Any

from rotation.intake.crosscheck import Question
from rotation.intake.findings import Findings
from rotation.intake.records import Records


def duplicate_ids(question: Question, found: Findings) -> None:
    """Note every id that stands a second time; ids that differ only in case would share one file name."""
    tables = question.tables
    for table, column in (
        (tables.departments, "department_id"),
        (tables.employees, "employee_id"),
        (tables.queues, "queue_id"),
    ):
        _note(table, (column,), "is also the id of row {}", found)
    _note(tables.calendars, ("employee_id",), "the calendar of this employee is also in row {}", found)
    _note(tables.skills, ("employee_id", "queue_id"), "the skill of this employee is also in row {}", found)


def _note(table: Records[Any], columns: tuple[str, ...], message: str, found: Findings) -> None:
    if not set(columns) <= set(table.frame.columns) or table.frame.empty:
        return
    keys = table.frame[list(columns)].apply(lambda cells: cells.str.casefold())
    keys = keys[(keys != "").all(axis=1)]
    again = keys[keys.duplicated(keep=False)]
    first: dict[tuple[str, ...], int] = {}
    for row, key in zip(again.index, again.itertuples(index=False, name=None), strict=True):
        earlier = first.setdefault(key, int(row))
        if earlier != row:
            value = table.cell(row, columns[-1])
            found.fault(table.file, int(row), columns[-1], value, message.format(earlier), "once")


CHECK = duplicate_ids
