"""From a case to an edition: compile the rules, search, audit, and find the causes of what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from rotation.declaration import Rule
from rotation.errors import RotationError
from rotation.plan import Case, Edition, SearchRecord, participation_of
from rotation.solve.audit import audit
from rotation.solve.causes import Causes
from rotation.solve.crew import Crew, Threads
from rotation.solve.instance import Instance, compile_instance
from rotation.solve.roster import Roster
from rotation.solve.search import Search
from rotation.solve.settings import SearchSettings, Watch

Hire: TypeAlias = Callable[[Instance, int], Crew]
"""Makes a crew for a compiled week with so many hands."""


class WitnessesDisagree(RotationError):
    """The search and the audit count different points: a defect, so nothing is written."""


def plan_week(
    case: Case,
    rules: Mapping[str, Rule],
    settings: SearchSettings,
    watch: Watch,
    stamped_at: dt.datetime,
    versions: Mapping[str, str],
    hire: Hire | None = None,
) -> Edition:
    """Plan one week.

    Args:
        case: the week.
        rules: by name.
        settings: how to search.
        watch: time, stop and listeners.
        stamped_at: the instant that calendars carry as their last change.
        versions: of the package and the libraries that decide, for the record.
        hire: the crew that is to work; None for threads of this process.

    Returns:
        The best plan found, audited; with clashes where hard rules clash.

    Raises:
        WitnessesDisagree: the audit's objective is not the search's.
    """
    instance = compile_instance(case, rules)
    crew = (hire or Threads)(instance, settings.workers)
    try:
        search = Search(instance, settings, watch, lambda roster: missing_minutes(case, roster), crew)
        search.run()
    finally:
        crew.close()
    plan = search.roster.plan(case)
    judged = audit(case, plan, rules)
    if judged.objective != search.objective:
        raise WitnessesDisagree(
            f"the search counts {search.objective} points, the audit {judged.objective}; nothing was written. "
            "Please report this with the company folder and the seed."
        )
    causes = Causes(case, instance, search.roster)
    status = "optimal" if search.optimal else "interrupted" if search.interrupted else "feasible"
    record = SearchRecord(
        status="clash" if judged.clashes else status,
        objective=search.objective,
        lower_bound=min(search.bound, search.objective),
        seconds=0.0 if settings.reproducible else round(watch.seconds, 3),
        seed=settings.seed,
        engine=search.engine,
        reproducible=settings.reproducible,
        versions=versions,
        trace=tuple(search.trace),
    )
    return Edition(
        case=case,
        plan=plan,
        participation=participation_of(case, plan, causes.below_band()),
        points=judged.points,
        clashes=judged.clashes,
        shortages=causes.shortages(),
        search=record,
        stamped_at=stamped_at,
    )


def missing_minutes(case: Case, roster: Roster) -> int:
    """Agent-minutes that a roster lacks against the requirement."""
    step = np.zeros((case.missing.shape[0], case.horizon.intervals + 1), dtype=np.int64)
    flat = roster.flat()
    np.add.at(step, (flat[:, 1], flat[:, 2]), 1)
    np.add.at(step, (flat[:, 1], flat[:, 2] + flat[:, 3]), -1)
    lacking = case.missing - np.cumsum(step, axis=1)[:, :-1]
    return int(np.maximum(lacking, 0).sum()) * case.horizon.interval_min
