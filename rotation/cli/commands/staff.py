"""``rotation staff``: how many agents each queue needs."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import click
import numpy as np
from rich.console import Console
from rich.table import Table

from rotation.cli.options import company_options, print_warnings, week_option
from rotation.cli.reading import read_case
from rotation.plan import Case
from rotation.publish.file import replace_file
from rotation.timegrid import IsoWeek


@click.command(
    "staff",
    epilog="""\b
Example:
  rotation staff --company data --config config/rotation.toml --week 2026-W49 --out out/required.csv
""",
)
@company_options
@week_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where required.csv goes; edit it and put it into the company folder to override the formula.  "
    "[default: out/WEEK-required.csv]",
)
def COMMAND(company: Path, config: Path, week: IsoWeek, out: Path | None) -> None:  # noqa: N802
    """Staff the week: agents per queue and day by Erlang C or A, and required.csv for every open interval."""
    question = read_case(company, config, week, dt.datetime.now(dt.UTC).date())
    print_warnings(question.warnings)
    target = out or Path("out") / f"{week}-required.csv"
    replace_file(target, required_csv(question.case))
    Console().print(staffing_table(question.case))
    click.echo(f"written: {target}")


def required_csv(case: Case) -> bytes:
    """The requirement of every open interval, in the columns of required.csv."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("queue_id", "start", "agents"))
    starts = [case.horizon.local(n).isoformat() for n in range(case.horizon.intervals)]
    for q, queue in enumerate(case.company.queues):
        for n in np.flatnonzero(case.is_open[q]):
            writer.writerow((queue.queue_id, starts[int(n)], int(case.required[q, n])))
    return text.getvalue().encode()


def staffing_table(case: Case) -> Table:
    """Agent-hours and the largest need of each queue and day, and what is left after core staff."""
    days = case.horizon.days()
    table = Table(title=f"{case.horizon.week} · agent-hours (largest need) per queue and day", title_justify="left")
    table.add_column("Queue")
    for day in days:
        table.add_column(f"{day:%a %d}", justify="right")
    for heading in ("Week", "Core staff", "Rotation"):
        table.add_column(heading, justify="right")
    number, hour = np.array(case.horizon.day_numbers()), case.horizon.interval_min / 60
    for q, queue in enumerate(case.company.queues):
        cells = []
        for n in range(len(days)):
            agents = case.required[q, number == n]
            cells.append(f"{agents.sum() * hour:.1f} ({agents.max(initial=0)})" if agents.any() else "-")
        used = np.minimum(case.core[q], case.required[q]).sum() * hour
        table.add_row(
            queue.name,
            *cells,
            f"{case.required[q].sum() * hour:.1f}",
            f"{used:.1f}",
            f"{case.missing[q].sum() * hour:.1f}",
        )
    total = [f"{case.required[:, number == n].sum() * hour:.1f}" for n in range(len(days))]
    core = np.minimum(case.core, case.required).sum() * hour
    table.add_section()
    table.add_row("All", *total, f"{case.required.sum() * hour:.1f}", f"{core:.1f}", f"{case.missing.sum() * hour:.1f}")
    return table
