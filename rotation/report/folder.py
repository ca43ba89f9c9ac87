"""A written plan: what `rotation plan` left in a folder, read back and checked, so that it can be shown later."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from rotation.errors import InputFault, InputFaults
from rotation.report.headline import NOT_DUE, STATUS_WORDS, Headline, period, release_words
from rotation.report.rows import CoverageRow, PersonRow, ShiftRow
from rotation.report.written_record import WrittenRecord, read_record
from rotation.report.written_table import WrittenTable
from rotation.timegrid import UTC

PLAN_COLUMNS = ("shift_id", "employee_id", "department_id", "queue_id", "start", "end")
COVERAGE_COUNTS = ("required", "core", "assigned", "shortage", "surplus")
COVERAGE_COLUMNS = ("queue_id", "start", *COVERAGE_COUNTS)
PERSON_COLUMNS = ("employee_id", "band_min", "band_max", "minutes", "debt_minutes", "status", "reason")


@dataclass(frozen=True)
class WrittenPlan:
    """A week as it was written.

    Args:
        path: the folder.
        record: plan.json.
        shifts: plan.csv, in UTC.
        coverage: coverage.csv, local times of the site.
        participation: participation.csv.
    """

    path: Path
    record: WrittenRecord
    shifts: tuple[ShiftRow, ...]
    coverage: tuple[CoverageRow, ...]
    participation: tuple[PersonRow, ...]

    def headline(self) -> Headline:
        """The headline numbers, summed from the tables."""
        record, step = self.record, self.record.horizon.interval_min
        due = [row for row in self.participation if row.status not in NOT_DUE]
        status = "clash" if record.clashes else record.status
        return Headline(
            week=str(record.horizon.week),
            zone=record.horizon.zone_name,
            period=period(record.horizon),
            release=release_words(record.release),
            status=status,
            status_words=STATUS_WORDS.get(status, status),
            objective=record.objective,
            lower_bound=record.lower_bound,
            gap=record.gap,
            asked_minutes=sum(max(row.required - row.core, 0) for row in self.coverage) * step,
            missing_minutes=sum(row.shortage for row in self.coverage) * step,
            planned_minutes=sum(row.minutes for row in self.shifts),
            shifts=len(self.shifts),
            inside=sum(row.status == "inside" for row in due),
            due=len(due),
            clashes=len(record.clashes),
        )


def read_folder(path: Path | str) -> WrittenPlan:
    """Read plan.csv, coverage.csv, participation.csv and plan.json.

    Args:
        path: the output folder.

    Returns:
        The week, in the order of the files.

    Raises:
        InputFaults: with everything that is missing or damaged, file by file, row by row.
    """
    folder, faults = Path(path), list[InputFault]()
    if not folder.is_dir():
        raise InputFaults([InputFault(str(path), 0, "", "", "is no folder", "an output folder of `rotation plan`")])
    record = read_record(folder, faults)
    # Without a zone the other files are still checked, so that every fault is told at once.
    zone = record.horizon.zone if record else ZoneInfo("UTC")
    shifts = _shifts(WrittenTable(folder, "plan.csv", PLAN_COLUMNS, faults))
    coverage = _coverage(WrittenTable(folder, "coverage.csv", COVERAGE_COLUMNS, faults), zone)
    people = _people(WrittenTable(folder, "participation.csv", PERSON_COLUMNS, faults))
    if faults or record is None:
        raise InputFaults(faults)
    return WrittenPlan(folder, record, shifts, coverage, people)


def _shifts(table: WrittenTable) -> tuple[ShiftRow, ...]:
    ids = [table.texts(column) for column in PLAN_COLUMNS[:4]]
    written_ends = table.texts("end")
    found = []
    # In UTC: two local times of one zone are compared by their clocks, which run twice through a repeated hour.
    spans = zip(table.instants("start", UTC), table.instants("end", UTC), strict=True)
    for row, (start, end) in enumerate(spans, 2):
        if start is None or end is None:
            continue
        if end <= start:
            table.fault(row, "end", written_ends[row - 2], "is not after start", "an instant after start")
            continue
        shift_id, employee_id, department_id, queue_id = (column[row - 2] for column in ids)
        found.append(ShiftRow(shift_id, employee_id, department_id, queue_id, start, end))
    return tuple(found)


def _coverage(table: WrittenTable, zone: ZoneInfo) -> tuple[CoverageRow, ...]:
    queues, starts = table.texts("queue_id"), table.instants("start", zone)
    counts = list(zip(*(table.wholes(column) for column in COVERAGE_COUNTS), strict=True))
    # A folder without is_open: open is what asks for agents or has some.
    opened = table.wholes("is_open") if table.has("is_open") else [int(any(row)) for row in counts]
    found = []
    for queue_id, start, row, is_open in zip(queues, starts, counts, opened, strict=True):
        required, core, assigned, shortage, surplus = row
        if (
            start is not None
            and required is not None
            and core is not None
            and assigned is not None
            and shortage is not None
            and surplus is not None
            and is_open is not None
        ):
            found.append(CoverageRow(queue_id, start, required, core, assigned, shortage, surplus, bool(is_open)))
    return tuple(found)


def _people(table: WrittenTable) -> tuple[PersonRow, ...]:
    ids, statuses, reasons = (table.texts(column) for column in ("employee_id", "status", "reason"))
    served = [table.wholes(column) for column in ("band_min", "band_max", "minutes")]
    column = "total_unpleasant_minutes"
    unpleasant = table.wholes(column) if table.has(column) else [0] * len(ids)
    numbers = zip(*served, table.wholes("debt_minutes", least=None), unpleasant, strict=True)
    found = []
    for employee_id, row, status, reason in zip(ids, numbers, statuses, reasons, strict=True):
        if all(value is not None for value in row):
            band_min, band_max, minutes, debt, burden = (value or 0 for value in row)
            found.append(PersonRow(employee_id, band_min, band_max, minutes, debt, status, reason, burden))
    return tuple(found)
