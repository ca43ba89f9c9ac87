"""``rotation week``: the whole chain in one command, from call history to the service that callers can expect."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console

from rotation.cli.call_history import history_option, print_account, read_history
from rotation.cli.commands.forecast import complain, forecast_files
from rotation.cli.commands.plan import OURS as OF_PLAN
from rotation.cli.commands.plan import refuse_clashes, rendered, search_settings, searched
from rotation.cli.commands.staff import required_csv, staffing_tables
from rotation.cli.options import company_options, print_warnings, week_option
from rotation.cli.reading import read_ledger
from rotation.cli.simulating import service_of
from rotation.company import Company, Demand
from rotation.demand.week_forecast import WeekForecast
from rotation.intake.company import read_all
from rotation.plan import Case
from rotation.publish.folder import refuse_strangers, replace_folder
from rotation.report.simulation_page import simulation_page
from rotation.report.terminal import summary_table
from rotation.report.terminal.forecast import forecast_table
from rotation.report.terminal.service import service_table
from rotation.timegrid import Horizon, IsoWeek

OURS = (*OF_PLAN, "forecast.csv", "demand.csv", "backtest.csv", "forecast.html", "required.csv")


@click.command(
    "week",
    epilog="""\b
Example:
  rotation week --company data --week 2026-W49 --history data/history/calls_2026.csv.gz --out out/2026-W49
""",
)
@company_options
@week_option
@history_option
@click.option("--method", help="Forecast method, or auto.  [default: the policy's]")
@click.option("--carry", type=click.Path(path_type=Path), help="Output folder of the week before: carries its debts.")
@click.option("--time-limit", type=click.FloatRange(0, min_open=True), help="Seconds of search.")
@click.option("--out", type=click.Path(path_type=Path), help="Output folder, replaced as a whole; default out/WEEK.")
def COMMAND(  # noqa: N802
    company: Path,
    config: Path,
    week: IsoWeek,
    history: Path | None,
    method: str | None,
    carry: Path | None,
    time_limit: float | None,
    out: Path | None,
) -> None:
    """Forecast, staff, plan and simulate one week.

    As forecast, staff, plan and simulate one after the other, with one folder for all of it. The forecast takes the
    place of demand.csv; rows of required.csv still override the requirement.
    """
    target, console = out or Path("out") / str(week), Console()
    refuse_strangers(target, OURS)
    found, horizon = forecast(company, config, week, history, method, console)
    window, today = (horizon.start, horizon.end), dt.datetime.now(dt.UTC).date()
    intake = read_all(company, config, window=window, today=today, demand_needed=history is None)
    print_warnings(intake.warnings)
    case = Case.of(with_forecast(intake.company, found, horizon), horizon, read_ledger(carry) if carry else {})
    for table in staffing_tables(case):
        console.print(table)
    settings = search_settings(case.company.policy, time_limit, None, None, None, False)
    edition = searched(case, settings, Console(stderr=True))
    service = service_of(edition, settings.workers)
    files = rendered(edition, service) | forecast_files(found, (horizon,)) | {"required.csv": required_csv(case)}
    if service:
        files["simulation.html"] = simulation_page(service, {})
    replace_folder(target, files, OURS)
    console.print(summary_table(edition))
    if service:
        console.print(service_table(service))
    click.echo(f"written: {target}{os.sep} (forecast.html, required.csv, report.html, plan.csv, simulation.html ...)")
    refuse_clashes(edition)


def forecast(
    company: Path, config: Path, week: IsoWeek, history: Path | None, method: str | None, console: Console
) -> tuple[WeekForecast, Horizon]:
    """Forecast the week as `rotation forecast` does, and show it."""
    from rotation.demand.week import opening
    from rotation.demand.week_forecast import forecast_weeks

    read = read_history(company, config, history)
    print_account(read.account)
    site = read.company.policy.site
    horizon = Horizon(week, site.timezone, site.interval_min)
    weeks = [(horizon, opening(read.company, horizon))]
    found = forecast_weeks(read.company, read.past, weeks, method or read.company.policy.forecast.method)
    complain(read.company, found.gaps, horizon)
    console.print(forecast_table(found, horizon))
    for note in found.notes():
        click.echo(f"note: {note}", err=True)
    return found, horizon


def with_forecast(company: Company, found: WeekForecast, horizon: Horizon) -> Company:
    """The company with a forecast as the demand of a week; rows for which nothing was forecast stay."""
    names = ("queue_id", "start", "calls", "aht_s", "rate_cv")
    columns = [found.table[name].tolist() for name in names]
    rows = [Demand(queue, start.to_pydatetime(), *numbers) for queue, start, *numbers in zip(*columns, strict=True)]
    forecast = {(row.queue_id, row.start) for row in rows}
    kept = [
        row
        for row in company.demand
        if horizon.start <= row.start < horizon.end and (row.queue_id, row.start) not in forecast
    ]
    return replace(company, demand=(*rows, *kept))
