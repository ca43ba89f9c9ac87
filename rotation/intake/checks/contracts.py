"""The contract's hours should be near those of the work pattern."""

from __future__ import annotations

from collections import defaultdict

from rotation.intake.crosscheck import Question
from rotation.intake.findings import Findings

TOLERANCE = 0.25


def contract_hours(question: Question, found: Findings) -> None:
    """Warn of contracts that differ from the work pattern's hours by more than a quarter."""
    hours: dict[str, float] = defaultdict(float)
    for _, row in question.tables.work_patterns.rows:
        hours[row.work_pattern_id] += (row.end - row.start) / 60
    for n, employee in question.tables.employees.rows:
        worked = hours.get(employee.work_pattern_id)
        if worked and abs(employee.weekly_hours - worked) > TOLERANCE * worked:
            message = f"differs by more than a quarter from the {worked:g} hours of {employee.work_pattern_id}"
            value = question.tables.employees.cell(n, "weekly_hours")
            allowed = f"{worked * (1 - TOLERANCE):g} to {worked * (1 + TOLERANCE):g}"
            found.warn("employees.csv", n, "weekly_hours", value, message, allowed)


CHECK = contract_hours
