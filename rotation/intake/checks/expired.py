"""Exemptions are for a time; one that has run out should leave the table or be renewed."""

from __future__ import annotations

from rotation.intake.crosscheck import Question
from rotation.intake.findings import Findings


def expired_exemptions(question: Question, found: Findings) -> None:
    """Warn of exemptions whose last day has passed."""
    if question.today is None:
        return
    for n, row in question.tables.exemptions.rows:
        if row.until < question.today:
            message = f"the exemption of {row.employee_id} has expired"
            allowed = f"{question.today} or later, or no row"
            found.warn("exemptions.csv", n, "until", str(row.until), message, allowed)


CHECK = expired_exemptions
