"""Who really served against what was promised: minutes for the ledger, and who did not come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from rotation.intake.attendance import Served
from rotation.plan import Case, Shift
from rotation.plan.unpleasant import is_unpleasant
from rotation.release.release import Release


@dataclass(frozen=True, slots=True)
class Missed:
    """A promised shift that was not served, or not all of it.

    Args:
        shift: the shift.
        minutes: of it that the person did not serve.
    """

    shift: Shift
    minutes: int

    @property
    def no_show(self) -> bool:
        """Whether nothing of it was served."""
        return self.minutes == self.shift.minutes


@dataclass(frozen=True)
class Settlement:
    """A week as it was served.

    Args:
        minutes: by employee, (minutes, of these unpleasant); shifts that are not over count as promised.
        missed: promised shifts that were not served in full, in order of time.
        extra_minutes: served beyond own shifts, by employee: covers, and staying on.
    """

    minutes: dict[str, tuple[int, int]]
    missed: tuple[Missed, ...]
    extra_minutes: dict[str, int]


def settled(release: Release, served: Sequence[Served], now: dt.datetime) -> Settlement:
    """Compare who served with a release.

    Args:
        release: the effective release of the week.
        served: stretches in which somebody answered; only what lies in the week counts.
        now: the instant of the import.
    """
    case = release.edition.case
    horizon = case.horizon
    week = [(max(s.start, horizon.start), min(s.end, horizon.end), s.employee_id, s.queue_id) for s in served]
    mine: dict[str, list[tuple[dt.datetime, dt.datetime]]] = {}
    for start, end, name, _ in week:
        if start < end:
            mine.setdefault(name, []).append((start, end))
    missed: list[Missed] = []
    promised: dict[str, int] = {}
    for shift in release.edition.plan.shifts:
        if shift.end > now:
            mine.setdefault(shift.employee_id, []).append((max(shift.start, now), shift.end))
        there = _overlap(mine.get(shift.employee_id, []), shift.start, shift.end)
        promised[shift.employee_id] = promised.get(shift.employee_id, 0) + there
        lacking = shift.minutes - there
        if lacking > 0 and shift.end <= now:
            missed.append(Missed(shift, lacking))
    totals = {name: _totals(case, name, _joined(spans)) for name, spans in mine.items()}
    extra = {name: total - promised.get(name, 0) for name, (total, _) in totals.items()}
    return Settlement(totals, tuple(missed), {name: minutes for name, minutes in extra.items() if minutes > 0})


def _joined(spans: Sequence[tuple[dt.datetime, dt.datetime]]) -> list[tuple[dt.datetime, dt.datetime]]:
    """The same time without overlaps."""
    found: list[tuple[dt.datetime, dt.datetime]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def _overlap(spans: Sequence[tuple[dt.datetime, dt.datetime]], start: dt.datetime, end: dt.datetime) -> int:
    """Whole minutes of the spans between two instants."""
    total = dt.timedelta(0)
    for first, last in _joined(spans):
        total += max(dt.timedelta(0), min(last, end) - max(first, start))
    return total // dt.timedelta(minutes=1)


def _totals(case: Case, employee_id: str, spans: Sequence[tuple[dt.datetime, dt.datetime]]) -> tuple[int, int]:
    """Minutes, and of these the unpleasant ones, interval by interval."""
    employee, horizon = case.company.employee[employee_id], case.horizon
    total = unpleasant = dt.timedelta(0)
    for start, end in spans:
        total += end - start
        for n in range(*horizon.touching(start, end)):
            if is_unpleasant(case, employee, horizon.instant(n)):
                unpleasant += min(end, horizon.instant(n + 1)) - max(start, horizon.instant(n))
    minute = dt.timedelta(minutes=1)
    return total // minute, unpleasant // minute
