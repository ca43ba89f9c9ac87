"""``rotation swap``: a shift goes to somebody else, or two shifts change hands."""

from __future__ import annotations

from pathlib import Path

import click

from rotation.changes import Actor
from rotation.changes.swap import swap
from rotation.cli.changes import show_changes
from rotation.cli.storing import acting_options, company_option, now, open_store, store_option, who
from rotation.rules import rules


@click.command(
    "swap",
    epilog="""\b
Examples:
  rotation swap E017-20261202T1800Z --with E042
  rotation swap E017-20261202T1800Z --with E042-20261203T1700Z --on-behalf-of E017 --reason "school play"
""",
)
@click.argument("shift")
@click.option("--with", "partner", required=True, metavar="EMPLOYEE|SHIFT", help="Who takes it, or a shift in return.")
@click.option("--on-behalf-of", default="", metavar="EMPLOYEE", help="For whom you do it, for the audit trail.")
@company_option
@store_option
@acting_options
def COMMAND(  # noqa: N802
    shift: str, partner: str, on_behalf_of: str, company: Path, store: str | None, by: str | None, reason: str
) -> None:
    """Let a shift change hands; every rule is asked first, and a refusal says what would be legal."""
    with open_store(store, company) as opened:
        done = swap(opened, shift, partner, rules(), Actor(who(by), now(), reason, on_behalf_of))
    for before, after in done.pairs:
        show_changes(before, after)
