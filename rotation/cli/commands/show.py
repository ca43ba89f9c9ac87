"""``rotation show``: a written plan in the terminal."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import click
from rich.console import Console

from rotation.cli.options import company_options
from rotation.errors import InputFaults, UsageFault
from rotation.intake.company import read_all
from rotation.report.folder import read_folder
from rotation.report.terminal import coverage_table, summary_table, week_of


@click.command(
    "show",
    epilog="""\b
Examples:
  rotation show out/2026-W49
  rotation show out/2026-W49 --queue billing
  rotation show out/2026-W49 --employee E017
""",
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--employee", help="One person's week, on the own clock.")
@click.option("--queue", help="Coverage of one queue only.")
@company_options
def COMMAND(folder: Path, employee: str | None, queue: str | None, company: Path, config: Path) -> None:  # noqa: N802
    """Show the coverage of a written plan, or one person's week."""
    written, console = read_folder(folder), Console()
    queues = sorted({row.queue_id for row in written.coverage})
    if queue is not None and queue not in queues:
        raise UsageFault(f"{folder} has no queue {queue!r} (allowed: {', '.join(queues)})")
    if employee is None:
        console.print(summary_table(written))
        console.print(coverage_table(written, queue))
        return
    names, zone = _people(company, config, employee)
    console.print(week_of(written, employee, zone, names))


def _people(company: Path, config: Path, employee: str) -> tuple[dict[str, str], ZoneInfo | None]:
    """Names and the person's zone, where the company's tables can still be read; a plan can be shown without them."""
    try:
        found = read_all(company, config).company.employee
    except InputFaults:
        click.echo(f"warning: {company} cannot be read: shown without names, on the site's clock", err=True)
        return {}, None
    person = found.get(employee)
    return {key: row.name for key, row in found.items()}, ZoneInfo(person.timezone) if person else None
