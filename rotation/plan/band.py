"""The band of one person's week: what share of the contract is due, on the grid, and what is carried.

The band is a share of the contract's weekly hours, pro-rated by the working days on which the person is really there
(public holidays, whole-day absences, exemptions and days outside employment taken off) and rounded inward to the grid.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo

from rotation.company import Company, Employee
from rotation.plan.case import Case
from rotation.timegrid import first_instant


@dataclass(frozen=True, slots=True)
class WeeklyBand:
    """What one person owes in one week.

    Args:
        exact_min: lower end before rounding, minutes.
        exact_max: upper end before rounding, minutes.
        band_min: lower end on the grid, minutes; above ``band_max`` when nothing fits between.
        band_max: upper end on the grid, minutes; the hard limit of the week.
        days_due: working days of the pattern.
        days_there: of these, the days the person is really there and not exempt.
        cause: why fewer days or no band, in words; empty when all days count.
    """

    exact_min: Fraction
    exact_max: Fraction
    band_min: int
    band_max: int
    days_due: int
    days_there: int
    cause: str = ""

    @property
    def eligible(self) -> bool:
        """Whether the person takes part this week."""
        return self.days_there > 0


def day_off(company: Company, employee: Employee, day: dt.date, *, late: bool = True) -> str | None:
    """Why a person does not count as there on a date of the own calendar, or None.

    Public holidays, absences of the whole day, exemptions, and days outside employment count; absences that were
    reported after the week was released only with ``late``.
    """
    if not employee.employed_on(day):
        return "not employed"
    holiday = company.holiday_name(employee, day)
    if holiday and not company.policy.availability.work_on_holidays:
        return f"public holiday {holiday}"
    for exemption in company.exemptions_of.get(employee.employee_id, ()):
        if day <= exemption.until:
            return f"exempt until {exemption.until}: {exemption.reason} (approved by {exemption.approved_by})"
    return _whole_day_absence(company, employee, day, late)


def _whole_day_absence(company: Company, employee: Employee, day: dt.date, late: bool) -> str | None:
    """An absence that covers every minute the pattern works on the day."""
    absences = [a for a in company.absences_of.get(employee.employee_id, ()) if late or not a.late]
    if not absences:
        return None
    zone = ZoneInfo(employee.timezone)
    spans = [s for s in company.work_patterns[employee.work_pattern_id].spans if s.weekday == day.weekday()]
    for span in spans:
        start, end = first_instant(day, zone, span.start_min), first_instant(day, zone, span.end_min)
        for absence in sorted(absences, key=lambda a: a.start):
            if absence.start <= start:
                start = max(start, absence.end)
        if start < end:
            return None
    reasons = sorted({a.reason for a in absences if a.reason and a.start.astimezone(zone).date() <= day})
    return f"absent: {', '.join(reasons)}" if reasons else "absent"


@lru_cache(maxsize=4)
def weekly_bands(case: Case) -> tuple[WeeklyBand, ...]:
    """Everybody's band, in the order of the employees."""
    return tuple(weekly_band(case, employee) for employee in case.company.employees)


def weekly_band(case: Case, employee: Employee) -> WeeklyBand:
    """The band of one person in the case's week.

    Args:
        case: the week.
        employee: the person.

    Returns:
        The band in minutes. Carried debt raises the upper end only where the week's own band holds no legal set of
        shifts (small contracts), and no further than the shortest shift, so that the mean share still meets the band.
    """
    company, policy = case.company, case.company.policy
    worked = {span.weekday for span in company.work_patterns[employee.work_pattern_id].spans}
    due = [case.horizon.week.monday() + dt.timedelta(days=n) for n in sorted(worked)]
    away = {day: cause for day in due if (cause := day_off(company, employee, day))}
    away_before = {day for day in away if day_off(company, employee, day, late=False)}
    hours = Fraction(str(employee.weekly_hours)) * 60
    exact_min = hours * _share(due, away) * Fraction(str(policy.band.min_pct)) / 100
    exact_max = hours * _share(due, away_before) * Fraction(str(policy.band.max_pct)) / 100
    step = policy.interval_min
    band_min, band_max = -(-exact_min // step) * step, exact_max // step * step
    # A late absence must not take back the upper end that earlier shifts of the week were promised under.
    promised_min = hours * _share(due, away_before) * Fraction(str(policy.band.min_pct)) / 100
    if not achievable(case, int(-(-promised_min // step) * step), int(band_max)):
        owed = case.ledger_of(employee.employee_id).debt_minutes
        band_max = max(band_max, min((exact_max + max(owed, 0)) // step * step, policy.shifts.min_length_min))
    return WeeklyBand(
        exact_min=exact_min,
        exact_max=exact_max,
        band_min=int(band_min),
        band_max=int(band_max),
        days_due=len(due),
        days_there=len(due) - len(away),
        cause="; ".join(sorted(set(away.values()))) if due else "the work pattern has no hours",
    )


def _share(due: Sequence[dt.date], away: Collection[dt.date]) -> Fraction:
    """The share of the days due on which the person is there."""
    return Fraction(len(due) - len(away), len(due)) if due else Fraction(0)


def achievable(case: Case, least: int, most: int) -> bool:
    """Whether some number of shifts of legal length adds up to between ``least`` and ``most`` minutes."""
    shifts = case.company.policy.shifts
    if least <= 0 <= most:
        return True
    return any(
        max(least, n * shifts.min_length_min) <= min(most, n * shifts.max_length_min)
        for n in range(1, shifts.max_a_week + 1)
    )
