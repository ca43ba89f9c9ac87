"""A released week with other shifts: the next edition, judged and with the causes of what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

from rotation.company import Absence, Pin
from rotation.declaration import Rule
from rotation.plan import Case, Edition, Plan, Published, SearchRecord, Shift, participation_of
from rotation.release.overlay import Overlay
from rotation.release.release import Release
from rotation.solve.audit import audit
from rotation.solve.causes import Causes
from rotation.solve.instance import compile_instance
from rotation.solve.roster import Roster


def edited(release: Release, case: Case, plan: Plan, rules: Mapping[str, Rule], engine: str) -> Edition:
    """The week with another plan.

    Args:
        release: what it was.
        case: its case, with whatever became known since; its ``published`` is dropped.
        plan: the new shifts.
        rules: by name.
        engine: what made the new plan, in words.
    """
    case = replace(case, published=None)
    judged = audit(case, plan, rules)
    instance = compile_instance(case, rules)
    causes = Causes(case, instance, Roster.of(case, plan, instance))
    search = SearchRecord("feasible", judged.objective, 0, 0.0, 0, engine, release.edition.search.reproducible)
    return Edition(
        case,
        plan,
        participation_of(case, plan, causes.below_band()),
        judged.points,
        judged.clashes,
        causes.shortages(),
        replace(search, versions=release.edition.search.versions),
        release.edition.stamped_at,
        based_on=release.number,
    )


def with_absences(case: Case, absences: Iterable[Absence]) -> Case:
    """The case with further absences."""
    return replace(case, company=replace(case.company, absences=(*case.company.absences, *absences)))


def without_pins(case: Case, overlay: Overlay, gone: Iterable[Shift]) -> tuple[Case, Overlay]:
    """The case and the overlay without the pins of shifts that are given up: nobody is bound to them any more."""
    keys = {(shift.employee_id, shift.queue_id, shift.start, shift.end) for shift in gone}
    waived = tuple(pin for pin in case.company.pins if (pin.employee_id, pin.queue_id, pin.start, pin.end) in keys)
    if not waived:
        return case, overlay
    kept = tuple(pin for pin in case.company.pins if pin not in waived)
    company = replace(case.company, pins=kept)
    return replace(case, company=company), replace(overlay, waived=(*overlay.waived, *waived))


def begun(case: Case, shifts: Iterable[Shift], now: dt.datetime) -> Case:
    """The case in which what has begun by now cannot be changed, and near changes cost more."""
    return replace(case, published=Published.at(shifts, now, 0))


def pins_of(shifts: Iterable[Shift]) -> tuple[Pin, ...]:
    """Shifts as promises that must be kept."""
    return tuple(Pin(s.employee_id, s.queue_id, s.start, s.end) for s in shifts)
