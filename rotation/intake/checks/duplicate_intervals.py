"""An interval of a queue stands once in each table that counts calls or agents; absolute time decides."""

from __future__ import annotations

import datetime as dt
from typing import Any

from rotation.intake.crosscheck import Question
from rotation.intake.findings import Findings
from rotation.intake.records import Records


def duplicate_intervals(question: Question, found: Findings) -> None:
    """Note every interval of a queue that comes a second time."""
    tables = question.tables
    for table in (tables.demand, tables.intervals, tables.required, tables.core_staff):
        _note(table, found)


def _note(table: Records[Any], found: Findings) -> None:
    first: dict[tuple[str, dt.datetime], int] = {}
    for n, row in table.rows:
        earlier = first.setdefault((row.queue_id, row.start), n)
        if earlier != n:
            message = f"the same interval of {row.queue_id} is also in row {earlier}"
            found.fault(table.file, n, "start", table.cell(n, "start"), message, "once")


CHECK = duplicate_intervals
