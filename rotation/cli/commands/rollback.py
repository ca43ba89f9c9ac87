"""``rotation rollback``: an earlier release comes back as a new one."""

from __future__ import annotations

from pathlib import Path

import click

from rotation.changes import Actor
from rotation.changes.rollback import roll_back
from rotation.cli.changes import show_changes
from rotation.cli.options import week_option
from rotation.cli.storing import acting_options, company_option, now, open_store, store_option, who
from rotation.rules import rules
from rotation.timegrid import IsoWeek


@click.command(
    "rollback",
    epilog="""\b
Example:
  rotation rollback --week 2026-W49 --to 3 --reason "wrong demand file"
""",
)
@week_option
@click.option("--to", "number", type=click.IntRange(1), required=True, help="The release to restore.")
@company_option
@store_option
@acting_options
def COMMAND(  # noqa: N802
    week: IsoWeek, number: int, company: Path, store: str | None, by: str | None, reason: str
) -> None:
    """Restore an earlier release of a week as a new one; shifts that have begun stay as they are."""
    with open_store(store, company) as opened:
        before, after = roll_back(opened, week, number, rules(), Actor(who(by), now(), reason))
    show_changes(before, after)
