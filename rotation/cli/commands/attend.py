"""``rotation attend``: who really served settles the ledger."""

from __future__ import annotations

from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.table import Table

from rotation.changes import Actor
from rotation.changes.attend import attend
from rotation.cli.options import print_warnings, week_option
from rotation.cli.storing import acting_options, company_option, now, open_store, store_option, who
from rotation.company import Company
from rotation.intake.attendance import Served, read_attendance
from rotation.intake.attendance_log import is_queue_log, read_attendance_log
from rotation.plan import Case
from rotation.release.attendance import Settlement
from rotation.timegrid import IsoWeek


@click.command(
    "attend",
    epilog="""\b
Examples:
  rotation attend attendance.csv --week 2026-W49
  rotation attend /var/log/asterisk/queue_log --week 2026-W49
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

    The file is a CSV with the columns employee_id, queue_id, start and end, or Asterisk's queue_log. A later import of
    the week replaces an earlier one; shifts that are not over yet count as promised.
    """
    with open_store(store, company) as opened:
        release = opened.release(week)
        served = _read(file, release.edition.case.company)
        found = attend(opened, release, served, file.name, Actor(who(by), now(), reason))
    if found.missed:
        Console().print(_missed(found, release.edition.case))
    extra = sum(found.extra_minutes.values())
    no_shows = sum(row.no_show for row in found.missed)
    click.echo(
        f"{week}: {sum(total for total, _ in found.minutes.values()) / 60:,.1f} h settled, {no_shows} no-shows, "
        f"{len(found.missed) - no_shows} served in part, {extra / 60:,.1f} h beyond own shifts"
    )


def _read(file: Path, company: Company) -> tuple[Served, ...]:
    if not is_queue_log(file):
        return read_attendance(file, company)
    served, warnings = read_attendance_log(file, company)
    print_warnings(warnings)
    return served


def _missed(found: Settlement, case: Case) -> Table:
    table = Table(title="Not served in full", title_justify="left", box=box.SIMPLE, padding=(0, 1, 0, 0))
    for heading in ("Shift", "Employee", "Queue", "Missed"):
        table.add_column(heading, no_wrap=heading == "Shift")
    for row in found.missed:
        name = case.company.employee[row.shift.employee_id].name
        missed = "no-show" if row.no_show else f"{row.minutes} of {row.shift.minutes} min"
        table.add_row(row.shift.shift_id, name, row.shift.queue_id, missed)
    return table
