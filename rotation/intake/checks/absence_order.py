"""An absence ends after it starts; a day ends with the day, on the person's own clock."""

from __future__ import annotations

from rotation.intake.build import absence_span
from rotation.intake.crosscheck import Question
from rotation.intake.findings import Findings


def absence_order(question: Question, found: Findings) -> None:
    """Note every absence that ends before or when it starts."""
    table = question.tables.absences
    for n, row in table.rows:
        start, end = absence_span(row, question.tables)
        if end <= start:
            message = f"is before the start {table.cell(n, 'start')}"
            found.fault(table.file, n, "end", table.cell(n, "end"), message, "after the start")


CHECK = absence_order
