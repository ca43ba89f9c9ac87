"""Intervals and promised shifts begin on the grid of intervals; promised shifts end on it, too."""

from __future__ import annotations

from typing import Any

from rotation.intake.crosscheck import Question
from rotation.intake.findings import Findings
from rotation.intake.records import Records
from rotation.intake.site_grid import interval_start


def off_the_grid(question: Question, found: Findings) -> None:
    """Note every instant of the planned week that is not a multiple of the interval from Monday's midnight."""
    tables = question.tables
    for table in (tables.demand, tables.required, tables.core_staff):
        _note(question, table, "start", found)
    _note(question, tables.pins, "start", found)
    _note(question, tables.pins, "end", found)
    _warn_of_opening_hours(question, found)


def _note(question: Question, table: Records[Any], column: str, found: Findings) -> None:
    site, step = question.tables.site, question.policy.interval_min
    for n, row in table.rows:
        instant = getattr(row, column)
        if interval_start(instant, site, step) != instant:
            message = f"is not on the grid of {step} minutes"
            found.fault(
                table.file, n, column, table.cell(n, column), message, f"every {step} minutes of the site's clock"
            )


def _warn_of_opening_hours(question: Question, found: Findings) -> None:
    table, step = question.tables.opening_hours, question.policy.interval_min
    for n, row in table.rows:
        for column, minute in (("open", row.open), ("close", row.close)):
            if minute % step:
                message = f"is not on the grid of {step} minutes; only whole intervals count as open"
                found.warn(table.file, n, column, table.cell(n, column), message, f"multiples of {step} minutes")


CHECK = off_the_grid
