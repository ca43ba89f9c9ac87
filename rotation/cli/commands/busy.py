"""``rotation busy``: when the owner of a calendar is busy, as JSON."""

from __future__ import annotations

import datetime as dt
import json
import stat
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from rotation.cli.options import print_warnings
from rotation.errors import InputFault, InputFaults, UsageFault
from rotation.intake.calendar_limit import LONGEST_S, time_limit
from rotation.intake.calendar_reading import AllDay, Reading
from rotation.intake.calendar_text import LARGEST_CALENDAR
from rotation.intake.calendars import busy_times, merged
from rotation.intake.cells import INSTANT_ALLOWED, instant_of
from rotation.intake.zones import zone_of


@click.command(
    "busy",
    epilog="""\b
Example:
  rotation busy data/calendars/E003.ics --tz America/Los_Angeles \\
    --from 2026-11-30T00:00-08:00 --to 2026-12-07T00:00-08:00
""",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--tz", required=True, metavar="ZONE", help="The owner's zone, for whole days and floating times.")
@click.option("--from", "start", required=True, metavar="INSTANT", help="First instant, ISO 8601 with offset.")
@click.option("--to", "end", required=True, metavar="INSTANT", help="First instant after it.")
@click.option(
    "--tentative", type=click.Choice(["busy", "free"]), default="free", help="Tentative entries; default free."
)
@click.option(
    "--all-day",
    type=click.Choice(["as_marked", "busy", "free"]),
    default="as_marked",
    help="Entries of whole days; default as the calendar marks them.",
)
@click.option("--marked-free", type=click.Choice(["busy", "free"]), default="free", help="Entries marked free.")
def COMMAND(  # noqa: N802
    file: Path, tz: str, start: str, end: str, tentative: str, all_day: AllDay, marked_free: str
) -> None:
    """Print the busy times of a calendar FILE (iCalendar) as JSON, [[start, end], ...] in UTC.

    They are cut to the time that is asked for, in order, and do not overlap. A file that cannot be read is an error
    with exit status 2, never an empty list.
    """
    zone = zone_of(tz, "--tz")
    window = _instant(start, "--from", zone), _instant(end, "--to", zone)
    if window[0] >= window[1]:
        raise UsageFault(f"--from {start} is not before --to {end}")
    reading = Reading(tentative == "busy", all_day, marked_free == "busy")
    with time_limit(file.name, LONGEST_S):
        rows, warnings = busy_times(_content(file), file.name, "", zone, *window, reading)
    print_warnings(tuple(sorted(set(warnings))))
    spans = merged([(row.start, row.end) for row in rows], *window)
    click.echo(json.dumps([[_shown(first), _shown(last)] for first, last in spans]))


def _content(file: Path) -> bytes:
    """The bytes of a regular file, no more than a calendar may have and one."""
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise InputFaults([InputFault(str(file), 0, "", "", "is not a file", "an iCalendar file")])
        with file.open("rb") as stream:
            return stream.read(LARGEST_CALENDAR + 1)
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        raise InputFaults([InputFault(str(file), 0, "", "", message, "a readable file")]) from error


def _instant(text: str, option: str, zone: ZoneInfo) -> dt.datetime:
    try:
        return instant_of(text, zone)
    except ValueError as error:
        raise UsageFault(f"{option}: {text!r} {error} (allowed: {INSTANT_ALLOWED})") from error


def _shown(instant: dt.datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")
