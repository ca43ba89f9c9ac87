"""Unpleasant hours: the policy's spans on the person's own clock, and public holidays."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

from rotation.company import Employee
from rotation.plan.case import Case


def is_unpleasant(case: Case, employee: Employee, instant: dt.datetime) -> bool:
    """Whether an instant is unpleasant for a person: inside a span of the policy or on the person's holiday."""
    local = instant.astimezone(ZoneInfo(employee.timezone))
    if case.company.holiday_name(employee, local.date()):
        return True
    minute = local.hour * 60 + local.minute
    return any(span.covers(local.weekday(), minute) for span in case.company.policy.unpleasant)


def unpleasant_minutes(case: Case, employee: Employee, start: dt.datetime, end: dt.datetime) -> int:
    """Unpleasant minutes between two instants, counted by whole intervals of the horizon."""
    known = _minutes_known(case)
    key = employee.timezone, employee.region, start, end
    if key not in known:
        known[key] = _counted(case, employee, start, end)
    return known[key]


@lru_cache(maxsize=4)
def _minutes_known(case: Case) -> dict[tuple[str, str, dt.datetime, dt.datetime], int]:
    """What was counted before, by the zone and region of the person: many shifts of a week lie at the same time."""
    del case
    return {}


def _counted(case: Case, employee: Employee, start: dt.datetime, end: dt.datetime) -> int:
    step, total = case.horizon.step, dt.timedelta(0)
    instant = start
    while instant < end:
        if is_unpleasant(case, employee, instant):
            total += step
        instant += step
    return total // dt.timedelta(minutes=1)
