"""``rotation ledger``: what everybody owes, has served, and had of the unpleasant hours."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.table import Table

from rotation.cli.options import WeekType
from rotation.cli.storing import company_option, open_store, store_option
from rotation.errors import UsageFault
from rotation.publish.file import replace_file
from rotation.release.ledger import Account
from rotation.timegrid import IsoWeek

COLUMNS = (
    "employee_id",
    "weeks",
    "owed_min",
    "owed_max",
    "minutes",
    "debt_minutes",
    "unpleasant_minutes",
    "unpleasant_weeks",
    "burden_minutes",
    "short_notice",
)


@click.command(
    "ledger",
    epilog="""\b
Examples:
  rotation ledger
  rotation ledger --before 2026-W49 --employee E017 --out out/ledger.csv
""",
)
@click.option("--before", type=WeekType(), metavar="YYYY-Www", help="As its planner sees it; else all weeks.")
@click.option("--employee", help="One person only.")
@click.option("--window", type=click.IntRange(1, 520), help="Weeks of unpleasant hours that count; else the policy's.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Also write it as CSV.")
@company_option
@store_option
def COMMAND(  # noqa: N802
    before: IsoWeek | None, employee: str | None, window: int | None, out: Path | None, company: Path, store: str | None
) -> None:
    """Print and export the fairness ledger: minutes owed and served, unpleasant hours, changes at short notice.

    Weeks whose attendance is imported count as served, the others as released.
    """
    with open_store(store, company) as opened:
        notes = opened.history()
        if not notes:
            raise UsageFault("no week is released yet, so the ledger is empty")
        last = opened.release(notes[-1].week)
        weeks = window or last.edition.case.company.policy.releases.ledger_weeks
        found = opened.accounts(before, weeks)
    if employee is not None:
        if employee not in found:
            raise UsageFault(f"the ledger has no {employee!r}")
        found = {employee: found[employee]}
    if out:
        replace_file(out, ledger_csv(found))
    Console().print(_table(found, {row.employee_id: row.name for row in last.edition.case.company.employees}))
    if out:
        click.echo(f"written: {out}")


def ledger_csv(accounts: Mapping[str, Account]) -> bytes:
    """One row for each person; exact ends of the band are fractions where they are not whole."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in accounts.values():
        writer.writerow([getattr(row, name) for name in COLUMNS])
    return text.getvalue().encode()


def _table(accounts: Mapping[str, Account], names: Mapping[str, str]) -> Table:
    table = Table(box=box.SIMPLE, padding=(0, 1, 0, 0))
    for heading in ("Employee", "Name", "Weeks", "Owed h", "Served h", "Debt min", "Unpl. h", "a week", "Notice"):
        table.add_column(heading, justify="left" if heading in ("Employee", "Name") else "right")
    for row in accounts.values():
        owed = f"{float(row.owed_min) / 60:.1f}-{float(row.owed_max) / 60:.1f}"
        weekly = f"{row.unpleasant_minutes / 60 / row.unpleasant_weeks:.2f}" if row.unpleasant_weeks else "-"
        table.add_row(
            row.employee_id,
            names.get(row.employee_id, ""),
            str(row.weeks),
            owed,
            f"{row.minutes / 60:.1f}",
            str(row.debt_minutes),
            f"{row.unpleasant_minutes / 60:.1f}",
            weekly,
            str(row.short_notice),
        )
    return table
