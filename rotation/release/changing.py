"""A released week with other shifts: the next edition, judged and with the causes of what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

from rotation.company import Absence, Pin
from rotation.declaration import Rule
from rotation.plan import Case, Edition, Plan, Published, ReleasedShift, SearchRecord, Shift, participation_of
from rotation.release.overlay import Overlay
from rotation.release.release import Release
from rotation.solve.instance import compile_instance
from rotation.solve.roster import Roster


def edited(release: Release, case: Case, plan: Plan, rules: Mapping[str, Rule], engine: str) -> Edition:
    """The week with another plan, not yet judged: :meth:`Proposal.judged` counts its points.

    Args:
        release: what it was.
        case: its case, with whatever became known since; its ``published`` is dropped.
        plan: the new shifts.
        rules: by name.
        engine: what made the new plan, in words.
    """
    # The causes run on the compiled kernel, which --help need not wait for.
    from rotation.solve.causes import Causes

    case = replace(case, published=None)
    instance = compile_instance(case, rules)
    causes = Causes(case, instance, Roster.of(case, plan, instance))
    search = SearchRecord("feasible", 0, 0, 0.0, 0, engine, release.edition.search.reproducible)
    return Edition(
        case,
        plan,
        participation_of(case, plan, causes.below_band()),
        {},
        (),
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


def planned_again(
    case: Case,
    promised: Iterable[ReleasedShift],
    now: dt.datetime,
    frozen_until: dt.datetime,
    rules: Mapping[str, Rule],
) -> Case:
    """The case of a released week: what is promised inside the freeze window is pinned, the rest is dear to change.

    Args:
        case: the week.
        promised: shifts of the effective release; none leaves the case as it is.
        now: the instant of planning.
        frozen_until: end of the freeze window.
        rules: by name.
    """
    shifts = [shift.as_shift() for shift in promised]
    if not shifts:
        return case
    published = Published(tuple(sorted(keepable(case, shifts, rules))), now, frozen_until)
    there = set(case.company.pins)
    pins = (Pin(s.employee_id, s.queue_id, s.start, s.end) for s in published.frozen)
    company = replace(case.company, pins=(*case.company.pins, *(pin for pin in pins if pin not in there)))
    return replace(case, company=company, published=published)


def keepable(case: Case, shifts: Iterable[Shift], rules: Mapping[str, Rule]) -> list[Shift]:
    """The shifts that the person can still serve: not absent, certified, on an open queue of today's company."""
    week, horizon = compile_instance(case, rules).week, case.horizon
    found = []
    for shift in shifts:
        if shift.employee_id not in case.employee_index or shift.queue_id not in case.queue_index:
            continue
        e, q = case.employee_index[shift.employee_id], case.queue_index[shift.queue_id]
        first, last = horizon.floor(shift.start), horizon.ceil(shift.end)
        free = week.available[e, first:last].all() and week.queue_open[q, first:last].all()
        if free and week.serve_first[e, q] <= first and last <= week.serve_last[e, q]:
            found.append(shift)
    return found
