"""``rotation release``: a draft becomes the week's release."""

from __future__ import annotations

from pathlib import Path

import click

from rotation.cli.draft import read_draft
from rotation.cli.options import company_options, week_option
from rotation.cli.storing import acting_options, now, open_store, store_option, who
from rotation.intake.policy import read_policy
from rotation.release import Proposal
from rotation.release.difference import changes_between
from rotation.rules import rules
from rotation.timegrid import IsoWeek


@click.command(
    "release",
    epilog="""\b
Example:
  rotation release --week 2026-W49 --draft out/2026-W49 --reason "agreed with the leads"
""",
)
@company_options
@week_option
@click.option(
    "--draft", type=click.Path(path_type=Path), help="Folder that `rotation plan` wrote.  [default: out/WEEK]"
)
@store_option
@acting_options
def COMMAND(  # noqa: N802
    company: Path, config: Path, week: IsoWeek, draft: Path | None, store: str | None, by: str | None, reason: str
) -> None:
    """Freeze a draft as the week's release and number it; every rule judges it once more."""
    at = now()
    with open_store(store, company, make=True) as opened:
        known = opened.known(week, read_policy(config).releases.ledger_weeks)
        edition, inputs = read_draft(draft or Path("out") / str(week), week, company, config, known, at)
        proposal = Proposal.judged(
            edition, rules(), inputs, parent=edition.based_on, kind="plan", overlay=known.overlay, reason=reason
        )
        with opened.writing() as transaction:
            made = transaction.release(proposal, who(by), at)
        before = known.promised
    changes = changes_between(before, made.edition.plan, made.edition.case.horizon.zone)
    people = len({change.employee_id for change in changes})
    click.echo(
        f"release {made.number} of {week}: {len(made.shifts)} shifts; "
        f"{len(changes)} new, moved or gone for {people} people"
    )
