"""``rotation repair``: gaps of a released week are filled with the least change."""

from __future__ import annotations

from pathlib import Path

import click

from rotation.changes import Actor
from rotation.changes.repair import repair_week
from rotation.cli.changes import show_changes
from rotation.cli.mending import asking, mending_options, told, watch
from rotation.cli.options import week_option
from rotation.cli.storing import acting_options, company_option, now, open_store, store_option, who
from rotation.timegrid import IsoWeek


@click.command(
    "repair",
    epilog="""\b
Example:
  rotation repair --week 2026-W49 --max-changes 5
""",
)
@week_option
@mending_options
@company_option
@store_option
@acting_options
def COMMAND(  # noqa: N802
    week: IsoWeek,
    max_changes: int | None,
    freeze: float | None,
    time_limit: float,
    company: Path,
    store: str | None,
    by: str | None,
    reason: str,
) -> None:
    """Bring a week back to the coverage that was planned, after absences that nobody filled."""
    at = now()
    with open_store(store, company) as opened:
        asked = asking(at, max_changes, freeze, time_limit)(opened.release(week))
        before, after, mended = repair_week(opened, week, asked, watch(), Actor(who(by), at, reason))
    if after:
        show_changes(before, after)
    click.echo(f"{week}: {told(mended)}" if after else f"{week}: nothing to repair, or nothing that would help")
