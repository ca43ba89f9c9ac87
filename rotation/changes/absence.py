"""Somebody reports an absence: remembered, and every released week that it touches is repaired."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from rotation.changes.actor import Actor
from rotation.changes.finding import known_employee
from rotation.company import Absence
from rotation.errors import UsageFault
from rotation.release import Release
from rotation.release.absent import Asked, Mended, after_served, mend, promised_shortage
from rotation.solve.settings import Watch
from rotation.store import Store
from rotation.timegrid import IsoWeek


@dataclass(frozen=True)
class Reported:
    """What an absence led to.

    Args:
        absence: as it was remembered.
        weeks: for each released week that it touches the release before, the one after, and how it was mended.
    """

    absence: Absence
    weeks: tuple[tuple[Release, Release, Mended], ...]


def touched_weeks(store: Store, absence: Absence) -> tuple[Release, ...]:
    """The effective releases of the weeks that an absence touches, in the order of the weeks."""
    found = []
    for week in sorted({note.week for note in store.history()}, key=str):
        release = store.release(week) if _near(week, absence) else None
        if release:
            horizon = release.edition.case.horizon
            if absence.start < horizon.end and horizon.start < absence.end:
                found.append(release)
    return tuple(found)


def _near(week: IsoWeek, absence: Absence) -> bool:
    first, last = absence.start.date(), absence.end.date()
    return week.monday() <= IsoWeek.of(last).following().monday() and week.following(2).monday() >= first


def report_absence(
    store: Store, absence: Absence, asked_of: Callable[[Release], Asked], watch: Watch, actor: Actor
) -> Reported:
    """Remember an absence and repair every released week that it touches, in one transaction.

    Args:
        store: where the weeks are.
        absence: who is away, from when to when.
        asked_of: how a week may be changed, by its policy.
        watch: time and stop of the searches.
        actor: who reports it.

    Raises:
        InfeasiblePlan: a rule is broken that nobody within reach can mend.
        StoreFault: somebody else released one of the weeks meanwhile.
        UsageFault: the absence is over, or the person unknown.
    """
    if absence.end <= actor.at:
        ended = absence.end.isoformat()
        raise UsageFault(f"the absence ended at {ended}, which is past; `rotation attend` says who served")
    late = replace(absence, late=True)
    found = []
    for release in touched_weeks(store, absence):
        known_employee(release, absence.employee_id)
        late = after_served(release, late, actor.at)
        allowed = promised_shortage(release)
        found.append((release, mend(release, (late,), allowed, asked_of(release), watch, "absence", actor.reason)))
    with store.writing() as transaction:
        transaction.absence(late, actor.name, actor.at, actor.on_behalf_of)
        made = [
            (before, transaction.release(mended.proposal, actor.name, actor.at, actor.on_behalf_of), mended)
            for before, mended in found
        ]
    return Reported(late, tuple(made))
