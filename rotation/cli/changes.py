"""Changes in the terminal, one line each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from rotation.plan import Shift
from rotation.release import Release
from rotation.release.difference import Change, changes_between

STYLES = {"new": "green", "moved": "yellow", "gone": "red"}
WIDE = 110


def show_changes(before: Release, after: Release) -> None:
    """What is not as it was, per person, between two releases."""
    zone = after.edition.case.horizon.zone
    changes = changes_between(before.shifts, after.edition.plan, zone)
    names = {row.employee_id: row.name for row in after.edition.case.company.employees}
    show_table(changes, names, zone, f"{after.week}: release {before.number} to release {after.number}")


def show_table(changes: Sequence[Change], names: Mapping[str, str], zone: ZoneInfo, title: str) -> None:
    """Who is concerned, what happens, and the shift before and after, on the site's clock; names where they fit."""
    console = Console()
    people = len({change.employee_id for change in changes})
    console.print(title, highlight=False)
    if changes:
        console.print(_table(changes, names if console.width >= WIDE else None, zone))
    console.print(f"{len(changes)} changes for {people} people" if changes else "no change", highlight=False)


def _table(changes: Sequence[Change], names: Mapping[str, str] | None, zone: ZoneInfo) -> Table:
    table = Table(box=box.SIMPLE, padding=(0, 1, 0, 0))
    headings = ("Employee", *(["Name"] if names else []), "Change", "Before", "After")
    for heading in headings:
        table.add_column(heading, no_wrap=heading != "Name")
    for change in changes:
        kind = Text(change.kind, style=STYLES[change.kind])
        before, after = (_spelt(shift, zone) for shift in (change.before, change.after))
        name = [names.get(change.employee_id, "")] if names else []
        table.add_row(change.employee_id, *name, kind, before, after)
    return table


def _spelt(shift: Shift | None, zone: ZoneInfo) -> str:
    if shift is None:
        return ""
    start, end = shift.start.astimezone(zone), shift.end.astimezone(zone)
    tail = f"{end:%H:%M}" if end.date() == start.date() else f"{end:%a %H:%M}"
    return f"{start:%a %d %H:%M}-{tail} {shift.queue_id}"
