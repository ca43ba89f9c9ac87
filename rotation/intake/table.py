"""Bytes of a CSV table -> a data frame of text, each row under the number that a spreadsheet shows for it.

A first, fast pass reads tables that are in order; whatever it cannot vouch for goes to a second pass that names every
fault. May know nothing of what the columns mean.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from rotation.intake.closest import Closest
from rotation.intake.decoding import text_of
from rotation.intake.findings import Findings

LONGEST_CELL = 10_000


@dataclass(frozen=True)
class Table:
    """A table of text cells, stripped of surrounding blanks.

    Args:
        file: its name.
        frame: the known columns; the index holds the spreadsheet's row numbers, the header being row 1.
        complete: whether all rows and all required columns are there.
        doubtful: cells of rows that were left out as faulty; ids among them are not to be called unknown.
    """

    file: str
    frame: pd.DataFrame
    complete: bool = True
    doubtful: frozenset[str] = frozenset()


@dataclass
class _Records:
    header_row: int
    header: list[str]
    frame: pd.DataFrame
    complete: bool
    doubtful: frozenset[str]


def read_table(data: bytes, file: str, columns: Sequence[str], required: Sequence[str], found: Findings) -> Table:
    """Read one table.

    Args:
        data: the file's bytes.
        file: its name for faults.
        columns: all columns that the table may have.
        required: those that it must have.
        found: takes the faults.

    Returns:
        The table; without rows and not ``complete`` when nothing could be read.
    """
    text = text_of(data, file, found)
    records = None if text is None else _fast_pass(text) or _second_pass(text, file, found)
    if records is None or not _is_header(records, file, columns, found):
        return Table(file, pd.DataFrame(), complete=False)
    _check_header(records, file, columns, required, found)
    seen: set[str] = set()
    kept = [n for n, name in enumerate(records.header) if name in columns and not (name in seen or seen.add(name))]  # type: ignore[func-returns-value]
    frame = records.frame.iloc[:, kept]
    frame.columns = pd.Index([records.header[n] for n in kept])
    frame = frame.apply(lambda cells: cells.str.strip()) if len(frame) else frame
    blank = (frame == "").all(axis=1) if len(frame) else pd.Series(dtype=bool)
    frame = frame[~blank] if len(frame) else frame
    complete = records.complete and set(required) <= set(records.header)
    return Table(file, frame, complete, records.doubtful)


def _fast_pass(text: str) -> _Records | None:
    """Read a table without quotes whose lines all have the header's number of commas; None for any other."""
    lines = text.split("\n")
    commas = lines[0].count(",")
    if '"' in text or not lines[0].strip(", \t") or any(line.count(",") != commas for line in lines if line):
        return None
    if max(map(len, lines)) > LONGEST_CELL:
        return None
    frame = pd.read_csv(
        io.StringIO(text), header=None, dtype=str, keep_default_na=False, skip_blank_lines=False, engine="c"
    )
    header = [str(cell).strip() for cell in frame.iloc[0]]
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    return _Records(1, header, frame.iloc[1:], True, frozenset())


def _second_pass(text: str, file: str, found: Findings) -> _Records | None:
    """Read a table record by record and name every record that is not in order."""
    rows: dict[int, list[str]] = {}
    header, header_row, complete, n = [""], 0, True, 0
    doubtful: set[str] = set()
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for n, cells in enumerate(reader, start=1):
            if not any(cell.strip() for cell in cells):
                continue
            if not header_row:
                header, header_row = [cell.strip() for cell in cells], n
            elif _row_is_sane(cells, header, n, file, found):
                rows[n] = cells
            else:
                doubtful.update(cell.strip() for cell in cells)
    except csv.Error as error:
        _explain_csv_error(error, file, n + 1, found)
        complete = False
    if not header_row:
        if complete:
            found.fault(file, 0, "", "", "has no header", "a header row")
        return None
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=range(len(header)), dtype=str)
    return _Records(header_row, header, frame, complete, frozenset(doubtful))


def _row_is_sane(cells: list[str], header: list[str], row: int, file: str, found: Findings) -> bool:
    if len(cells) != len(header):
        many = "too many" if len(cells) > len(header) else "too few"
        found.fault(file, row, "", ",".join(cells), f"has {len(cells)} fields, {many}", f"{len(header)} fields")
        return False
    sane = True
    for name, cell in zip(header, cells, strict=True):
        if len(cell) > LONGEST_CELL:
            message = f"has {len(cell):,} characters"
            found.fault(file, row, name, cell, message, f"at most {LONGEST_CELL:,} characters")
            sane = False
    return sane


def _explain_csv_error(error: csv.Error, file: str, row: int, found: Findings) -> None:
    text = str(error)
    if "unexpected end of data" in text or "field larger" in text:
        found.fault(file, row, "", "", "a quote is opened and never closed", 'every " has its closing "')
    elif "expected after" in text:
        found.fault(file, row, "", "", "text follows a closing quote", 'a quote inside quotes is written ""')
    else:
        found.fault(file, row, "", "", f"is not CSV: {text}", "RFC 4180")


def _is_header(records: _Records, file: str, columns: Sequence[str], found: Findings) -> bool:
    if set(records.header) & set(columns):
        return True
    separator = next((mark for mark in (";", "\t", "|") if mark in records.header[0]), None)
    first = ",".join(records.header)
    if len(records.header) == 1 and separator:
        found.fault(file, records.header_row, "", first, f"columns are separated by {separator!r}", "','")
    else:
        found.fault(file, records.header_row, "", first, "the header is missing", ", ".join(columns))
    return False


def _check_header(
    records: _Records, file: str, columns: Sequence[str], required: Sequence[str], found: Findings
) -> None:
    closest = Closest(name for name in columns if name not in records.header)
    row = records.header_row
    for name, times in Counter(records.header).items():
        if not name:
            found.fault(file, row, "", "", "a column has no name", ", ".join(columns))
        elif name not in columns:
            found.fault(file, row, name, "", f"unknown column{closest.hint(name)}", ", ".join(columns))
        elif times > 1:
            found.fault(file, row, name, "", f"the column is there {times} times", "once")
    for name in required:
        if name not in records.header:
            found.fault(file, row, name, "", "the required column is missing", ", ".join(columns))
