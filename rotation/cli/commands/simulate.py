"""``rotation simulate``: try a written plan on callers."""

from __future__ import annotations

import datetime as dt
import os
import re
from dataclasses import dataclass, replace
from pathlib import Path

import click
import numpy as np
from rich.console import Console

from rotation.cli.calibrating import calibrate_plan
from rotation.cli.options import company_options, print_warnings
from rotation.cli.reading import Question, read_case
from rotation.cli.simulating import service_csv, simulated
from rotation.cli.storing import open_store, store_option
from rotation.demand.week import week_demand
from rotation.errors import InputFault, InputFaults, UsageFault
from rotation.plan.case import IntArray
from rotation.publish.file import replace_file
from rotation.report.folder import WrittenPlan, read_folder
from rotation.report.service import Service
from rotation.report.simulation_page import simulation_page
from rotation.report.terminal.service import comparison_table, service_table
from rotation.report.written_routing import read_routing
from rotation.routing import RoutingRow, routing_table
from rotation.simulate.duties import core_duties, duties_of_table
from rotation.simulate.scenario import Traffic
from rotation.simulate.what_if import Setting, varied
from rotation.timegrid import Horizon


@dataclass(frozen=True)
class Dice:
    """The options that say how a plan is tried; None takes the policy's."""

    replications: int | None
    seed: int | None
    no_show: float | None
    uncertain: bool
    workers: int


@dataclass(frozen=True)
class Place:
    """Where tables, policy and releases are."""

    company: Path
    config: Path
    store: str | None


Planned = tuple[Question, tuple[RoutingRow, ...], IntArray]
"""The question of a week, the routing table of a plan of it, and core staff."""


@click.command(
    "simulate",
    epilog="""\b
Examples:
  rotation simulate out/2026-W49 --company data
  rotation simulate out/2026-W49 --company data --what-if agents:sales=+1 --what-if routing=overflow
  rotation simulate out/2026-W49 --company data --calibrate
  rotation simulate --release 3 --company data --what-if release=2
""",
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), required=False)
@click.option("--release", "number", type=click.IntRange(1), metavar="N", help="A release of the store, not a folder.")
@company_options
@store_option
@click.option("--replications", type=click.IntRange(2, 100_000), help="Simulated weeks.  [default: the policy's]")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), help="Seed of every caller.  [default: the policy's]")
@click.option("--no-show", type=click.FloatRange(0, 100), help="Shifts whose person does not come, per cent.")
@click.option("--uncertain", is_flag=True, help="Draw each day's rate anew, as uncertain as the forecast says.")
@click.option(
    "--what-if",
    "specs",
    multiple=True,
    metavar="SPEC",
    help="Compare on the same callers, several allowed: another plan's folder, release=N, agents=+1, agents:QUEUE=-1, "
    "routing=equal, routing=reverse, routing=overflow, no-show=5, calls=110 (per cent).",
)
@click.option("--calibrate", is_flag=True, help="Raise the requirement until the simulated target holds; plan again.")
@click.option("--workers", type=click.IntRange(0, 256), default=0, help="Threads; 0: all cores.")
@click.option("--out", type=click.Path(path_type=Path), help="Where results go.  [default: the plan's folder]")
def COMMAND(  # noqa: N802
    folder: Path | None,
    number: int | None,
    company: Path,
    config: Path,
    store: str | None,
    replications: int | None,
    seed: int | None,
    no_show: float | None,
    uncertain: bool,
    specs: tuple[str, ...],
    calibrate: bool,
    workers: int,
    out: Path | None,
) -> None:
    """Simulate a plan call by call: service level, waits, abandonment, occupancy, first-contact resolution.

    The plan is that of FOLDER, with its routing/routing.csv, or a release. Writes service.csv and simulation.html.
    With --calibrate a new plan goes to --out (default FOLDER-calibrated), with its required.csv.
    """
    if (folder is None) == (number is None):
        raise UsageFault("name either a plan's folder or a --release")
    dice = Dice(replications, seed, None if no_show is None else no_show / 100, uncertain, workers)
    place = Place(company, config, store)
    question, table, core = read_plan(folder, place) if folder else read_release(number or 0, place)
    folder = folder or Path("out") / f"{question.case.horizon.week}-release-{number}"
    traffic = traffic_of_question(question)
    if calibrate:
        if specs:
            raise UsageFault("--calibrate makes another plan; compare it with --what-if afterwards")
        target = out or folder.with_name(f"{folder.name}-calibrated")
        calibrate_plan(with_dice(question, dice), traffic, target, uncertain)
        return
    settings = settings_of(specs, (question, table, core), traffic, dice, place)
    base, *others = (run(setting, dice, question.case.required) for setting in settings.values())
    named = {name: service.outcome for name, service in zip(list(settings)[1:], others, strict=True)}
    target = out or folder
    replace_file(target / "service.csv", service_csv(base))
    replace_file(target / "simulation.html", simulation_page(base, named))
    Console().print(service_table(base))
    if named:
        Console().print(comparison_table(base, named))
    click.echo(f"written: {target}{os.sep} (service.csv, simulation.html)")


def with_dice(question: Question, dice: Dice) -> Question:
    """The question with the command's options in the place of the policy's simulation section."""
    policy = question.case.company.policy
    given = {
        "replications": dice.replications,
        "seed": dice.seed,
        "no_show_pct": None if dice.no_show is None else 100 * dice.no_show,
    }
    stated = {name: value for name, value in given.items() if value is not None}
    simulation = policy.simulation.model_copy(update=stated)
    company = replace(question.case.company, policy=policy.model_copy(update={"simulation": simulation}))
    return replace(question, case=replace(question.case, company=company))


def read_release(number: int, place: Place) -> Planned:
    """A release with the question it answered: its own inputs, and what became known since.

    Raises:
        UsageFault: the store has no such release.
    """
    with open_store(place.store, place.company) as opened:
        edition = opened.release(number).edition
    return Question(edition.case, ()), routing_table(edition), edition.case.core


def read_plan(folder: Path, place: Place) -> Planned:
    """A written plan: the company's question of its week, the routing table, and core staff as it was counted.

    Raises:
        InputFaults: the folder holds no readable plan or routing, or the company has faults.
        UsageFault: the plan has clashes, so that there is no routing to simulate.
    """
    written, faults = read_folder(folder), list[InputFault]()
    if written.record.clashes:
        raise UsageFault(f"{folder} is a plan with clashes; it has no routing table and cannot be simulated")
    table = read_routing(folder, faults)
    if faults:
        raise InputFaults(faults)
    question = read_case(place.company, place.config, written.record.horizon.week, dt.datetime.now(dt.UTC).date())
    print_warnings(question.warnings)
    if question.case.horizon != written.record.horizon:
        raise UsageFault(f"{folder} was planned in another zone or interval than {place.config} says now")
    unknown = sorted({row.queue_id for row in table} - set(question.case.company.queue))
    if unknown:
        raise UsageFault(f"{folder} serves queues that the company does not have: {', '.join(unknown)}")
    known = written.record.document.get("inputs", {})
    changed = [name for name, digest in question.case.company.digests.items() if known.get(name, digest) != digest]
    if changed:
        click.echo(f"warning: changed since the plan was made: {', '.join(sorted(changed))}", err=True)
    return question, table, core_of(written, question)


def traffic_of_question(question: Question) -> Traffic:
    """The calls of the week.

    Raises:
        UsageFault: only agents are known, no calls.
    """
    from rotation.simulate.present import traffic_of

    traffic = traffic_of(week_demand(question.case.company, question.case.horizon))
    if not traffic.calls.any():
        raise UsageFault("no calls are known of this week, only agents; give demand.csv or call_history.csv")
    return traffic


def core_of(written: WrittenPlan, question: Question) -> IntArray:
    """Core staff as the plan counted it."""
    core, horizon = np.zeros_like(question.case.core), question.case.horizon
    for row in written.coverage:
        index = horizon.floor(row.start)
        if row.queue_id in question.case.queue_index and 0 <= index < horizon.intervals:
            core[question.case.queue_index[row.queue_id], index] = row.core
    return core


def settings_of(
    specs: tuple[str, ...], planned: Planned, traffic: Traffic, dice: Dice, place: Place
) -> dict[str, Setting]:
    """The plan as it is, and each variation of it or other plan, by name."""
    table, core, case = planned[1], planned[2], planned[0].case
    no_show = case.company.policy.simulation.no_show_pct / 100 if dice.no_show is None else dice.no_show
    duties = [*duties_of_table(table), *core_duties(case.company, case.horizon, core)]
    plain = Setting(case.company, case.horizon, traffic, duties, no_show)
    settings = {"as planned": plain}
    for spec in specs:
        released = re.fullmatch(r"release=(\d{1,9})", spec)
        if released or Path(spec).is_dir():
            asked, rows, staff = read_release(int(released[1]), place) if released else read_plan(Path(spec), place)
            _same_week(asked.case.horizon, case.horizon, spec)
            seats = core_duties(case.company, case.horizon, staff)
            settings[spec] = replace(plain, duties=[*duties_of_table(rows), *seats])
        else:
            settings[spec] = varied(plain, spec)
    return settings


def _same_week(other: Horizon, own: Horizon, spec: str) -> None:
    if other != own:
        raise UsageFault(f"--what-if {spec!r} is a plan of {other.week}, not of {own.week}")


def run(setting: Setting, dice: Dice, required: IntArray) -> Service:
    """Simulate one setting."""
    nobody = np.zeros(setting.traffic.calls.shape, dtype=np.int32)
    return simulated(
        setting.company,
        setting.horizon,
        setting.traffic,
        (),
        nobody,
        replications=dice.replications,
        seed=dice.seed,
        no_show=setting.no_show,
        uncertain=dice.uncertain,
        workers=dice.workers,
        duties=setting.duties,
        required=required,
    )
