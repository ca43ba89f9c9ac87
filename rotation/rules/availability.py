"""Nobody serves outside the own working time, on a holiday, while absent, or near a busy time of the calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from rotation.company import Employee
from rotation.declaration import Statement, Unavailable, Verdict
from rotation.declaration.masks import working
from rotation.plan import Case, Clash, Plan, Shift
from rotation.plan.wording import when
from rotation.timegrid import first_instant


class Availability:
    """Hard: work pattern minus holidays, absences, and busy times with their buffer."""

    summary = "People serve only inside their work pattern, not on holidays, absences or near meetings"
    kind = "hard"
    weights: tuple[str, ...] = ()

    def declare(self, case: Case) -> Iterable[Statement]:
        """Every interval not wholly free is unavailable."""
        cells = working(case)
        buffer = dt.timedelta(minutes=case.company.policy.availability.buffer_min)
        for busy in case.company.busy_times:
            first, last = case.horizon.touching(busy.start - buffer, busy.end + buffer)
            cells[case.employee_index[busy.employee_id], first:last] = False
        yield Unavailable(~cells)

    def judge(self, case: Case, plan: Plan) -> Verdict:
        """Lay each shift beside the person's own clock, absences and meetings."""
        clashes, inside = [], InsidePattern(case)
        for shift in plan.shifts:
            employee = case.company.employee[shift.employee_id]
            for cause in _obstacles(case, employee, shift, inside):
                message = f"{shift.employee_id} {when(case, shift.start, shift.end)}: {cause}"
                clashes.append(
                    Clash("availability", message, shift.employee_id, shift.queue_id, shift.start, shift.end)
                )
        return Verdict(tuple(clashes))


def _obstacles(case: Case, employee: Employee, shift: Shift, inside: InsidePattern) -> Iterable[str]:
    company = case.company
    buffer = dt.timedelta(minutes=company.policy.availability.buffer_min)
    for absence in company.absences_of.get(employee.employee_id, ()):
        if absence.start < shift.end and shift.start < absence.end:
            yield f"absent {absence.reason}".rstrip()
    for busy in company.busy_times_of.get(employee.employee_id, ()):
        if busy.start - buffer < shift.end and shift.start < busy.end + buffer:
            yield f"busy {when(case, busy.start, busy.end)}"
    zone = ZoneInfo(employee.timezone)
    first, last = (
        shift.start.astimezone(zone).date(),
        (shift.end - dt.timedelta(microseconds=1)).astimezone(zone).date(),
    )
    for day in (first, last)[: 1 + (last != first)]:
        if not employee.employed_on(day):
            yield f"not employed on {day}"
        holiday = company.holiday_name(employee, day)
        if holiday and not company.policy.availability.work_on_holidays:
            yield f"public holiday {holiday}"
    if not inside.holds(employee, shift):
        yield "outside the work pattern"


class InsidePattern:
    """Whether shifts lie inside work patterns; walked once for all shifts of one time, pattern and zone.

    Args:
        case: the week.
    """

    def __init__(self, case: Case) -> None:
        self._patterns = case.company.work_patterns
        self._known: dict[tuple[str, str, dt.datetime, dt.datetime], bool] = {}

    def holds(self, employee: Employee, shift: Shift) -> bool:
        """Whether the person's work pattern covers the whole shift."""
        key = employee.work_pattern_id, employee.timezone, shift.start, shift.end
        if key not in self._known:
            self._known[key] = self._walk(*key)
        return self._known[key]

    def _walk(self, pattern: str, timezone: str, start: dt.datetime, end: dt.datetime) -> bool:
        """From the start along touching spans of the pattern until the end is reached."""
        spans, zone = self._patterns[pattern].spans, ZoneInfo(timezone)
        reached = start
        day = start.astimezone(zone).date()
        for offset in (-1, 0, 1, 2):
            date = day + dt.timedelta(days=offset)
            for span in sorted((s for s in spans if s.weekday == date.weekday()), key=lambda s: s.start_min):
                if first_instant(date, zone, span.start_min) <= reached:
                    reached = max(reached, first_instant(date, zone, span.end_min))
        return reached >= end


RULE = Availability()
