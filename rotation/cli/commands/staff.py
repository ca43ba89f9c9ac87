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
    console = Console()
    for table in staffing_tables(question.case):
        console.print(table)
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


def staffing_tables(case: Case) -> tuple[Table, Table]:
    """Agent-hours of each queue and day with the largest need, and what the rotation is asked for beside core staff."""
    days, number = case.horizon.days(), np.array(case.horizon.day_numbers())
    hour = case.horizon.interval_min / 60
    daily = Table(title=f"{case.horizon.week} · agent-hours/largest need by queue and day", title_justify="left")
    weekly = Table(title="The week, agent-hours", title_justify="left")
    daily.add_column("Queue", no_wrap=True)
    for day in days:
        daily.add_column(f"{day:%a %d}", justify="right")
    weekly.add_column("Queue", no_wrap=True)
    for heading in ("Required", "Core staff", "Rotation", "Largest need"):
        weekly.add_column(heading, justify="right")
    used = np.minimum(case.core, case.required)
    for q, queue in enumerate(case.company.queues):
        cells = [case.required[q, number == n] for n in range(len(days))]
        daily.add_row(queue.queue_id, *(f"{c.sum() * hour:g}/{c.max()}" if c.any() else "-" for c in cells))
        sums = (case.required[q].sum(), used[q].sum(), case.missing[q].sum())
        weekly.add_row(queue.queue_id, *(f"{total * hour:g}" for total in sums), str(case.required[q].max(initial=0)))
    daily.add_section()
    daily.add_row("all", *(f"{case.required[:, number == n].sum() * hour:g}" for n in range(len(days))))
    weekly.add_section()
    sums = (case.required.sum(), used.sum(), case.missing.sum())
    weekly.add_row("all", *(f"{total * hour:g}" for total in sums), str(case.required.sum(axis=0).max(initial=0)))
    return daily, weekly
