"""How evenly weeks planned one after the other leave people: what is owed, and who had the unpleasant hours."""

from __future__ import annotations

import statistics
from collections.abc import Collection
from dataclasses import dataclass

from rotation.plan.edition import Edition
from rotation.timegrid import IsoWeek


@dataclass(frozen=True, slots=True)
class Balance:
    """Where people stand after a week; minutes.

    Args:
        week: the week.
        owed: sum of the debts of those who could serve.
        owed_unable: sum of the debts of those who could not serve at all (no certification, no free time).
        owing: how many of those who could serve owe something.
        ahead: sum of what was served in advance.
        unpleasant: unpleasant minutes of this week.
        sharers: how many people could have served unpleasant hours in this week or one before.
        mean: of the sharers' unpleasant minutes, over all weeks the ledger knows.
        most: the largest of them.
        spread: their standard deviation from the mean of their peers, who work the same hours: somebody who works
            evenings has more unpleasant hours than somebody who never does, whatever the plan.
    """

    week: IsoWeek
    owed: int
    owed_unable: int
    owing: int
    ahead: int
    unpleasant: int
    sharers: int
    mean: float
    most: int
    spread: float

    @property
    def relative_spread(self) -> float:
        """Spread as a share of the mean, comparable between weeks; 0 where nobody had any."""
        return self.spread / self.mean if self.mean else 0.0


def balance_of(edition: Edition, able: Collection[str], sharers: Collection[str]) -> Balance:
    """Add up the participation of a week.

    Args:
        edition: the week.
        able: employee ids of those who could serve some interval of it.
        sharers: of those who could have served unpleasant hours, in this week or one before.
    """
    rows = edition.participation
    owed = [row for row in rows if row.debt_minutes > 0]
    peers: dict[tuple[str, str, str], list[int]] = {}
    for employee, row in zip(edition.case.company.employees, rows, strict=True):
        if row.employee_id in sharers:
            key = employee.work_pattern_id, employee.timezone, employee.region
            peers.setdefault(key, []).append(row.total_unpleasant_minutes)
    burdens = [minutes for group in peers.values() for minutes in group] or [0]
    away = [minutes - statistics.fmean(group) for group in peers.values() for minutes in group] or [0.0]
    return Balance(
        week=edition.case.horizon.week,
        owed=sum(row.debt_minutes for row in owed if row.employee_id in able),
        owed_unable=sum(row.debt_minutes for row in owed if row.employee_id not in able),
        owing=sum(row.employee_id in able for row in owed),
        ahead=-sum(row.debt_minutes for row in rows if row.debt_minutes < 0),
        unpleasant=sum(row.unpleasant_minutes for row in rows),
        sharers=sum(map(len, peers.values())),
        mean=statistics.fmean(burdens),
        most=max(burdens),
        spread=statistics.pstdev(away, 0.0),
    )
