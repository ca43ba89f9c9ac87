"""``rotation conflicts``: released shifts that calendars collide with by now."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from rotation.cli.options import company_options, print_warnings
from rotation.cli.storing import now, open_store, store_option
from rotation.errors import InputFault
from rotation.intake.company import read_all
from rotation.publish.weeks import in_force
from rotation.release import Release
from rotation.release.conflicts import Conflict, conflicts_of

FOUND = 3


@click.command(
    "conflicts",
    epilog="""\b
Examples:
  rotation fetch && rotation conflicts
  rotation conflicts --every
""",
)
@company_options
@store_option
@click.option("--every", is_flag=True, help="Also those that were there when the week was planned.")
@click.pass_context
def COMMAND(ctx: click.Context, company: Path, config: Path, store: str | None, every: bool) -> None:  # noqa: N802
    """Find shifts of the weeks in force that newly collide with calendars: meetings that came after the release.

    Exit status 3 when there are any.
    """
    at, warnings = now(), set[InputFault]()
    found: list[tuple[Release, Conflict]] = []
    with open_store(store, company) as opened:
        for note in in_force(opened.history(), at):
            release = opened.release(note.number)
            horizon, then = release.edition.case.horizon, release.edition.case.company
            intake = read_all(company, config, window=(horizon.start, horizon.end), workers=os.cpu_count() or 1)
            warnings.update(intake.warnings)
            buffer = dt.timedelta(minutes=intake.company.policy.availability.buffer_min)
            all_of_week = conflicts_of(release.shifts, intake.company.busy_times, then.busy_times, buffer, at)
            found += [(release, one) for one in all_of_week if every or one.is_new]
    print_warnings(tuple(sorted(warnings)))
    if not found:
        click.echo("no released shift collides with a calendar" if every else "no released shift newly collides")
        return
    Console().print(_table(found))
    click.echo("the person can swap it, or report an absence for that time and let the week be repaired")
    ctx.exit(FOUND)


def _table(found: list[tuple[Release, Conflict]]) -> Table:
    table = Table("Release", "Employee", "Name", "Shift", "Busy", "")
    for release, conflict in found:
        case, shift = release.edition.case, conflict.shift
        person = case.company.employee.get(shift.employee_id)
        times = [
            f"{start.astimezone(case.horizon.zone):%a %d %b %H:%M}-{end.astimezone(case.horizon.zone):%H:%M}"
            for start, end in ((shift.start, shift.end), (conflict.busy.start, conflict.busy.end))
        ]
        shown = f"{times[0]} {shift.queue_id}"
        word = "new" if conflict.is_new else "known"
        table.add_row(str(release.number), shift.employee_id, person.name if person else "", shown, times[1], word)
    return table
