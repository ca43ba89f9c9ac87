"""Which promised shift becomes which: stable ids and sequences from one release of a week to the next.

A shift is the same person's same duty when person, queue and local day agree. It keeps its id, and its SEQUENCE rises
when its time changes. What is gone is cancelled under its own id, and an id is never used for anything else again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from rotation.plan import Plan, ReleasedShift, Shift

Duty = tuple[str, str, dt.date]


def same_duty(employee_id: str, queue_id: str, start: dt.datetime, zone: ZoneInfo) -> Duty:
    """What makes two shifts the same duty: equal for both.

    Args:
        employee_id: who.
        queue_id: which queue.
        start: the shift's first instant.
        zone: the site's zone, on whose clock the day is read.
    """
    return employee_id, queue_id, start.astimezone(zone).date()


@dataclass(frozen=True)
class Lineage:
    """What a new release makes of the one before.

    Args:
        shifts: everything that is promised now, in the order of the plan, with its ids.
        changed: every shift that is new, moved or cancelled by this release.
    """

    shifts: tuple[ReleasedShift, ...]
    changed: tuple[ReleasedShift, ...]

    @classmethod
    def of(
        cls, before: Sequence[ReleasedShift], used: Collection[str], plan: Plan, zone: ZoneInfo, at: dt.datetime
    ) -> Lineage:
        """Follow a week's shifts into a new plan.

        Args:
            before: the shifts that the release before promised.
            used: every id that was ever given out.
            plan: the new plan; its own shift ids are not looked at.
            zone: the site's zone.
            at: the instant of the new release.
        """
        left = {(s.employee_id, s.queue_id, s.start, s.end): s for s in before}
        found: dict[Shift, ReleasedShift] = {}
        for shift in plan.shifts:
            key = (shift.employee_id, shift.queue_id, shift.start, shift.end)
            if key in left:
                found[shift] = left.pop(key)
        changed = _moved(plan.shifts, found, list(left.values()), zone)
        gone = set(left.values()) - {old for old, _ in changed}
        for old, shift in changed:
            found[shift] = _again(old, shift, at)
        taken = set(used)
        for shift in plan.shifts:
            if shift not in found:
                found[shift] = _new(shift, taken, at)
        kept = {shift for shift in found.values() if shift in set(before)}
        cancelled = [_cancelled(old, at) for old in sorted(gone, key=lambda s: (s.start, s.shift_id))]
        promised = tuple(sorted((found[shift] for shift in plan.shifts), key=lambda s: s.as_shift()))
        return cls(promised, (*(s for s in promised if s not in kept), *cancelled))


def _moved(
    shifts: Iterable[Shift],
    found: dict[Shift, ReleasedShift],
    left: list[ReleasedShift],
    zone: ZoneInfo,
) -> list[tuple[ReleasedShift, Shift]]:
    """Pairs of an old shift and its new time: the nearest of the same duty, each once."""
    pairs = []
    new = [shift for shift in shifts if shift not in found]
    options = [
        (abs(shift.start - old.start), abs(shift.end - old.end), old.shift_id, shift, old)
        for shift in new
        for old in left
        if same_duty(shift.employee_id, shift.queue_id, shift.start, zone)
        == same_duty(old.employee_id, old.queue_id, old.start, zone)
    ]
    paired_new: set[Shift] = set()
    paired_old: set[str] = set()
    for _, _, _, shift, old in sorted(options, key=lambda option: option[:4]):
        if shift not in paired_new and old.shift_id not in paired_old:
            pairs.append((old, shift))
            paired_new.add(shift)
            paired_old.add(old.shift_id)
    return pairs


def _again(old: ReleasedShift, shift: Shift, at: dt.datetime) -> ReleasedShift:
    return ReleasedShift(
        old.shift_id, old.employee_id, old.queue_id, shift.start, shift.end, old.sequence + 1, "confirmed", at
    )


def _cancelled(old: ReleasedShift, at: dt.datetime) -> ReleasedShift:
    return ReleasedShift(
        old.shift_id, old.employee_id, old.queue_id, old.start, old.end, old.sequence + 1, "cancelled", at
    )


def _new(shift: Shift, taken: set[str], at: dt.datetime) -> ReleasedShift:
    """A shift under an id that was never used: that of a draft, with a number where it was."""
    base = f"{shift.employee_id}-{shift.start.astimezone(dt.UTC):%Y%m%dT%H%MZ}"
    name, n = base, 1
    while name in taken:
        n += 1
        name = f"{base}-{n}"
    taken.add(name)
    return ReleasedShift(name, shift.employee_id, shift.queue_id, shift.start, shift.end, 0, "confirmed", at)
