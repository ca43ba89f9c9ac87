"""Nobody exempt is planned, up to and including the exemption's last day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

import numpy as np

from rotation.declaration import Statement, Unavailable, Verdict
from rotation.plan import Case, Clash, Plan
from rotation.plan.wording import when
from rotation.timegrid import first_instant


class Exemptions:
    """Hard: an exemption with reason, approver and last day takes the person out."""

    summary = "Nobody is planned before the last day of an exemption has passed"
    kind = "hard"
    weights: tuple[str, ...] = ()

    def declare(self, case: Case) -> Iterable[Statement]:
        """Everything before the first free day is unavailable."""
        cells = np.zeros((len(case.company.employees), case.horizon.intervals), dtype=np.bool_)
        for exemption in case.company.exemptions:
            zone = ZoneInfo(case.company.employee[exemption.employee_id].timezone)
            free = first_instant(exemption.until + dt.timedelta(days=1), zone)
            cells[case.employee_index[exemption.employee_id], : max(0, case.horizon.ceil(free))] = True
        yield Unavailable(cells)

    def judge(self, case: Case, plan: Plan) -> Verdict:
        """Compare local dates."""
        clashes = []
        for exemption in case.company.exemptions:
            zone = ZoneInfo(case.company.employee[exemption.employee_id].timezone)
            for shift in plan.by_employee.get(exemption.employee_id, ()):
                if shift.start.astimezone(zone).date() <= exemption.until:
                    message = (
                        f"{shift.employee_id} {when(case, shift.start, shift.end)}: exempt until {exemption.until} "
                        f"({exemption.reason}, approved by {exemption.approved_by})"
                    )
                    clashes.append(
                        Clash("exemptions", message, shift.employee_id, shift.queue_id, shift.start, shift.end)
                    )
        return Verdict(tuple(clashes))


RULE = Exemptions()
