"""A table of text -> its rows by schema, every fault of every cell noted. May know nothing of single tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

import pandas as pd
from pydantic import TypeAdapter, ValidationError

from rotation.intake.cells import Clocks
from rotation.intake.explain import allowed_of, message_of
from rotation.intake.findings import Findings
from rotation.intake.schemas.row import Row
from rotation.intake.table import Table

R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Records(Generic[R]):
    """The rows of one table that are in order.

    Args:
        file: the table's name.
        rows: spreadsheet row number and row.
        frame: the cells as text, rows at fault included; the index holds the row numbers.
        ids: what stands in the first column, rows at fault included.
        complete: whether the table was read to its end; if not, no id may be called unknown.
    """

    file: str
    rows: tuple[tuple[int, R], ...] = ()
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    ids: frozenset[str] = frozenset()
    complete: bool = True

    def cell(self, row: int, column: str) -> str:
        """What stands in a cell; empty when the table lacks the column."""
        return str(self.frame.at[row, column]) if column in self.frame.columns else ""


def records_of(table: Table, schema: type[R], clocks: Clocks, found: Findings) -> Records[R]:
    """Check every row of a table against its schema.

    Args:
        table: the cells as text.
        schema: the row schema; an empty cell takes the column's default.
        clocks: whose clock an instant without offset would mean.
        found: takes one fault for each faulty cell.

    Returns:
        The rows in order, those at fault left out.
    """
    numbers = [int(n) for n in table.frame.index]
    names = [str(name) for name in table.frame.columns]
    cells = [
        {name: cell for name, cell in zip(names, row, strict=True) if cell}
        for row in zip(*(table.frame[name].tolist() for name in names), strict=True)
    ]
    adapter = TypeAdapter(list[schema])  # type: ignore[valid-type]
    try:
        rows = adapter.validate_python(cells, context=clocks)
    except ValidationError as error:
        wrong = _note(error, table, schema, numbers, found)
        numbers = [n for place, n in enumerate(numbers) if place not in wrong]
        rows = adapter.validate_python([c for place, c in enumerate(cells) if place not in wrong], context=clocks)
    key = schema.columns()[0]
    ids = frozenset(table.frame[key].tolist()) if key in names else frozenset()
    return Records(
        table.file, tuple(zip(numbers, rows, strict=True)), table.frame, ids | table.doubtful, table.complete
    )


def _note(error: ValidationError, table: Table, schema: type[Row], numbers: list[int], found: Findings) -> set[int]:
    """Note the faults of the cells, except those that a missing column explains; the places of the faulty rows."""
    wrong: set[int] = set()
    for detail in error.errors(include_url=False):
        place, column = int(detail["loc"][0]), str(detail["loc"][1])
        wrong.add(place)
        if column in table.frame.columns:
            value = "" if detail["type"] == "missing" else str(detail["input"])
            allowed = allowed_of(schema.model_fields[column])
            found.fault(table.file, numbers[place], column, value, message_of(detail), allowed)
    return wrong
