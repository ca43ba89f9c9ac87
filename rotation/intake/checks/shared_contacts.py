"""One endpoint rings one person, one extension reaches one queue; one address for two people is probably an error."""

from __future__ import annotations

from typing import Any

from rotation.intake.crosscheck import Question
from rotation.intake.findings import Findings
from rotation.intake.records import Records


def shared_contacts(question: Question, found: Findings) -> None:
    """Note endpoints, extensions and addresses that stand twice; case makes no difference."""
    tables = question.tables
    for n, earlier, value in _twice(tables.employees, "endpoint"):
        found.fault("employees.csv", n, "endpoint", value, f"is also the endpoint of row {earlier}", "one person each")
    for n, earlier, value in _twice(tables.queues, "extension"):
        found.fault("queues.csv", n, "extension", value, f"is also the extension of row {earlier}", "one queue each")
    for n, earlier, value in _twice(tables.employees, "email"):
        found.warn("employees.csv", n, "email", value, f"is also the address of row {earlier}", "one person each")


def _twice(table: Records[Any], column: str) -> list[tuple[int, int, str]]:
    """Row, earlier row and value of every cell that repeats an earlier one."""
    first: dict[str, int] = {}
    if column not in table.frame.columns:
        return []
    cells = zip(table.frame.index, table.frame[column], strict=True)
    rows = [(int(n), first.setdefault(cell.casefold(), int(n)), cell) for n, cell in cells if cell]
    return [row for row in rows if row[0] != row[1]]


CHECK = shared_contacts
