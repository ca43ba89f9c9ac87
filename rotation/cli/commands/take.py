"""``rotation take``: an offered shift changes hands."""

from __future__ import annotations

from pathlib import Path

import click

from rotation.changes import Actor
from rotation.changes.offer import take
from rotation.cli.changes import show_changes
from rotation.cli.storing import acting_options, company_option, now, open_store, store_option, who
from rotation.rules import rules


@click.command(
    "take",
    epilog="""\b
Example:
  rotation take E017-20261202T1800Z --employee E042
""",
)
@click.argument("shift")
@click.option("--employee", required=True, help="Who takes it.")
@company_option
@store_option
@acting_options
def COMMAND(  # noqa: N802
    shift: str, employee: str, company: Path, store: str | None, by: str | None, reason: str
) -> None:
    """Take a shift that is on offer; every rule is asked first, and the first who takes it has it."""
    with open_store(store, company) as opened:
        before, after = take(opened, shift, employee, rules(), Actor(who(by), now(), reason))
    show_changes(before, after)
