"""``rotation attend``: who really served settles the ledger."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from rotation.changes import Actor
from rotation.changes.attend import attend
from rotation.cli.options import week_option
from rotation.cli.storing import acting_options, company_option, now, open_store, store_option, who
from rotation.intake.attendance import read_attendance
from rotation.plan import Case
from rotation.release.attendance import Settlement
from rotation.timegrid import IsoWeek


@click.command(
    "attend",
    epilog="""\b
Example:
  rotation attend attendance.csv --week 2026-W49
""",
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@week_option
@company_option
@store_option
@acting_options
def COMMAND(  # noqa: N802
    file: Path, week: IsoWeek, company: Path, store: str | None, by: str | None, reason: str
) -> None:
    """Import who really served, settle the ledger by it, and list the shifts that were not served in full.

    The file has the columns employee_id, queue_id, start and end. A later import of the week replaces an earlier one;
    shifts that are not over yet count as promised.
    """
    with open_store(store, company) as opened:
        release = opened.release(week)
        served = read_attendance(file, release.edition.case.company)
        found = attend(opened, release, served, file.name, Actor(who(by), now(), reason))
    if found.missed:
        Console().print(_missed(found, release.edition.case))
    extra = sum(found.extra_minutes.values())
    no_shows = sum(row.no_show for row in found.missed)
    click.echo(
        f"{week}: {sum(total for total, _ in found.minutes.values()) / 60:,.1f} h settled, {no_shows} no-shows, "
        f"{len(found.missed) - no_shows} served in part, {extra / 60:,.1f} h beyond own shifts"
    )


def _missed(found: Settlement, case: Case) -> Table:
    table = Table("Shift", "Employee", "Queue", "Missed", title="Not served in full", title_justify="left")
    for row in found.missed:
        name = case.company.employee[row.shift.employee_id].name
        missed = "no-show" if row.no_show else f"{row.minutes} of {row.shift.minutes} min"
        table.add_row(row.shift.shift_id, name, row.shift.queue_id, missed)
    return table
