"""``rotation who``: who rings at an instant, in order."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from rotation.cli.routing_book import INSTANT, book_at, plan_option
from rotation.cli.storing import company_option, store_option
from rotation.routing import RoutingBook


@click.command(
    "who",
    epilog="""\b
Examples:
  rotation who --queue billing --at 2026-12-01T10:07-08:00
  rotation who --at 2026-12-01T10:07-08:00 --plan out/2026-W49
""",
)
@click.option("--queue", help="One queue; default all.")
@click.option("--at", type=INSTANT, required=True, metavar="INSTANT", help="ISO 8601 with offset.")
@plan_option
@store_option
@company_option
def COMMAND(queue: str | None, at: dt.datetime, plan: Path | None, store: str | None, company: Path) -> None:  # noqa: N802
    """Show who answers a queue at an instant, in ringing order."""
    book, console = book_at(plan, store, company, at), Console()
    for queue_id in [queue] if queue is not None else book.queues:
        console.print(_table(book, queue_id, at))


def _table(book: RoutingBook, queue_id: str, at: dt.datetime) -> Table:
    rows = book.who(queue_id, at)
    title = f"{queue_id} at {at.astimezone(book.zone).isoformat(timespec='minutes')}, release {book.release}"
    caption = None if rows else "nobody"
    table = Table("", "Employee", "Name", "Endpoint", "Level", "Penalty", "Until", title=title, caption=caption)
    for number, row in enumerate(rows, 1):
        until = f"{row.valid_to.astimezone(book.zone):%a %H:%M}"
        level = str(row.level) if row.primary else f"{row.level} (second)"
        table.add_row(str(number), row.employee_id, row.agent_name, row.endpoint or "-", level, str(row.penalty), until)
    return table
