"""From a plan to the service that callers can expect of it: what `plan`, `simulate` and `week` share."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import Progress

from rotation.company import Company
from rotation.demand.week import week_demand
from rotation.plan import Edition
from rotation.report.service import COLUMNS, Service, service_rows
from rotation.routing import RoutingRow, routing_table
from rotation.simulate.duties import Duty
from rotation.simulate.scenario import Traffic
from rotation.timegrid import Horizon


def service_of(edition: Edition, workers: int = 1) -> Service | None:
    """The service of a plan by the policy's replications; None when no calls are known, only agents."""
    case = edition.case
    from rotation.simulate.present import traffic_of

    traffic = traffic_of(week_demand(case.company, case.horizon))
    if not traffic.calls.any():
        return None
    table = routing_table(edition)
    return simulated(case.company, case.horizon, traffic, table, case.core, required=case.required, workers=workers)


def simulated(
    company: Company,
    horizon: Horizon,
    traffic: Traffic,
    table: Sequence[RoutingRow],
    core: NDArray[np.int32],
    *,
    replications: int | None = None,
    seed: int | None = None,
    no_show: float | None = None,
    uncertain: bool = False,
    workers: int = 1,
    duties: Sequence[Duty] | None = None,
    required: NDArray[np.int32] | None = None,
) -> Service:
    """Simulate a routing table; what is None takes the policy's number."""
    # The compiled code takes a while to load, which --help need not wait for.
    from rotation.simulate.compiling import compile_ahead, is_compiled
    from rotation.simulate.duties import core_duties, duties_of_table
    from rotation.simulate.formula import formula_levels
    from rotation.simulate.present import agents_present
    from rotation.simulate.run import Trial, simulate
    from rotation.simulate.scenario import scenario_of

    if not is_compiled():
        Console(stderr=True).print("compiling the simulation for this machine, once", highlight=False)
    compile_ahead()
    policy = company.policy.simulation
    everybody = [*duties_of_table(table), *core_duties(company, horizon, core)] if duties is None else list(duties)
    trial = Trial(
        policy.replications if replications is None else replications,
        policy.seed if seed is None else seed,
        uncertain,
        workers or os.cpu_count() or 1,
    )
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("simulating", total=trial.replications)
        scenario = scenario_of(company, horizon, traffic, everybody, no_show=no_show)
        outcome = simulate(scenario, trial, lambda done: progress.update(task, completed=done))
    agents = agents_present(company, horizon, everybody)
    formula = formula_levels(company, traffic, agents, horizon.interval_min * 60.0)
    return Service(company, horizon, traffic, agents, outcome, formula, required)


def service_csv(service: Service) -> bytes:
    """service.csv: what callers can expect in each open interval."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(service_rows(service))
    return text.getvalue().encode()
