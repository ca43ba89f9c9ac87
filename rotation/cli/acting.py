"""What commands that change a released week show."""

from __future__ import annotations

from rich.console import Console

from rotation.cli.changes import changes_table
from rotation.release import Release
from rotation.release.difference import changes_between


def show_change(before: Release, after: Release) -> None:
    """Per person what moves, appears and goes."""
    zone = after.edition.case.horizon.zone
    changes = changes_between(before.shifts, after.edition.plan, zone)
    names = {row.employee_id: row.name for row in after.edition.case.company.employees}
    title = f"{after.week}: release {before.number} to release {after.number}"
    Console().print(changes_table(changes, names, zone, title))
