"""A mentor needs the level of a mentor in some queue."""

from __future__ import annotations

from collections import defaultdict

from rotation.intake.crosscheck import Question
from rotation.intake.findings import Findings


def mentors_without_level(question: Question, found: Findings) -> None:
    """Warn of mentors who reach the mentor's level in no queue."""
    tables, least = question.tables, question.policy.mentoring.mentor_min_level
    if not tables.skills.complete:
        return
    best: dict[str, int] = defaultdict(int)
    for _, skill in tables.skills.rows:
        best[skill.employee_id] = max(best[skill.employee_id], skill.level)
    for n, employee in tables.employees.rows:
        if employee.mentor and best[employee.employee_id] < least:
            message = f"is a mentor with no skill of level {least} or more"
            found.warn(
                "employees.csv", n, "mentor", tables.employees.cell(n, "mentor"), message, "a skill of that level"
            )


CHECK = mentors_without_level
