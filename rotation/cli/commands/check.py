"""``rotation check``: every fault of the input, and warnings worth reading before solving."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from rotation.cli.options import company_options, print_warnings, week_option
from rotation.cli.reading import read_case
from rotation.rules import rules
from rotation.solve.forewarnings import forewarnings
from rotation.solve.instance import compile_instance
from rotation.timegrid import IsoWeek


@click.command(
    "check",
    epilog="""\b
Example:
  rotation check --company data --config config/rotation.toml --week 2026-W49
""",
)
@company_options
@week_option
def COMMAND(company: Path, config: Path, week: IsoWeek) -> None:  # noqa: N802
    """Check the company's tables, calendars and policy for a week; exit status 2 when there are faults."""
    question = read_case(company, config, week, dt.datetime.now(dt.UTC).date())
    case = question.case
    warnings = (*question.warnings, *forewarnings(case, compile_instance(case, rules())))
    print_warnings(warnings, most=len(warnings))
    hours = case.missing.sum() * case.horizon.interval_min / 60
    click.echo(
        f"{week}: no faults, {len(warnings)} {'warning' if len(warnings) == 1 else 'warnings'}; "
        f"{len(case.company.employees):,} people, {len(case.company.queues)} queues, {hours:,.1f} agent-hours asked for"
    )
