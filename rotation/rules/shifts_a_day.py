"""So many shifts on one day of a person's own calendar, and no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from zoneinfo import ZoneInfo

import numpy as np

from rotation.declaration import ShiftsADay, Statement, Verdict
from rotation.plan import Case, Clash, Plan


class ShiftsADayRule:
    """Hard: shifts that begin on one local date."""

    summary = "At most max_a_day shifts of a person begin on one day"
    kind = "hard"
    weights: tuple[str, ...] = ()

    def declare(self, case: Case) -> Iterable[Statement]:
        """Day numbers in each zone that somebody lives in."""
        zones = sorted({employee.timezone for employee in case.company.employees})
        row = {zone: n for n, zone in enumerate(zones)}
        days = [case.horizon.day_numbers(ZoneInfo(zone)) for zone in zones]
        yield ShiftsADay(
            case.company.policy.shifts.max_a_day,
            np.array(days, dtype=np.int32).reshape(len(zones), case.horizon.intervals),
            np.array([row[employee.timezone] for employee in case.company.employees], dtype=np.int32),
        )

    def judge(self, case: Case, plan: Plan) -> Verdict:
        """Count starts by local date."""
        most = case.company.policy.shifts.max_a_day
        clashes = []
        for employee_id, shifts in plan.by_employee.items():
            zone = ZoneInfo(case.company.employee[employee_id].timezone)
            days = Counter(shift.start.astimezone(zone).date() for shift in shifts)
            clashes += [
                Clash("shifts_a_day", f"{employee_id} has {count} shifts on {day}, at most {most}", employee_id)
                for day, count in days.items()
                if count > most
            ]
        return Verdict(tuple(clashes))


RULE = ShiftsADayRule()
