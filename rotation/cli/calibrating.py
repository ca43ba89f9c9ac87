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
from rotation.cli.simulating import service_csv, simulated
from rotation.company import Company, RequiredAgents
from rotation.plan import Case, Edition
from rotation.publish.folder import replace_folder
from rotation.report.service import Service
from rotation.report.simulation_page import simulation_page
from rotation.report.terminal.service import service_table
from rotation.routing import routing_table
from rotation.simulate.scenario import Traffic
from rotation.timegrid import Horizon

LEAST_REPLICATIONS = 400
"""An interval of few calls needs so many weeks before its service level says anything."""
PLANS = 3
WANTED = 0.95
MOST_NAMED = 40


def calibrate_plan(question: Question, traffic: Traffic, target: Path, replications: int | None) -> None:
    """Calibrate the requirement of a week, plan it anew, and write the plan with its required.csv.

    Args:
        question: the company's question of the week.
        traffic: its calls.
        target: the new plan's folder.
        replications: simulated weeks of each trial; at least 400 are made.
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
    weeks = max(replications or case.company.policy.simulation.replications, LEAST_REPLICATIONS)
    trial = Trial(weeks, case.company.policy.simulation.seed, False, os.cpu_count() or 1)

    def tell(number: int, missed: int) -> None:
        console.print(f"requirement, round {number + 1}: {missed} intervals miss their target", highlight=False)

    agents = calibrated(case.company, case.horizon, traffic, case.required, case.core, trial, tell)
    settings = search_settings(case.company.policy, None, None, None, None, False)
    for number in range(PLANS):
        staffed = with_requirement(case, agents)
        edition = searched(staffed, settings, console)
        service = _tried(edition, traffic, weeks, settings.workers)
        suffices, missed = judged(edition, service)
        share = 1 - missed.sum() / max(int(suffices.sum()), 1)
        told = f"plan {number + 1}: the target holds in {share:.1%} of the {int(suffices.sum())} intervals"
        console.print(f"{told} where people suffice", highlight=False)
        if share >= WANTED or number == PLANS - 1:
            break
        agents = raised(case.company, agents, missed, service.outcome.by_interval("service_level"))
    files = rendered(edition, service) | {
        "required.csv": required_csv(staffed),
        "service.csv": service_csv(service),
        "simulation.html": simulation_page(service, {}),
    }
    replace_folder(target, files, ours)
    Console().print(service_table(service))
    Console().print(missed_table(service, missed, suffices))
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


def _tried(edition: Edition, traffic: Traffic, weeks: int, workers: int) -> Service:
    case = edition.case
    table = () if edition.clashes else routing_table(edition)
    return simulated(case.company, case.horizon, traffic, table, case.core, replications=weeks, workers=workers)


def judged(edition: Edition, service: Service) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Open intervals where the plan has the required agents, and those of them that still miss their target."""
    level = service.outcome.by_interval("service_level")
    suffices = service.traffic.is_open & (edition.coverage.shortage == 0) & ~np.isnan(level)
    with np.errstate(invalid="ignore"):
        return suffices, suffices & (level < service.target()[:, None])


def missed_table(service: Service, missed: NDArray[np.bool_], suffices: NDArray[np.bool_]) -> Table:
    """The intervals where people suffice and the target is still missed, by name."""
    share = 1 - missed.sum() / max(int(suffices.sum()), 1)
    title = f"Where people suffice the target holds in {share:.1%} of {int(suffices.sum())} intervals; not in"
    table = Table("Queue", "Interval", "Agents", "Calls", "In time", title=title, title_justify="left")
    level, calls, horizon, company = _facts(service)
    for q, t in np.argwhere(missed)[:MOST_NAMED]:
        start = horizon.local(int(t)).isoformat(timespec="minutes")
        numbers = (str(int(service.agents[q, t])), f"{calls[q, t]:.1f}", f"{100 * level[q, t]:.0f} %")
        table.add_row(company.queues[int(q)].queue_id, start, *numbers)
    if int(missed.sum()) > MOST_NAMED:
        table.add_row(f"and {int(missed.sum()) - MOST_NAMED} more", "service.csv has all", "", "", "")
    return table


def _facts(service: Service) -> tuple[NDArray[np.float64], NDArray[np.float64], Horizon, Company]:
    outcome = service.outcome
    return outcome.by_interval("service_level"), outcome.calls(), service.horizon, service.company
