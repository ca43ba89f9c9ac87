"""A release: one week as it was promised, frozen and numbered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from rotation.plan import Edition, Plan, ReleasedShift
from rotation.release.inputs import Inputs
from rotation.release.overlay import Overlay
from rotation.timegrid import IsoWeek

KINDS = {
    "plan": "a draft was released",
    "absence": "somebody is absent",
    "repair": "gaps were filled",
    "swap": "a shift was swapped",
    "take": "an offered shift was taken",
    "rollback": "an earlier release was restored",
}
"""What a release came from, in words."""


@dataclass(frozen=True, slots=True)
class ReleaseNote:
    """What the history says of a release.

    Args:
        number: its number; numbers rise through all weeks of a store and have no gap.
        week: the week.
        parent: number of the week's release before it, 0 for the first.
        kind: a key of :data:`KINDS`.
        released_at: when, aware, UTC.
        released_by: by whom.
        reason: why, in the words of whoever did it.
        restored: number of the release that a rollback restored, else 0.
    """

    number: int
    week: IsoWeek
    parent: int
    kind: str
    released_at: dt.datetime
    released_by: str
    reason: str = ""
    restored: int = 0


@dataclass(frozen=True)
class Release:
    """One week as it was promised.

    Args:
        note: number, week and where it came from.
        edition: what exporters and reports render; its plan carries the stable shift ids, and its ``sequences``,
            ``changed_at``, ``cancelled``, ``release`` and ``stamped_at`` are this release's.
        shifts: the promised shifts, in the order of the plan.
        inputs: the files that the week was planned on.
        overlay: what became known after planning and is laid over the company.
    """

    note: ReleaseNote
    edition: Edition
    shifts: tuple[ReleasedShift, ...]
    inputs: Inputs
    overlay: Overlay

    @property
    def number(self) -> int:
        """The release's number."""
        return self.note.number

    @property
    def week(self) -> IsoWeek:
        """The release's week."""
        return self.note.week

    @property
    def cancelled(self) -> tuple[ReleasedShift, ...]:
        """Shifts that were promised, called off, and not yet over at the time of the release."""
        return self.edition.cancelled


def released(
    note: ReleaseNote,
    edition: Edition,
    shifts: tuple[ReleasedShift, ...],
    cancelled: tuple[ReleasedShift, ...],
    inputs: Inputs,
    overlay: Overlay,
) -> Release:
    """A release of its parts: the edition gets the stable ids, sequences and instants of the shifts.

    Args:
        note: the release's number and origin.
        edition: the week's case, participation and record; its plan is not looked at.
        shifts: what is promised, in the order of the plan.
        cancelled: what is called off and remembered.
        inputs: the files.
        overlay: what became known since.
    """
    numbered = replace(
        edition,
        plan=Plan(tuple(shift.as_shift() for shift in shifts)),
        stamped_at=note.released_at,
        release=note.number,
        sequences={shift.shift_id: shift.sequence for shift in shifts},
        changed_at={shift.shift_id: shift.changed_at for shift in shifts},
        cancelled=cancelled,
    )
    return Release(note, numbered, shifts, inputs, overlay)
