"""``rotation export``: the routing table in the format of a telephone system."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from rotation.cli.options import print_warnings
from rotation.cli.routing_book import INSTANT, book_at, plan_option
from rotation.cli.storing import company_option, now, store_option
from rotation.errors import InputFaults, UsageFault
from rotation.exporters._writing import json_bytes
from rotation.publish.folder import refuse_strangers, replace_folder
from rotation.routing import RoutingBook
from rotation.targets import Target, refused_rows, targets, timeline

INDEX = "export.json"


@click.command(
    "export",
    epilog="""\b
Examples:
  rotation export --list
  rotation export --to asterisk --at 2026-12-01T10:07-08:00 --plan out/2026-W49
  rotation export --to freeswitch --timeline --plan out/2026-W49 --out export/week
""",
)
@click.option("--list", "listed", is_flag=True, help="Show the targets with their limits.")
@click.option("--to", "name", metavar="TARGET", help="The target, as --list names it.")
@click.option("--at", type=INSTANT, metavar="INSTANT", help="Write what holds at this instant (ISO 8601 with offset).")
@click.option("--timeline", "steps", is_flag=True, help="Write the smallest steps at each change, and their rollback.")
@click.option("--from", "start", type=INSTANT, metavar="INSTANT", help="First instant of the timeline.")
@click.option("--until", type=INSTANT, metavar="INSTANT", help="First instant after the timeline.")
@click.option("--leave-out", is_flag=True, help="Leave out, with a warning, what the target cannot hold.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder, replaced as a whole; default export/TARGET.")
@plan_option
@store_option
@company_option
def COMMAND(  # noqa: N802
    listed: bool,
    name: str | None,
    at: dt.datetime | None,
    steps: bool,
    start: dt.datetime | None,
    until: dt.datetime | None,
    leave_out: bool,
    out: Path | None,
    plan: Path | None,
    store: str | None,
    company: Path,
) -> None:
    """Write the routing table in a telephone system's format: at an instant, or as steps through the week.

    Everything that the target cannot hold is told before anything is written.
    """
    if listed:
        Console().print(_list())
        return
    target = _target(name)
    if at is None and not steps:
        raise UsageFault("give --at INSTANT, or --timeline")
    moment = at or start or now()
    book = book_at(plan, store, company, moment)
    book = _held(target, book, leave_out)
    files = target.snapshot(book, at) if at is not None else {}
    if steps:
        first, last = start or at or book.valid_from, until or book.valid_to
        book.inside(first)
        files |= timeline(target, book, first, last)
    folder = out or Path("export") / str(name)
    _write(folder, files, {"target": str(name), "week": book.week, "release": book.release})
    click.echo(f"written: {folder}{os.sep} ({len(files):,} {'file' if len(files) == 1 else 'files'})")


def _target(name: str | None) -> Target:
    family = targets()
    if name not in family:
        raise UsageFault(f"--to {name or ''} is no target (allowed: {', '.join(family)})")
    return family[name]


def _held(target: Target, book: RoutingBook, leave_out: bool) -> RoutingBook:
    """The book as far as the target can hold it.

    Raises:
        InputFaults: it cannot hold all, and nothing may be left out.
    """
    faults = target.check(book)
    if faults and not leave_out:
        raise InputFaults(faults)
    print_warnings(faults)
    return book.without(refused_rows(target, book)) if faults else book


def _write(folder: Path, files: dict[str, bytes], about: dict[str, object]) -> None:
    """Replace the folder; what an earlier export left there goes with it."""
    try:
        earlier = json.loads((folder / INDEX).read_bytes())["files"]
    except (OSError, ValueError, KeyError, TypeError):
        earlier = []
    ours = {INDEX, *map(str, earlier)}
    refuse_strangers(folder, ours)
    index = json_bytes(about | {"files": sorted(files)})
    replace_folder(folder, files | {INDEX: index}, ours | set(files))


def _list() -> Table:
    table = Table("Target", "What it writes", "Limits, checked before writing", show_lines=True)
    for name, target in targets().items():
        table.add_row(name, target.summary, "\n".join(f"- {limit}" for limit in target.limits) or "none")
    return table
