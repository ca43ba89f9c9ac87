"""Changes in the terminal, one line each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from rich.table import Table
from rich.text import Text

from rotation.plan import Shift
from rotation.release.difference import Change

STYLES = {"new": "green", "moved": "yellow", "gone": "red"}


def changes_table(changes: Sequence[Change], names: Mapping[str, str], zone: ZoneInfo, title: str) -> Table:
    """Who is concerned, what happens, and the shift before and after, on the site's clock."""
    people = len({change.employee_id for change in changes})
    caption = f"{len(changes)} changes for {people} people" if changes else "no change"
    table = Table(title=title, title_justify="left", caption=caption, caption_justify="left")
    for heading in ("Employee", "Name", "", "Before", "After"):
        table.add_column(heading, no_wrap=heading != "Name")
    for change in changes:
        kind = Text(change.kind, style=STYLES[change.kind])
        before, after = (_spelt(shift, zone) for shift in (change.before, change.after))
        table.add_row(change.employee_id, names.get(change.employee_id, ""), kind, before, after)
    return table


def _spelt(shift: Shift | None, zone: ZoneInfo) -> str:
    if shift is None:
        return ""
    start, end = shift.start.astimezone(zone), shift.end.astimezone(zone)
    tail = f"{end:%H:%M}" if end.date() == start.date() else f"{end:%a %H:%M}"
    return f"{start:%a %d %b %H:%M}-{tail} {shift.queue_id}"
