"""``rotation plan``: the week from tables to calendars and routing."""

from __future__ import annotations

import datetime as dt
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import click
from rich.console import Console

from rotation.cli.options import company_options, print_warnings, week_option
from rotation.cli.progress import Progress
from rotation.cli.reading import read_case
from rotation.cli.simulating import service_csv, service_of
from rotation.cli.storing import known_of, now, store_option
from rotation.company import Policy
from rotation.errors import InfeasiblePlan
from rotation.exporters import exporters
from rotation.plan import Case, Edition
from rotation.publish.folder import refuse_strangers, replace_folder
from rotation.report.html import render
from rotation.report.service import Service
from rotation.report.terminal import summary_table
from rotation.report.terminal.service import service_table
from rotation.rules import rules
from rotation.solve.settings import SearchSettings, Watch
from rotation.timegrid import IsoWeek

TABLES = ("plan_csv", "coverage_csv", "participation_csv", "plan_json")
OURS = ("plan.csv", "coverage.csv", "participation.csv", "plan.json", "report.html", "ical", "routing") + (
    "service.csv",
    "simulation.html",
)
REPRODUCIBLE_WORKERS = 2
"""Threads of a reproducible search that is told none: the plan must not depend on the machine's cores."""
DECIDING = ("rotation", "ortools", "numba", "numpy", "pandas", "icalendar", "holidays")


@click.command(
    "plan",
    epilog="""\b
Example:
  rotation plan --company data --config config/rotation.toml --week 2026-W49 --out out/2026-W49
""",
)
@company_options
@week_option
@click.option("--out", type=click.Path(path_type=Path), help="Output folder, replaced as a whole; default out/WEEK.")
@click.option("--carry", type=click.Path(path_type=Path), help="Output folder of the week before: carries its debts.")
@store_option
@click.option("--time-limit", type=click.FloatRange(0, min_open=True), help="Seconds of search.")
@click.option("--gap", type=click.FloatRange(0, 100), help="Stop at this proven gap, per cent.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), help="Seed of every random choice.")
@click.option("--workers", type=click.IntRange(0, 256), help="Threads; 0: all cores.")
@click.option("--reproducible", is_flag=True, help="Same input, same bytes: work is limited instead of time.")
def COMMAND(  # noqa: N802
    company: Path,
    config: Path,
    week: IsoWeek,
    out: Path | None,
    carry: Path | None,
    store: str | None,
    time_limit: float | None,
    gap: float | None,
    seed: int | None,
    workers: int | None,
    reproducible: bool,
) -> None:
    """Plan one week: who serves which queue when, with calendars, routing tables and a report.

    Options of the search that are not given are taken from the policy.
    """
    console = Console(stderr=True)
    target = out or Path("out") / str(week)
    refuse_strangers(target, OURS)
    known = known_of(store, company, config, week)
    question = read_case(company, config, week, dt.datetime.now(dt.UTC).date(), carry, known, now())
    print_warnings(question.warnings)
    settings = search_settings(question.case.company.policy, time_limit, gap, seed, workers, reproducible)
    edition = replace(searched(question.case, settings, console), based_on=known.number)
    service = service_of(edition, settings.workers)
    replace_folder(target, rendered(edition, service), OURS)
    Console().print(summary_table(edition))
    if service:
        Console().print(service_table(service))
    click.echo(f"written: {target}{os.sep} (report.html, plan.csv, ical{os.sep}, routing{os.sep})")
    refuse_clashes(edition)


def refuse_clashes(edition: Edition) -> None:
    """Say what clashes, when something does.

    Raises:
        InfeasiblePlan: hard rules clash; the plan was written all the same.
    """
    if edition.clashes:
        lines = "\n".join(f"  {clash.rule}: {clash.message}" for clash in edition.clashes)
        raise InfeasiblePlan(
            f"hard rules clash; this is the least-bad plan, without calendars and routing:\n{lines}\n"
            "Change one of what clashes (a pin, an absence, a skill) and plan again."
        )


def searched(case: Case, settings: SearchSettings, console: Console) -> Edition:
    """Plan a case, showing where the search stands."""
    # The engines take a second to load, which --help need not wait for.
    from rotation.solve.compiling import compile_ahead, is_compiled
    from rotation.solve.planning import plan_week

    console.print(
        f"{case.horizon.week}: {len(case.company.employees):,} people, "
        f"{case.missing.sum() * case.horizon.interval_min / 60:,.1f} agent-hours asked for",
        highlight=False,
    )
    if not is_compiled():
        console.print("compiling the search for this machine, once (about half a minute)", highlight=False)
    compile_ahead()
    with stop_on_interrupt() as stop, Progress(console) as progress:
        watch = Watch(time.monotonic, stop.is_set, progress)
        versions = {name: version(name) for name in DECIDING}
        return plan_week(case, rules(), settings, watch, stamp(case, settings.reproducible), versions)


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
