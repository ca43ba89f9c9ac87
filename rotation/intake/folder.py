"""The company folder's tables, read and checked cell by cell; what rows of several tables say together comes later."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from rotation.intake.cells import Clocks
from rotation.intake.closest import Closest
from rotation.intake.findings import Findings
from rotation.intake.records import Records, records_of
from rotation.intake.schemas.calendars import CalendarRow
from rotation.intake.schemas.demand import (
    AdjustmentRow,
    CallRow,
    CoreStaffRow,
    DemandRow,
    IntervalRow,
    RequiredRow,
    SpecialDayRow,
)
from rotation.intake.schemas.people import DepartmentRow, EmployeeRow, ExemptionRow, SkillRow
from rotation.intake.schemas.queues import OpeningHoursRow, QueueRow
from rotation.intake.schemas.row import Row
from rotation.intake.schemas.working_time import AbsenceRow, PinRow, PreferenceRow, WorkPatternRow
from rotation.intake.table import Table, read_table

R = TypeVar("R", bound=Row)
NEEDED = (DepartmentRow, EmployeeRow, WorkPatternRow, QueueRow, OpeningHoursRow, SkillRow)
DEMAND = (DemandRow, IntervalRow, RequiredRow)
OPTIONAL = (
    *DEMAND,
    SpecialDayRow,
    AdjustmentRow,
    CoreStaffRow,
    AbsenceRow,
    PreferenceRow,
    PinRow,
    ExemptionRow,
    CalendarRow,
)
FILES = tuple(schema.file for schema in (*NEEDED, *OPTIONAL))


@dataclass(frozen=True)
class Tables:
    """Every table of a company folder; a table without file has no rows."""

    folder: str
    site: ZoneInfo
    departments: Records[DepartmentRow]
    work_patterns: Records[WorkPatternRow]
    queues: Records[QueueRow]
    employees: Records[EmployeeRow]
    opening_hours: Records[OpeningHoursRow]
    skills: Records[SkillRow]
    demand: Records[DemandRow]
    intervals: Records[IntervalRow]
    calls: Records[CallRow]
    special_days: Records[SpecialDayRow]
    adjustments: Records[AdjustmentRow]
    required: Records[RequiredRow]
    core_staff: Records[CoreStaffRow]
    absences: Records[AbsenceRow]
    preferences: Records[PreferenceRow]
    pins: Records[PinRow]
    exemptions: Records[ExemptionRow]
    calendars: Records[CalendarRow]
    clocks: Clocks
    digests: dict[str, str] = field(default_factory=dict)


class Reader:
    """Reads one table after the other from a folder, noting faults and digests."""

    def __init__(self, folder: Path, found: Findings) -> None:
        self.folder = folder
        self.found = found
        self.digests: dict[str, str] = {}

    def table(self, schema: type[Row], optional: frozenset[str] = frozenset()) -> Table | None:
        """The cells of a table, or None when its file is not there; columns of the schema can be made optional."""
        path = self.folder / schema.file
        if not path.exists():
            return None
        data = read_bytes(path, schema.file, self.found)
        if data is None:
            return None
        self.digests[schema.file] = hashlib.sha256(data).hexdigest()
        required = [name for name in schema.required() if name not in optional]
        return read_table(data, schema.file, schema.columns(), required, self.found)

    def records(self, schema: type[R], clocks: Clocks, table: Table | None = None) -> Records[R]:
        """The rows of a table."""
        table = table or self.table(schema)
        if table is None:
            return Records(schema.file, complete=schema not in NEEDED)
        records = records_of(table, schema, clocks, self.found)
        if schema in NEEDED and table.complete and not len(table.frame):
            self.found.fault(schema.file, 0, "", "", "has no rows", "at least one")
        return records


def read_bytes(path: Path, name: str, found: Findings) -> bytes | None:
    """The bytes of a file, or a fault and None."""
    try:
        return path.read_bytes()
    except OSError as error:
        found.fault(name, 0, "", "", f"cannot be read: {error.strerror}", "a readable file")
        return None


def read_tables(folder: Path, site: ZoneInfo, found: Findings, demand_needed: bool = True) -> Tables | None:
    """Read all tables of a folder.

    Args:
        folder: the company folder.
        site: the site's zone.
        found: takes all faults.
        demand_needed: whether one of the tables must say how many calls or agents to expect.

    Returns:
        The tables, or None when there is no such folder.
    """
    if not folder.is_dir():
        found.fault(str(folder), 0, "", "", "is not a folder", "the folder of the company's tables")
        return None
    _check_names(folder, found, demand_needed)
    reader, clocks = Reader(folder, found), Clocks(site)
    employees = reader.records(EmployeeRow, clocks)
    clocks = Clocks(site, {row.employee_id: ZoneInfo(row.timezone) for _, row in employees.rows if row.timezone})
    history = reader.table(IntervalRow, optional=frozenset({"offered"}))
    by_call = history is not None and len(history.frame.columns) > 0 and "offered" not in history.frame.columns
    return Tables(
        folder=folder.name,
        site=site,
        departments=reader.records(DepartmentRow, clocks),
        work_patterns=reader.records(WorkPatternRow, clocks),
        queues=reader.records(QueueRow, clocks),
        employees=employees,
        opening_hours=reader.records(OpeningHoursRow, clocks),
        skills=reader.records(SkillRow, clocks),
        demand=reader.records(DemandRow, clocks),
        intervals=_history(reader, IntervalRow, clocks, None if by_call else history),
        calls=_history(reader, CallRow, clocks, history if by_call else None),
        special_days=reader.records(SpecialDayRow, clocks),
        adjustments=reader.records(AdjustmentRow, clocks),
        required=reader.records(RequiredRow, clocks),
        core_staff=reader.records(CoreStaffRow, clocks),
        absences=reader.records(AbsenceRow, clocks),
        preferences=reader.records(PreferenceRow, clocks),
        pins=reader.records(PinRow, clocks),
        exemptions=reader.records(ExemptionRow, clocks),
        calendars=reader.records(CalendarRow, clocks),
        clocks=clocks,
        digests=reader.digests,
    )


def _history(reader: Reader, schema: type[R], clocks: Clocks, table: Table | None) -> Records[R]:
    return Records(schema.file) if table is None else reader.records(schema, clocks, table)


def _check_names(folder: Path, found: Findings, demand_needed: bool) -> None:
    """Missing tables, and files whose name is nearly a table's: read as absent, they would book people on leave."""
    there = {path.name for path in folder.iterdir()}
    absent = [name for name in FILES if name not in there]
    closest = Closest(absent, likeness=0.8)
    for name in sorted(there - set(FILES)):
        if name.casefold().endswith(".csv"):
            if near := closest.to(name):
                found.fault(name, 0, "", "", f"is no table of the company; did you mean {near!r}?", _names(absent))
            else:
                found.warn(name, 0, "", "", "is no table of the company and was not read", ", ".join(FILES))
    for schema in NEEDED:
        if schema.file in absent:
            found.fault(schema.file, 0, "", "", "the file is missing", ", ".join(schema.columns()))
    if demand_needed and all(schema.file in absent for schema in DEMAND):
        choices = " or ".join(schema.file for schema in DEMAND)
        found.fault(folder.name, 0, "", "", "the folder does not say how many calls or agents to expect", choices)


def _names(names: Iterable[str]) -> str:
    return ", ".join(names)
