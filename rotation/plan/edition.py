"""An edition: a judged plan with everything that calendars, tables and reports show of it. Rendering only reads it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from rotation.plan.case import Case
from rotation.plan.coverage import Coverage, coverage_of
from rotation.plan.participation import Participation
from rotation.plan.plan import Plan
from rotation.plan.released import ReleasedShift


@dataclass(frozen=True, slots=True)
class Clash:
    """A hard rule that a plan breaks, or a promise that it could not keep.

    Args:
        rule: name of the rule.
        message: what is wrong, in words, with ids and local times.
        employee_id: who is concerned; empty when nobody in particular.
        queue_id: which queue is concerned; empty when none in particular.
        start: first instant concerned, None when the whole week.
        end: first instant after it.
    """

    rule: str
    message: str
    employee_id: str = ""
    queue_id: str = ""
    start: dt.datetime | None = None
    end: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Shortage:
    """A stretch of time in which a queue lacks agents, and why nobody more was found.

    Args:
        queue_id: the queue.
        start: first instant.
        end: first instant after it.
        missing_minutes: missing agent-minutes.
        cause: what binds, in words.
    """

    queue_id: str
    start: dt.datetime
    end: dt.datetime
    missing_minutes: int
    cause: str


@dataclass(frozen=True, slots=True)
class TracePoint:
    """Where the search stood at one moment."""

    seconds: float
    objective: int | None
    bound: int
    phase: str


@dataclass(frozen=True)
class SearchRecord:
    """How the search went.

    Args:
        status: ``optimal`` (gap closed), ``feasible``, ``interrupted`` or ``clash`` (hard rules clash).
        objective: points of the plan, all terms.
        lower_bound: proven: no plan costs less.
        seconds: wall time of the search; 0 when reproducible.
        seed: of every random choice.
        engine: which engines did what, in words.
        reproducible: whether the same input gives the same bytes.
        versions: of this package and of the libraries that decide.
        trace: best plan and bound over time.
    """

    status: str
    objective: int
    lower_bound: int
    seconds: float
    seed: int
    engine: str
    reproducible: bool = False
    versions: Mapping[str, str] = field(default_factory=dict)
    trace: tuple[TracePoint, ...] = ()

    @property
    def gap(self) -> float:
        """Proven distance from the best plan, as a share of the objective."""
        return (self.objective - self.lower_bound) / self.objective if self.objective > 0 else 0.0


@dataclass(frozen=True)
class Edition:
    """A judged plan, ready to be rendered.

    Args:
        case: the question.
        plan: the answer.
        participation: one row for each employee.
        points: the objective by term.
        clashes: what breaks a hard rule; a plan with any is never released or exported.
        shortages: where agents are missing, and why.
        search: how it was found.
        stamped_at: the instant of the last change, aware; calendars carry it as DTSTAMP.
        release: number of the release, 0 for a draft.
        based_on: number of the release that was effective when the week was planned, 0 for none.
        sequences: SEQUENCE of each shift by shift id; whoever is missing has 0.
        changed_at: instant of each shift's last change by shift id; whoever is missing changed at ``stamped_at``.
        cancelled: shifts that earlier releases promised, called off and not yet over when this one was made.
    """

    case: Case
    plan: Plan
    participation: tuple[Participation, ...]
    points: Mapping[str, int]
    clashes: tuple[Clash, ...]
    shortages: tuple[Shortage, ...]
    search: SearchRecord
    stamped_at: dt.datetime
    release: int = 0
    based_on: int = 0
    sequences: Mapping[str, int] = field(default_factory=dict)
    changed_at: Mapping[str, dt.datetime] = field(default_factory=dict)
    cancelled: tuple[ReleasedShift, ...] = ()

    @cached_property
    def coverage(self) -> Coverage:
        """Agents by queue and interval."""
        return coverage_of(self.case, self.plan)
