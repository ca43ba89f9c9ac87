"""Everybody's calendars -> busy times: ``calendars/EMPLOYEE_ID.ics``, and the copies of calendars that calendars.csv
gives addresses of."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

from rotation.company import BusyTime, Policy
from rotation.intake.calendar_copies import FOLDER, source_of, state_of
from rotation.intake.calendar_jobs import Job, outcomes_of
from rotation.intake.calendar_reading import Reading
from rotation.intake.closest import Closest
from rotation.intake.findings import Findings
from rotation.intake.folder import Tables, read_bytes
from rotation.intake.schemas.calendars import CalendarRow

MARGIN = dt.timedelta(days=2)
Window = tuple[dt.datetime, dt.datetime]


def read_calendars(
    folder: Path, tables: Tables, policy: Policy, window: Window | None, found: Findings, workers: int = 1
) -> tuple[tuple[BusyTime, ...], dict[str, str]]:
    """Read every calendar of the company.

    Args:
        folder: the company folder.
        tables: for the employees, their clocks and calendars.csv.
        policy: says whether tentative entries are busy.
        window: the planned time; None checks the calendars only.
        found: takes faults and warnings.
        workers: how many processes may read.

    Returns:
        Busy times in the order of the file names and of time, and the files' digests.
    """
    rows = {row.employee_id: row for _, row in tables.calendars.rows}
    wide = (window[0] - MARGIN, window[1] + MARGIN) if window else None
    jobs: list[Job] = []
    for name, employee_id in (*_own_files(folder, tables, found), *_copies(folder, tables, found)):
        data = read_bytes(folder / name, name, found)
        if data is not None:
            reading = _reading(rows.get(employee_id), policy)
            jobs.append(Job(data, name, employee_id, tables.clocks.of(employee_id), wide, reading))
    busy: list[BusyTime] = []
    for outcome in outcomes_of(jobs, workers):
        busy += outcome.busy
        found.warnings += outcome.warnings
        found.faults += outcome.faults
    digests = {job.file: hashlib.sha256(job.data).hexdigest() for job in jobs}
    for state in (Path(job.file).with_suffix(".json") for job in jobs if job.file.startswith(FOLDER.as_posix())):
        digests[state.as_posix()] = hashlib.sha256((folder / state).read_bytes()).hexdigest()
    return tuple(busy), digests


def _reading(row: CalendarRow | None, policy: Policy) -> Reading:
    """What counts as busy in a person's calendar; the shifts of this program in it never do."""
    tentative = policy.availability.tentative_is_busy
    if row is None:
        return Reading(tentative, without_own=True)
    if row.tentative != "policy":
        tentative = row.tentative == "busy"
    return Reading(tentative, row.all_day, row.marked_free == "busy", without_own=True)


def _own_files(folder: Path, tables: Tables, found: Findings) -> list[tuple[str, str]]:
    """Names of the files in ``calendars/`` with their owners."""
    closest = Closest(tables.employees.ids)
    files = []
    for path in sorted((folder / "calendars").glob("*")) if (folder / "calendars").is_dir() else ():
        name = f"calendars/{path.name}"
        if path.is_dir() and path.name == FOLDER.name:
            continue
        if not path.is_file() or path.suffix != ".ics":
            found.warn(name, 0, "", "", "is not a calendar and was not read", "EMPLOYEE_ID.ics")
            continue
        if tables.employees.complete and path.stem not in tables.employees.ids:
            message = f"is the calendar of nobody{closest.hint(path.stem)}"
            found.fault(name, 0, "", "", message, "an employee_id of employees.csv and .ics")
        files.append((name, path.stem))
    return files


def _copies(folder: Path, tables: Tables, found: Findings) -> list[tuple[str, str]]:
    """Names of the copies of fetched calendars with their owners; a copy that is missing or old is said."""
    files = []
    for number, row in tables.calendars.rows:
        if not row.url:
            continue
        state, name = state_of(folder, row.employee_id), f"{FOLDER.as_posix()}/{row.employee_id}.ics"
        if state.source != source_of(row.url) or not (folder / name).is_file():
            why = f" ({state.error})" if state.error else ""
            message = f"the calendar of {row.employee_id} has not been fetched yet{why}; run `rotation fetch`"
            found.fault(CalendarRow.file, number, "url", "", message, f"a copy in {FOLDER.as_posix()}")
            continue
        if state.error:
            message = f"is the copy of {state.fetched_at}: fetching it again failed: {state.error}"
            found.warn(name, 0, "", "", message, "a calendar that can be fetched")
        files.append((name, row.employee_id))
    return files
