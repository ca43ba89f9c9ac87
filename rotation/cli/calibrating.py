"""Calibration from the command line: raise the requirement, plan for it, try the plan, and raise it again."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from rotation.cli.reading import Question
from rotation.cli.simulating import simulated
from rotation.company import RequiredAgents
from rotation.plan import Case, Edition
from rotation.publish.folder import replace_folder
from rotation.report.service import Service
from rotation.report.service_words import missed_rows
from rotation.report.simulation_page import simulation_page
from rotation.report.terminal.service import service_table
from rotation.routing import routing_table
from rotation.simulate.scenario import Traffic

LEAST_REPLICATIONS = 400
"""An interval of few calls needs so many weeks before its service level says anything."""
PLANS = 3
WANTED = 0.95
MOST_NAMED = 40


def calibrate_plan(question: Question, traffic: Traffic, target: Path, uncertain: bool) -> None:
    """Calibrate the requirement of a week, plan it anew, and write the plan with its required.csv.

    Args:
        question: the company's question of the week.
        traffic: its calls.
        target: the new plan's folder.
        uncertain: whether each day's rate is drawn anew.
    """
    from rotation.cli.commands.plan import OURS, rendered, search_settings, searched
    from rotation.cli.commands.staff import required_csv
    from rotation.publish.folder import refuse_strangers
    from rotation.simulate.calibrate import calibrated, raised
    from rotation.simulate.compiling import compile_ahead
    from rotation.simulate.run import Trial

    ours = (*OURS, "required.csv")
    refuse_strangers(target, ours)
    console, case = Console(stderr=True), question.case
    compile_ahead()
    weeks = max(case.company.policy.simulation.replications, LEAST_REPLICATIONS)
    trial = Trial(weeks, case.company.policy.simulation.seed, uncertain, os.cpu_count() or 1)

    def tell(number: int, missed: int) -> None:
        console.print(f"requirement, round {number + 1}: {missed} intervals miss their target", highlight=False)

    agents = calibrated(case.company, case.horizon, traffic, case.required, case.core, trial, tell)
    settings = search_settings(case.company.policy, None, None, None, None, False)
    for number in range(PLANS):
        staffed = with_requirement(case, agents)
        edition = searched(staffed, settings, console)
        service = _tried(edition, traffic, weeks, uncertain, settings.workers)
        told = f"plan {number + 1}: the target holds in {_share(service):.1%} of the {int(service.suffices().sum())}"
        console.print(f"{told} intervals where people suffice", highlight=False)
        if _share(service) >= WANTED or number == PLANS - 1:
            break
        agents = raised(case.company, agents, service.missed(), service.outcome.by_interval("service_level"))
    files = rendered(edition, service)
    files |= {"required.csv": required_csv(staffed), "simulation.html": simulation_page(service, {})}
    replace_folder(target, files, ours)
    Console().print(service_table(service))
    Console().print(missed_table(service))
    added = int((agents - case.required).sum()) * case.horizon.interval_min / 60
    click.echo(f"the requirement rose by {added:g} agent-hours to {agents.sum() * case.horizon.interval_min / 60:g}")
    click.echo(f"written: {target}{os.sep} (a new plan; put its required.csv into the company folder to keep it)")


def with_requirement(case: Case, agents: NDArray[np.int32]) -> Case:
    """The same question with another requirement, as required.csv would give it."""
    rows = tuple(
        RequiredAgents(queue.queue_id, case.horizon.instant(int(t)), int(agents[q, t]))
        for q, queue in enumerate(case.company.queues)
        for t in np.flatnonzero(case.is_open[q])
    )
    return Case.of(replace(case.company, required=rows), case.horizon, case.ledger)


def _tried(edition: Edition, traffic: Traffic, weeks: int, uncertain: bool, workers: int) -> Service:
    case = edition.case
    table = () if edition.clashes else routing_table(edition)
    # Other callers than those of the calibration: it must not be praised for having learnt these by heart.
    seed = case.company.policy.simulation.seed + 1
    return simulated(
        case.company,
        case.horizon,
        traffic,
        table,
        case.core,
        replications=weeks,
        seed=seed,
        uncertain=uncertain,
        workers=workers,
        required=case.required,
    )


def _share(service: Service) -> float:
    """Share of the intervals where people suffice in which the target holds."""
    return 1 - int(service.missed().sum()) / max(int(service.suffices().sum()), 1)


def missed_table(service: Service) -> Table:
    """The intervals where people suffice and the target is still missed, by name."""
    title = f"Where people suffice, the target holds in {_share(service):.1%} of the intervals; it is missed in"
    table = Table("Queue", "Interval", "Agents", "Calls", "In time", title=title, title_justify="left")
    for row in missed_rows(service)[:MOST_NAMED]:
        table.add_row(*row)
    more = int(service.missed().sum()) - MOST_NAMED
    if more > 0:
        table.add_row(f"and {more} more", "simulation.html names all", "", "", "")
    return table
