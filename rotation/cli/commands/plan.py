"""``rotation plan``: one week or several, from tables to calendars and routing."""

from __future__ import annotations

import datetime as dt
import os
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from rotation.cli.engines import engine_options, hire_of
from rotation.cli.options import company_options, print_warnings, week_option
from rotation.cli.progress import Progress
from rotation.cli.reading import read_weeks
from rotation.cli.simulating import service_csv, service_of
from rotation.cli.storing import known_of, now, store_option
from rotation.company import Policy
from rotation.errors import InfeasiblePlan
from rotation.exporters import exporters
from rotation.plan import Case, Edition, ledger_after
from rotation.publish.folder import refuse_strangers, replace_folder
from rotation.report.html import render
from rotation.report.service import Service
from rotation.report.terminal import balance_table, summary_table
from rotation.report.terminal.service import service_table
from rotation.rules import rules
from rotation.solve.settings import SearchSettings, Watch
from rotation.timegrid import IsoWeek

if TYPE_CHECKING:
    from rotation.solve.planning import Hire

TABLES = ("plan_csv", "coverage_csv", "participation_csv", "plan_json")
OURS = ("plan.csv", "coverage.csv", "participation.csv", "plan.json", "report.html", "ical", "routing") + (
    "service.csv",
    "simulation.html",
)
REPRODUCIBLE_WORKERS = 2
"""Threads of a reproducible search that is told none: the plan must not depend on the machine's cores."""
MOST_WEEKS = 53
DECIDING = ("rotation", "ortools", "numba", "numpy", "pandas", "icalendar", "holidays")


@click.command(
    "plan",
    epilog="""\b
Examples:
  rotation plan --company data --config config/rotation.toml --week 2026-W49 --out out/2026-W49
  rotation plan --week 2026-W49 --weeks 4 --carry out/2026-W48 --out out
  rotation plan --week 2026-W49 --engine dask --scheduler tcp://10.0.0.1:8786
""",
)
@company_options
@week_option
@click.option(
    "--weeks",
    type=click.IntRange(1, MOST_WEEKS),
    help="Plan so many weeks, from --week on, each with the debts of the one before.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Output folder, replaced as a whole, default out/WEEK; with --weeks the folder of the weeks' folders, "
    "default out.",
)
@click.option("--carry", type=click.Path(path_type=Path), help="Output folder of the week before: carries its debts.")
@store_option
@click.option("--time-limit", type=click.FloatRange(0, min_open=True), help="Seconds of search, for each week.")
@click.option("--gap", type=click.FloatRange(0, 100), help="Stop at this proven gap, per cent.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), help="Seed of every random choice.")
@click.option("--workers", type=click.IntRange(0, 256), help="Threads; 0: all cores.")
@click.option("--reproducible", is_flag=True, help="Same input, same bytes: work is limited instead of time.")
@engine_options
def COMMAND(  # noqa: N802
    company: Path,
    config: Path,
    week: IsoWeek,
    weeks: int | None,
    out: Path | None,
    carry: Path | None,
    store: str | None,
    time_limit: float | None,
    gap: float | None,
    seed: int | None,
    workers: int | None,
    reproducible: bool,
    engine: str,
    scheduler: str | None,
) -> None:
    """Plan one week or several: who serves which queue when, with calendars, routing tables and a report.

    Options of the search that are not given are taken from the policy. Several weeks are read and checked before the
    first is searched; Ctrl-C keeps the best plan of the week in hand and those before it.
    """
    hire = hire_of(engine, scheduler)
    console, today = Console(stderr=True), dt.datetime.now(dt.UTC).date()
    targets = targets_of(week, weeks, out)
    for target in targets.values():
        refuse_strangers(target, OURS)
    knowns = {each: known_of(store, company, config, each) for each in targets}
    ahead = read_weeks(company, config, knowns, today, carry, now())
    print_warnings(ahead.warnings)
    settings = search_settings(ahead.cases[0].company.policy, time_limit, gap, seed, workers, reproducible)
    editions = list[Edition]()
    with stop_on_interrupt() as stop:
        for case in ahead.cases:
            planned = case.horizon.week
            carried = replace(case, ledger=ledger_after(editions[-1].participation)) if editions else case
            edition = replace(searched(carried, settings, console, stop, hire), based_on=knowns[planned].number)
            publish(edition, targets[planned], settings)
            editions.append(edition)
            if stop.is_set():
                break
    if weeks:
        from rotation.solve.sharing import balances

        Console().print(balance_table(balances(editions, rules())))
        tell_rest(editions, weeks, targets)
    refuse_clashes(*editions)


def publish(edition: Edition, target: Path, settings: SearchSettings) -> None:
    """Simulate a plan, write its folder and show what it is worth."""
    service = service_of(edition, settings.workers)
    replace_folder(target, rendered(edition, service), OURS)
    Console().print(summary_table(edition))
    if service:
        Console().print(service_table(service))
    click.echo(f"written: {target}{os.sep} (report.html, plan.csv, ical{os.sep}, routing{os.sep})")


def targets_of(week: IsoWeek, weeks: int | None, out: Path | None) -> dict[IsoWeek, Path]:
    """The output folder of each week: ``--out`` itself, or with ``--weeks`` a folder for each week inside it."""
    if weeks is None:
        return {week: out or Path("out") / str(week)}
    every = [week.following(number) for number in range(weeks)]
    return {each: (out or Path("out")) / str(each) for each in every}


def searched(
    case: Case,
    settings: SearchSettings,
    console: Console,
    stop: threading.Event | None = None,
    hire: Hire | None = None,
) -> Edition:
    """Plan a case, showing where the search stands.

    Args:
        case: the week.
        settings: how to search.
        console: the error stream.
        stop: set when somebody asks to stop; None listens for signals during the search alone.
        hire: who is to work; None for threads of this process.
    """
    if stop is None:
        with stop_on_interrupt() as heard:
            return searched(case, settings, console, heard, hire)
    # The engines take a second to load, which --help need not wait for.
    from rotation.solve.compiling import compile_ahead, is_compiled
    from rotation.solve.planning import plan_week

    console.print(
        f"{case.horizon.week}: {len(case.company.employees):,} people, "
        f"{case.missing.sum() * case.horizon.interval_min / 60:,.1f} agent-hours asked for",
        highlight=False,
    )
    if not is_compiled():
        console.print("compiling the search for this machine, once (a minute or two)", highlight=False)
    compile_ahead()
    with Progress(console) as progress:
        watch = Watch(time.monotonic, stop.is_set, progress)
        versions = {name: version(name) for name in DECIDING}
        return plan_week(case, rules(), settings, watch, stamp(case, settings.reproducible), versions, hire)


def tell_rest(editions: list[Edition], weeks: int, targets: Mapping[IsoWeek, Path]) -> None:
    """Say which weeks an interruption left out, and how to go on."""
    left = weeks - len(editions)
    if left:
        last = editions[-1].case.horizon.week
        click.echo(
            f"stopped: {left} {'week was' if left == 1 else 'weeks were'} not planned; go on with "
            f"--week {last.following()} --weeks {left} --carry {targets[last]}",
            err=True,
        )


def refuse_clashes(*editions: Edition) -> None:
    """Say what clashes, when something does.

    Raises:
        InfeasiblePlan: hard rules clash; the plans were written all the same.
    """
    clashes = [(edition.case.horizon.week, clash) for edition in editions for clash in edition.clashes]
    if clashes:
        several = len(editions) > 1
        lines = "\n".join(f"  {f'{week}: ' if several else ''}{clash.rule}: {clash.message}" for week, clash in clashes)
        raise InfeasiblePlan(
            f"hard rules clash; this is the least-bad plan, without calendars and routing:\n{lines}\n"
            "Change one of what clashes (a pin, an absence, a skill) and plan again."
        )


def rendered(edition: Edition, service: Service | None = None) -> dict[str, bytes]:
    """All files of the output folder; of a plan with clashes only what planners look at."""
    files = {"report.html": render(edition, service)}
    if service:
        files["service.csv"] = service_csv(service)
    for name, exporter in exporters().items():
        if name in TABLES or not edition.clashes:
            for warning in exporter.check(edition):
                click.echo(f"warning: {name}: {warning}", err=True)
            files |= exporter.render(edition)
    return files


def search_settings(
    policy: Policy,
    time_limit: float | None,
    gap: float | None,
    seed: int | None,
    workers: int | None,
    reproducible: bool,
) -> SearchSettings:
    """The policy's solver section with the command line's words first."""
    threads = policy.solver.workers if workers is None else workers
    return SearchSettings(
        time_limit_s=policy.solver.time_limit_s if time_limit is None else time_limit,
        gap=(policy.solver.gap_pct if gap is None else gap) / 100,
        seed=policy.solver.seed if seed is None else seed,
        workers=threads or (REPRODUCIBLE_WORKERS if reproducible else os.cpu_count() or 1),
        reproducible=reproducible,
    )


def stamp(case: Case, reproducible: bool) -> dt.datetime:
    """The last change that calendars carry: now, ``SOURCE_DATE_EPOCH``, or for reproducible output without it four
    weeks before the week."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    if reproducible:
        return case.horizon.start - dt.timedelta(weeks=4)
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


@contextmanager
def stop_on_interrupt() -> Iterator[threading.Event]:
    """The first Ctrl-C or SIGTERM asks the search to stop with its best plan, the second ends the program."""
    stop = threading.Event()

    def ask(number: int, _frame: object) -> None:
        if stop.is_set():
            signal.default_int_handler(number, None)
        stop.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
