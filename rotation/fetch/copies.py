"""Everybody's calendars that have an address -> copies; what cannot be fetched keeps its last good copy and says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx2

from rotation.errors import InputFaults
from rotation.fetch.addresses import Refused
from rotation.fetch.download import download
from rotation.fetch.free_busy import free_busy
from rotation.intake.calendar_copies import FOLDER, CopyState, source_of, state_of
from rotation.intake.calendar_limit import time_limit
from rotation.intake.calendars import check_calendar
from rotation.intake.schemas.calendars import CalendarRow
from rotation.publish.file import replace_file

LONGEST_S = 30.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """How it went for one person.

    Args:
        employee_id: whose calendar.
        outcome: ``new``, ``unchanged`` or ``failed``.
        message: why it failed, or what was doubtful in it.
        copy_of: when the copy that is there was current, empty when there is none.
    """

    employee_id: str
    outcome: str
    message: str
    copy_of: str


def fetch(
    client: httpx2.Client,
    company: Path,
    row: CalendarRow,
    zone: ZoneInfo,
    now: Callable[[], dt.datetime],
    auth: httpx2.Auth | None = None,
) -> Fetched:
    """Bring one person's copy up to date.

    Args:
        client: sends requests.
        company: the company folder.
        row: where the calendar is.
        zone: the person's zone.
        now: gives the instant.
        auth: login of a CalDAV server.
    """
    path, source = company / FOLDER / f"{row.employee_id}.ics", source_of(row.url)
    before = state_of(company, row.employee_id)
    if before.source != source or not path.is_file():
        before = CopyState(source)
    name = f"{FOLDER.as_posix()}/{row.employee_id}.ics"
    try:
        with time_limit(name, LONGEST_S):
            content, after = _asked(client, row, before, now(), auth)
        with time_limit(name):
            doubts = [str(warning) for warning in check_calendar(content, name, zone)] if content is not None else []
    except (Refused, httpx2.HTTPError, httpx2.InvalidURL, InputFaults, ValueError) as error:
        message = " ".join(str(error).split()) or type(error).__name__
        failed = replace(before, error=message)
        replace_file(path.with_suffix(".json"), failed.to_bytes())
        return Fetched(row.employee_id, "failed", message, before.fetched_at)
    if content is not None:
        replace_file(path, content)
    replace_file(path.with_suffix(".json"), after.to_bytes())
    return Fetched(row.employee_id, "unchanged" if content is None else "new", "; ".join(doubts), after.fetched_at)


def _asked(
    client: httpx2.Client, row: CalendarRow, before: CopyState, now: dt.datetime, auth: httpx2.Auth | None
) -> tuple[bytes | None, CopyState]:
    """The new content, None when it has not changed, and what is to be remembered of it."""
    at = now.isoformat()
    if row.kind == "caldav":
        return free_busy(client, row.url, now, auth), CopyState(before.source, "", "", at)
    known = before if before.fetched_at else CopyState()
    found = download(client, row.url, known.etag, known.last_modified)
    return found.content, CopyState(before.source, found.etag, found.last_modified, at)
