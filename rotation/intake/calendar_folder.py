"""The folder ``calendars/`` -> busy times of employees; a file EMPLOYEE_ID.ics for each who has one."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from zoneinfo import ZoneInfo

from rotation.company import BusyTime, Policy
from rotation.errors import InputFaults
from rotation.intake.calendars import busy_times, check_calendar
from rotation.intake.closest import Closest
from rotation.intake.findings import Findings
from rotation.intake.folder import Tables, read_bytes

MARGIN = dt.timedelta(days=2)


def read_calendars(
    folder: Path,
    tables: Tables,
    policy: Policy,
    window: tuple[dt.datetime, dt.datetime] | None,
    found: Findings,
) -> tuple[tuple[BusyTime, ...], dict[str, str]]:
    """Read every calendar of the folder.

    Args:
        folder: the company folder.
        tables: for the employees and their clocks.
        policy: says whether tentative entries are busy.
        window: the planned time; None checks the calendars only.
        found: takes faults and warnings.

    Returns:
        Busy times in the order of the file names and of time, and the files' digests.
    """
    busy: list[BusyTime] = []
    digests: dict[str, str] = {}
    paths = sorted((folder / "calendars").glob("*")) if (folder / "calendars").is_dir() else []
    closest = Closest(tables.employees.ids)
    for path in paths:
        name = f"calendars/{path.name}"
        if not path.is_file() or path.suffix != ".ics":
            found.warn(name, 0, "", "", "is not a calendar and was not read", "EMPLOYEE_ID.ics")
            continue
        if tables.employees.complete and path.stem not in tables.employees.ids:
            message = f"is the calendar of nobody{closest.hint(path.stem)}"
            found.fault(name, 0, "", "", message, "an employee_id of employees.csv and .ics")
        data = read_bytes(path, name, found)
        if data is None:
            continue
        digests[name] = hashlib.sha256(data).hexdigest()
        busy += _busy_times(data, name, path.stem, tables.clocks.of(path.stem), policy, window, found)
    return tuple(busy), digests


def _busy_times(
    data: bytes,
    name: str,
    employee_id: str,
    zone: ZoneInfo,
    policy: Policy,
    window: tuple[dt.datetime, dt.datetime] | None,
    found: Findings,
) -> list[BusyTime]:
    try:
        if window is None:
            found.warnings += check_calendar(data, name, zone)
            return []
        tentative = policy.availability.tentative_is_busy
        rows, warnings = busy_times(data, name, employee_id, zone, window[0] - MARGIN, window[1] + MARGIN, tentative)
    except InputFaults as faults:
        found.faults += faults.faults
        return []
    found.warnings += warnings
    return rows
