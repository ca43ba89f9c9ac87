"""A file of who really served -> checked stretches of time, every fault with its row and column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from rotation.company import Company
from rotation.intake.cells import Clocks
from rotation.intake.closest import Closest
from rotation.intake.findings import Findings
from rotation.intake.folder import read_bytes
from rotation.intake.records import Records, records_of
from rotation.intake.schemas.attendance import AttendanceRow
from rotation.intake.table import read_table


@dataclass(frozen=True, slots=True, order=True)
class Served:
    """A stretch of time in which somebody answered a queue.

    Args:
        start: first instant, aware, UTC.
        end: first instant after it, aware, UTC.
        employee_id: who.
        queue_id: which queue.
    """

    start: dt.datetime
    end: dt.datetime
    employee_id: str
    queue_id: str


def read_attendance(path: Path, company: Company) -> tuple[Served, ...]:
    """Read attendance.csv.

    Args:
        path: the file; columns employee_id, queue_id, start, end.
        company: whose people and queues are known.

    Returns:
        The stretches in order of time.

    Raises:
        InputFaults: every fault: unknown ids, wrong times, stretches of one person that overlap.
    """
    found, name = Findings(), path.name
    data = read_bytes(path, name, found)
    table = None if data is None else read_table(
        data, name, AttendanceRow.columns(), AttendanceRow.required(), found
    )  # fmt: skip
    found.raise_faults()
    assert table is not None
    clocks = Clocks(
        ZoneInfo(company.policy.site.timezone),
        {row.employee_id: ZoneInfo(row.timezone) for row in company.employees},
    )
    records = records_of(table, AttendanceRow, clocks, found)
    _check_ids(records, "employee_id", company.employee, found)
    _check_ids(records, "queue_id", company.queue, found)
    _check_overlaps(records, found)
    found.raise_faults()
    return tuple(sorted(Served(row.start, row.end, row.employee_id, row.queue_id) for _, row in records.rows))


def _check_ids(records: Records[AttendanceRow], column: str, known: Mapping[str, object], found: Findings) -> None:
    closest = Closest(list(known))
    for n, row in records.rows:
        value = getattr(row, column)
        if value not in known:
            found.fault(records.file, n, column, value, f"is unknown{closest.hint(value)}", f"a known {column}")


def _check_overlaps(records: Records[AttendanceRow], found: Findings) -> None:
    last: dict[str, tuple[dt.datetime, int]] = {}
    for n, row in sorted(records.rows, key=lambda entry: (entry[1].employee_id, entry[1].start)):
        end, before = last.get(row.employee_id, (None, 0))
        if end is not None and row.start < end:
            message = f"overlaps row {before}: {row.employee_id} serves one queue at a time"
            found.fault(records.file, n, "start", row.start.isoformat(), message, "stretches that do not overlap")
        if end is None or row.end > end:
            last[row.employee_id] = row.end, n
