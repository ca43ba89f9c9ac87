"""How much each person serves against the band, and what is carried to the next week."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from rotation.plan.band import WeeklyBand, weekly_bands
from rotation.plan.case import Case, Ledger
from rotation.plan.plan import Plan
from rotation.plan.unpleasant import unpleasant_minutes


@dataclass(frozen=True, slots=True)
class Participation:
    """One person's week.

    Args:
        employee_id: who.
        band: what was due.
        minutes: what the plan gives.
        unpleasant_minutes: of these, in unpleasant hours.
        debt_minutes: carried into the next week; positive is owed, negative served in advance.
        total_unpleasant_minutes: the ledger's unpleasant minutes after this week.
        status: ``inside``, ``below``, ``above``, ``away`` (no day there) or ``exempt``.
        reason: the cause of anything but ``inside``.
    """

    employee_id: str
    band: WeeklyBand
    minutes: int
    unpleasant_minutes: int
    debt_minutes: int
    total_unpleasant_minutes: int
    status: str
    reason: str


def settle(debt: int, band: WeeklyBand, minutes: int) -> int:
    """The debt after a week, minutes: the band is a dead zone, only what lies outside it is carried.

    Serving less than the exact lower end and the old debt leaves the difference owed; old credit shrinks when less
    than the exact upper end is served.
    """
    if not band.eligible:
        return debt
    owed, spare = debt + band.exact_min - minutes, debt + band.exact_max - minutes
    if owed > 0:
        return int(-(-owed // 1)) if isinstance(owed, Fraction) else int(owed)
    return int(spare // 1) if spare < 0 else 0


def participation_of(case: Case, plan: Plan, causes: Mapping[str, str] | None = None) -> tuple[Participation, ...]:
    """Everybody's participation, in the order of the employees.

    Args:
        case: the week.
        plan: its plan.
        causes: for people below the band, why (by employee id), as the search found it.
    """
    rows = []
    for employee, band in zip(case.company.employees, weekly_bands(case), strict=True):
        shifts = plan.by_employee.get(employee.employee_id, ())
        minutes = sum(shift.minutes for shift in shifts)
        unpleasant = sum(unpleasant_minutes(case, employee, shift.start, shift.end) for shift in shifts)
        before = case.ledger_of(employee.employee_id)
        status, reason = _status(band, minutes, (causes or {}).get(employee.employee_id, ""))
        rows.append(
            Participation(
                employee_id=employee.employee_id,
                band=band,
                minutes=minutes,
                unpleasant_minutes=unpleasant,
                debt_minutes=settle(before.debt_minutes, band, minutes),
                total_unpleasant_minutes=before.unpleasant_minutes + unpleasant,
                status=status,
                reason=reason,
            )
        )
    return tuple(rows)


def ledger_after(participation: Iterable[Participation]) -> dict[str, Ledger]:
    """What a week leaves to the next one, by employee id."""
    return {row.employee_id: Ledger(row.debt_minutes, row.total_unpleasant_minutes) for row in participation}


def _status(band: WeeklyBand, minutes: int, cause: str) -> tuple[str, str]:
    if not band.eligible and minutes == 0:
        return ("exempt" if band.cause.startswith("exempt") else "away"), band.cause
    if minutes > band.band_max:
        return "above", f"{minutes} min exceed the band's upper end of {band.band_max} min"
    if minutes < band.band_min:
        return "below", cause or "not stated"
    return "inside", band.cause
