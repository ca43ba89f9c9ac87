"""``rotation forecast``: calls and handle times of the weeks to come, with their uncertainty."""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from rotation.cli.call_history import history_option, print_account, read_history
from rotation.cli.options import company_options, print_warnings, week_option
from rotation.company import Company
from rotation.demand.week_forecast import WeekForecast
from rotation.errors import InputFault, InputFaults
from rotation.publish.folder import refuse_strangers, replace_folder
from rotation.timegrid import Horizon, IsoWeek

OURS = ("forecast.csv", "demand.csv", "backtest.csv", "forecast.html")
LONGEST_AHEAD = 8
BACKTEST_COLUMNS = ("queue_id", "method", "lead_weeks", "origins", "calls", "wape", "bias", "rate_cv", "used")


@click.command(
    "forecast",
    epilog="""\b
Example:
  rotation forecast --company data --week 2026-W49 --history data/history/calls_2026.csv.gz
""",
)
@company_options
@week_option
@history_option
@click.option("--weeks", type=click.IntRange(1, LONGEST_AHEAD), default=1, show_default=True, help="How many weeks.")
@click.option("--method", help="A method by name, or auto: each queue's best in the backtest.  [default: the policy's]")
@click.option("--wrap-up", type=click.FloatRange(0, 3600), default=0.0, help="Seconds after each call of a queue_log.")
@click.option("--out", type=click.Path(path_type=Path), help="Output folder; default out/WEEK-forecast.")
def COMMAND(  # noqa: N802
    company: Path,
    config: Path,
    week: IsoWeek,
    history: Path | None,
    weeks: int,
    method: str | None,
    wrap_up: float,
    out: Path | None,
) -> None:
    """Forecast calls and handle times from the call history, with a backtest on that same history.

    Writes forecast.csv (with quantiles), demand.csv (for the company folder), backtest.csv and forecast.html.
    """
    from rotation.demand.week import opening
    from rotation.demand.week_forecast import forecast_weeks
    from rotation.report.terminal.forecast import forecast_table

    target = out or Path("out") / f"{week}-forecast"
    refuse_strangers(target, OURS)
    read = read_history(company, config, history, wrap_up)
    print_warnings(read.intake.warnings)
    print_account(read.account)
    site = read.company.policy.site
    horizons = tuple(Horizon(week.following(n), site.timezone, site.interval_min) for n in range(weeks))
    opened = [(horizon, opening(read.company, horizon)) for horizon in horizons]
    found = forecast_weeks(read.company, read.past, opened, method or read.company.policy.forecast.method)
    complain(read.company, found.gaps, horizons[0])
    files = forecast_files(found, horizons)
    replace_folder(target, files, OURS)
    console = Console()
    for horizon in horizons:
        console.print(forecast_table(found, horizon))
    for note in found.notes():
        click.echo(f"note: {note}", err=True)
    click.echo(f"written: {target}{os.sep} ({', '.join(files)})")


def forecast_files(found: WeekForecast, horizons: tuple[Horizon, ...]) -> dict[str, bytes]:
    """All files of a forecast."""
    from rotation.report.forecast_page import forecast_page

    return {
        "forecast.csv": table_csv(found.table, horizons[0]),
        "demand.csv": table_csv(found.table[["queue_id", "start", "calls", "aht_s", "rate_cv"]], horizons[0]),
        "backtest.csv": backtest_csv(found),
        "forecast.html": forecast_page(found, horizons),
    }


def complain(company: Company, gaps: Sequence[tuple[str, dt.datetime]], horizon: Horizon) -> None:
    """Refuse a forecast that would leave open intervals without a word, unless other tables speak for them.

    Raises:
        InputFaults: one fault for each queue that has such intervals.
    """
    spoken = {(row.queue_id, row.start) for row in company.demand}
    spoken |= {(row.queue_id, row.start) for row in company.required}
    faults = []
    for queue in company.queues:
        lacking = [start for key, start in gaps if key == queue.queue_id and (key, start) not in spoken]
        if lacking:
            first = lacking[0].astimezone(horizon.zone).isoformat(timespec="minutes")
            faults.append(
                InputFault(
                    "call_history.csv", 0, "queue_id", queue.queue_id,
                    f"has no history for {len(lacking)} open intervals, the first at {first}",
                    "calls in adjustments.csv, or rows in demand.csv or required.csv",
                )
            )  # fmt: skip
    if faults:
        raise InputFaults(faults)


def table_csv(table: Any, horizon: Horizon) -> bytes:
    """A table with its instants on the site's clock; numbers at four decimals."""
    local = table.assign(start=[at.astimezone(horizon.zone).isoformat() for at in table["start"].dt.to_pydatetime()])
    return local.to_csv(index=False, float_format="%.4f", lineterminator="\n").encode()  # type: ignore[no-any-return]


def backtest_csv(found: WeekForecast) -> bytes:
    """One row for each queue and method that was judged."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(BACKTEST_COLUMNS)
    for key, queue in found.queues.items():
        for name, score in queue.scores.items():
            numbers = (f"{value:.4f}" for value in (score.wape, score.bias, score.cv))
            used = int(name == queue.method)
            writer.writerow((key, name, score.lead_weeks, score.origins, f"{score.actual.sum():g}", *numbers, used))
    return text.getvalue().encode()
