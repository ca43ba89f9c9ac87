"""Somebody is absent: which shifts are lost, and the week repaired around them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rotation.company import Absence
from rotation.declaration import Rule
from rotation.plan import Case, Plan, Shift, coverage_of
from rotation.plan.case import IntArray
from rotation.release.changing import begun, edited, with_absences, without_pins
from rotation.release.overlay import Overlay
from rotation.release.proposal import Proposal
from rotation.release.release import Release
from rotation.solve.settings import Watch

if TYPE_CHECKING:
    from rotation.solve.repair import Repaired


@dataclass(frozen=True)
class Mended:
    """A week after an absence or a repair.

    Args:
        proposal: what may be released.
        lost: shifts of the absent that are called off.
        repaired: what the search for substitutes found; None when nobody was searched.
    """

    proposal: Proposal
    lost: tuple[Shift, ...]
    repaired: Repaired | None


@dataclass(frozen=True, slots=True)
class Asked:
    """How a week may be changed.

    Args:
        now: the instant, aware.
        by_rule: all rules by name.
        people: at most so many people beside the absent are touched; 0 searches nobody.
        freeze_h: shifts that begin within so many hours move only where they must.
        seconds: wall time of the search.
        workers: threads.
    """

    now: dt.datetime
    by_rule: Mapping[str, Rule]
    people: int
    freeze_h: float
    seconds: float = 10.0
    workers: int = 2


def lost_shifts(release: Release, absence: Absence, now: dt.datetime) -> tuple[Shift, ...]:
    """The shifts of a release that an absence takes: those that it touches and that are not over."""
    return tuple(
        shift
        for shift in release.edition.plan.by_employee.get(absence.employee_id, ())
        if shift.end > now and shift.start < absence.end and absence.start < shift.end
    )


def after_served(release: Release, absence: Absence, now: dt.datetime) -> Absence:
    """The absence without what was served before anybody knew of it."""
    over = [
        shift.end
        for shift in release.edition.plan.by_employee.get(absence.employee_id, ())
        if shift.end <= now and shift.start < absence.end and absence.start < shift.end
    ]
    return replace(absence, start=max([absence.start, *over]))


def promised_shortage(release: Release) -> IntArray:
    """Agents that a release itself lacks, (queues, intervals)."""
    return shortage(release.edition.case, release.edition.plan)


def shortage(case: Case, plan: Plan) -> IntArray:
    """Agents that a plan lacks, (queues, intervals)."""
    short: IntArray = np.maximum(case.missing - coverage_of(case, plan).assigned, 0).astype(np.int32)
    return short


def mend(
    release: Release,
    absences: tuple[Absence, ...],
    allowed: IntArray,
    asked: Asked,
    watch: Watch,
    kind: str,
    reason: str,
) -> Mended:
    """The release that follows when people are absent, or gaps of earlier absences are filled.

    Args:
        release: the effective release.
        absences: newly reported, marked late; none for a repair.
        allowed: agents that the week may lack without being repaired, (queues, intervals).
        asked: how it may be changed.
        watch: time and stop of the search.
        kind: ``absence`` or ``repair``.
        reason: in the words of whoever does it.

    Raises:
        InfeasiblePlan: hard rules are broken that nobody within reach can mend.
    """
    lost = tuple(shift for absence in absences for shift in lost_shifts(release, absence, asked.now))
    known = tuple(after_served(release, absence, asked.now) for absence in absences)
    case, overlay = with_absences(release.edition.case, known), release.overlay
    overlay = Overlay((*overlay.absences, *known), overlay.waived)
    case, overlay = without_pins(case, overlay, lost)
    kept = Plan(tuple(shift for shift in release.edition.plan.shifts if shift not in set(lost)))
    repaired = None
    if asked.people:
        # CP-SAT takes a while to load, which --help need not wait for.
        from rotation.solve.repair import repair
        from rotation.solve.repairmodel import RepairLimits

        freeze = case.horizon.ceil(asked.now + dt.timedelta(hours=asked.freeze_h))
        limits = RepairLimits(asked.people, freeze, asked.seconds, asked.workers)
        repaired = repair(begun(case, kept.shifts, asked.now), kept, allowed, asked.by_rule, limits, watch)
        gone = set(kept.shifts) - {_same(kept, shift) for shift in repaired.plan.shifts}
        case, overlay = without_pins(case, overlay, gone)
    plan = repaired.plan if repaired else kept
    edition = edited(release, case, plan, asked.by_rule, "repair by CP-SAT" if repaired else "shifts called off")
    proposal = Proposal.judged(
        edition, asked.by_rule, release.inputs, parent=release.number, kind=kind, overlay=overlay, reason=reason
    )
    return Mended(proposal, lost, repaired)


def _same(plan: Plan, shift: Shift) -> Shift | None:
    for mine in plan.by_employee.get(shift.employee_id, ()):
        if (mine.queue_id, mine.start, mine.end) == (shift.queue_id, shift.start, shift.end):
            return mine
    return None
