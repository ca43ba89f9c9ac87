"""calendars.csv alone, with everybody's zone: what fetching calendars needs to know of a company."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from rotation.intake.cells import Clocks
from rotation.intake.findings import Findings
from rotation.intake.folder import Reader
from rotation.intake.schemas.calendars import CalendarRow
from rotation.intake.schemas.people import EmployeeRow


def calendar_rows(folder: Path, site: ZoneInfo) -> list[tuple[CalendarRow, ZoneInfo]]:
    """The rows of calendars.csv, each with the zone of its person.

    Args:
        folder: the company folder.
        site: the zone of whoever has none.

    Raises:
        InputFaults: every fault of calendars.csv and employees.csv.
    """
    found, clocks = Findings(), Clocks(site)
    reader = Reader(folder, found)
    people = reader.records(EmployeeRow, clocks)
    zones = {row.employee_id: ZoneInfo(row.timezone) for _, row in people.rows if row.timezone}
    rows = reader.records(CalendarRow, clocks)
    if not folder.is_dir():
        found.fault(str(folder), 0, "", "", "is not a folder", "the folder of the company's tables")
    found.raise_faults()
    return [(row, zones.get(row.employee_id, site)) for _, row in rows.rows]
