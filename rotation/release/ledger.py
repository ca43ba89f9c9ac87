"""The fairness ledger: what weeks that were released, and weeks that were served, leave over for each person.

Debt follows the band as a dead zone, week after week (``rotation.plan.participation.settle``). Unpleasant minutes count
over a window of weeks, and a week in which somebody was not there, or had no choice, counts as the mean of those
who had: whoever joins or comes back starts at the mean, and an absence is neither credit nor debt.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from zoneinfo import ZoneInfo

import numpy as np

from rotation.company import Employee
from rotation.declaration.masks import working
from rotation.plan import Case, Edition, Ledger, ReleasedShift, WeeklyBand, weekly_band, weekly_bands
from rotation.plan.case import BoolArray
from rotation.plan.participation import settle
from rotation.plan.unpleasant import is_unpleasant


@dataclass(frozen=True, slots=True)
class WeekEntry:
    """One person's week as the ledger counts it.

    Args:
        employee_id: who.
        eligible: whether the person took part that week.
        exact_min: lower end owed, minutes; what a late absence took is not owed.
        exact_max: upper end, minutes.
        minutes: planned, or served once attendance is known.
        unpleasant_minutes: of these, in unpleasant hours.
        could_unpleasant: whether the person could have served unpleasant hours, and the lower end without any; whoever
            works in unpleasant hours only, or never, has no part in sharing them.
        short_notice: own shifts that changed inside the freeze window without own doing.
    """

    employee_id: str
    eligible: bool
    exact_min: Fraction
    exact_max: Fraction
    minutes: int
    unpleasant_minutes: int
    could_unpleasant: bool
    short_notice: int = 0


@dataclass(frozen=True, slots=True)
class Account:
    """What all weeks amount to for one person.

    Args:
        employee_id: who.
        weeks: eligible weeks.
        owed_min: sum of the lower ends of those weeks, minutes.
        owed_max: sum of their upper ends, minutes.
        minutes: served, minutes.
        debt_minutes: carried; positive is owed, negative served in advance.
        unpleasant_minutes: served, over all weeks.
        burden_minutes: unpleasant minutes as the planner weighs them, over the window.
        unpleasant_weeks: eligible weeks in which the person could have taken unpleasant hours.
        short_notice: changes at short notice.
    """

    employee_id: str
    weeks: int = 0
    owed_min: Fraction = Fraction(0)
    owed_max: Fraction = Fraction(0)
    minutes: int = 0
    debt_minutes: int = 0
    unpleasant_minutes: int = 0
    burden_minutes: int = 0
    unpleasant_weeks: int = 0
    short_notice: int = 0


HALF_MIN = 150
"""Half of the five hours over which the planner tells burdens apart."""


def carried(accounts: Mapping[str, Account], groups: Mapping[str, str]) -> dict[str, Ledger]:
    """What the planner of the next week is told: debts, and burdens on the scale that it can tell apart.

    The planner tells five hours of burden apart, from the least burdened on; over a season people who can take evenings
    lie far more than that above those who seldom can. So half of the scale says where somebody stands among all who
    have a choice (by rank), and the other half how far from the median of the own group.

    Args:
        accounts: by employee.
        groups: of people with like opportunities, by employee: the work pattern.
    """
    able = {name: row.burden_minutes for name, row in accounts.items() if row.unpleasant_weeks}
    middle = {group: _middle([able[n] for n in able if groups.get(n) == group]) for group in set(groups.values())}
    order = sorted(able.values())
    found = {}
    for name, row in accounts.items():
        burden = row.burden_minutes
        rank = (bisect_left(order, burden) + bisect_right(order, burden)) / (2 * len(order)) if order else 0.0
        apart = burden - middle.get(groups.get(name, ""), burden)
        near = min(HALF_MIN, max(0, apart + HALF_MIN // 2))
        found[name] = Ledger(row.debt_minutes, round(HALF_MIN * rank) + near)
    return found


def _middle(values: Sequence[int]) -> int:
    return sorted(values)[len(values) // 2] if values else 0


def accounts(
    weeks: Sequence[Mapping[str, WeekEntry]], opening: Mapping[str, Ledger], window: int
) -> dict[str, Account]:
    """Add up weeks.

    Args:
        weeks: entries by employee, in the order of the weeks.
        opening: what was carried into the first of them.
        window: unpleasant minutes count over so many last weeks.

    Returns:
        An account for everybody who has an entry in the last week; who is not in it any more has left.
    """
    people = weeks[-1].keys() if weeks else opening.keys()
    start = _mean([row.unpleasant_minutes for row in opening.values()])
    found = {}
    recent = weeks[-window:]
    means = [_mean([row.unpleasant_minutes for row in week.values() if _counts(row)]) for week in recent]
    for name in people:
        account = Account(name, debt_minutes=opening[name].debt_minutes if name in opening else 0)
        for week in weeks:
            if name in week:
                account = _add(account, week[name])
        burden = (opening[name].unpleasant_minutes if name in opening else start) if len(weeks) <= window else 0
        for week, mean in zip(recent, means, strict=True):
            row = week.get(name)
            burden += row.unpleasant_minutes if row and _counts(row) else mean
        found[name] = replace(account, burden_minutes=burden)
    return found


def _counts(row: WeekEntry) -> bool:
    return row.could_unpleasant


def _mean(values: Sequence[int]) -> int:
    return round(sum(values) / len(values)) if values else 0


def _add(account: Account, row: WeekEntry) -> Account:
    band = WeeklyBand(row.exact_min, row.exact_max, 0, 0, 0, int(row.eligible or row.minutes > 0))
    return replace(
        account,
        weeks=account.weeks + row.eligible,
        owed_min=account.owed_min + (row.exact_min if row.eligible else 0),
        owed_max=account.owed_max + (row.exact_max if row.eligible else 0),
        minutes=account.minutes + row.minutes,
        debt_minutes=settle(account.debt_minutes, band, row.minutes),
        unpleasant_minutes=account.unpleasant_minutes + row.unpleasant_minutes,
        unpleasant_weeks=account.unpleasant_weeks + _counts(row),
        short_notice=account.short_notice + row.short_notice,
    )


def entries_of(
    edition: Edition, cancelled: Iterable[ReleasedShift], short_notice: Mapping[str, int]
) -> dict[str, WeekEntry]:
    """Everybody's week by a release.

    Args:
        edition: the released week.
        cancelled: every shift of the week that was ever called off.
        short_notice: number of changes at short notice by employee.
    """
    case = edition.case
    choice, lost = has_choice(case), _lost_to_absence(case, cancelled)
    before = _before_late_absences(case)
    found = {}
    for e, (employee, row) in enumerate(zip(case.company.employees, edition.participation, strict=True)):
        name = employee.employee_id
        owed = row.band.exact_min
        if name in lost:
            owed = max(Fraction(0), min(owed, weekly_band(before, employee).exact_min - lost[name]))
        found[name] = WeekEntry(
            employee_id=name,
            eligible=row.band.eligible,
            exact_min=owed,
            exact_max=row.band.exact_max,
            minutes=row.minutes,
            unpleasant_minutes=row.unpleasant_minutes,
            could_unpleasant=bool(choice[e]) and row.band.eligible,
            short_notice=short_notice.get(name, 0),
        )
    return found


def _before_late_absences(case: Case) -> Case:
    planned = tuple(absence for absence in case.company.absences if not absence.late)
    return replace(case, company=replace(case.company, absences=planned))


def _lost_to_absence(case: Case, cancelled: Iterable[ReleasedShift]) -> dict[str, int]:
    """Minutes of shifts that late absences took, by employee."""
    lost: dict[str, int] = {}
    for shift in cancelled:
        for absence in case.company.absences_of.get(shift.employee_id, ()):
            if absence.late and absence.start < shift.end and shift.start < absence.end:
                lost[shift.employee_id] = lost.get(shift.employee_id, 0) + shift.as_shift().minutes
                break
    return lost


def has_choice(case: Case) -> BoolArray:
    """For each employee whether unpleasant intervals of the week could be served, and done without, (E,)."""
    cells = working(case)
    masks: dict[tuple[str, str], BoolArray] = {}
    found = np.zeros(len(cells), dtype=np.bool_)
    for e, (employee, band) in enumerate(zip(case.company.employees, weekly_bands(case), strict=True)):
        key = (employee.timezone, employee.region)
        if key not in masks:
            masks[key] = np.array(
                [is_unpleasant(case, employee, case.horizon.instant(n)) for n in range(case.horizon.intervals)]
            )
        mine = cells[e] & _open_to(case, employee)
        pleasant = int((mine & ~masks[key]).sum()) * case.horizon.interval_min
        found[e] = bool((mine & masks[key]).any()) and pleasant >= max(band.band_min, case.horizon.interval_min)
    return found


def _open_to(case: Case, employee: Employee) -> BoolArray:
    """Intervals in which a queue is open for which the person is certified that week, (T,)."""
    row = np.zeros(case.horizon.intervals, dtype=np.bool_)
    for q, queue in enumerate(case.company.queues):
        skill = case.company.skill.get((employee.employee_id, queue.queue_id))
        if skill and any(skill.holds_on(day) for day in case.horizon.days(ZoneInfo(employee.timezone))):
            row |= case.is_open[q] & (case.missing[q] > 0)
    return row
