"""``rotation history``: releases, and the audit trail."""

from __future__ import annotations

from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.table import Table

from rotation.cli.options import WeekType
from rotation.cli.storing import company_option, open_store, store_option
from rotation.release import KINDS
from rotation.timegrid import IsoWeek


@click.command(
    "history",
    epilog="""\b
Examples:
  rotation history --week 2026-W49
  rotation history --trail
""",
)
@click.option("--week", type=WeekType(), metavar="YYYY-Www", help="Only this week's.")
@click.option("--trail", is_flag=True, help="The audit trail instead: who did what, when and why.")
@company_option
@store_option
def COMMAND(week: IsoWeek | None, trail: bool, company: Path, store: str | None) -> None:  # noqa: N802
    """List the releases, the effective one of each week marked."""
    with open_store(store, company) as opened:
        if trail:
            table = Table("When", "Who", "For", "What", "Why", box=box.SIMPLE, padding=(0, 1, 0, 0))
            for entry in opened.trail(week):
                table.add_row(f"{entry.at:%Y-%m-%d %H:%MZ}", entry.who, entry.on_behalf_of, entry.what, entry.why)
        else:
            notes = opened.history(week)
            effective = {note.week: note.number for note in notes}
            headings = ("Release", "Week", "From", "When", "Who", "What", "Why")
            table = Table(*headings, box=box.SIMPLE, padding=(0, 1, 0, 0))
            for note in notes:
                mark = " effective" if effective[note.week] == note.number else ""
                what = KINDS[note.kind] + (f" (release {note.restored})" if note.restored else "")
                when = f"{note.released_at:%Y-%m-%d %H:%MZ}"
                parent = str(note.parent) if note.parent else "-"
                table.add_row(f"{note.number}{mark}", str(note.week), parent, when, note.released_by, what, note.reason)
    Console().print(table)
