"""Somebody works at another hour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from zoneinfo import ZoneInfo

from rotation.company import WorkPattern, WorkSpan
from rotation.plan.wording import when
from rotation.solve.explain.judged import World
from rotation.solve.explain.relaxations._relaxation import FEW, Relaxation, Shortfall, person, with_company


class OtherHours:
    """People who are certified and have room in their band, but are not at work then."""

    summary = "one person's work pattern covers the stretch"

    def propose(self, short: Shortfall) -> Iterable[Relaxation]:
        """Those who work nearest to the stretch, as far as a shortest shift takes."""
        case, week = short.week.case, short.week.instance.week
        _, a, b = short.span
        last = min(case.horizon.intervals, max(b, a + week.shortest))
        first = max(0, min(a, last - week.shortest))
        start, end = case.horizon.instant(first), case.horizon.instant(last)
        people = [e for e in short.of("off") if short.room(e) >= week.shortest]
        for e in sorted(people, key=lambda e: (_distance(short, e), -short.room(e), e))[:FEW]:
            employee = case.company.employees[e]
            pattern = case.company.work_patterns[employee.work_pattern_id]
            spans = _spans(start, end, ZoneInfo(employee.timezone))
            own = WorkPattern(f"{pattern.work_pattern_id} of {employee.employee_id}", (*pattern.spans, *spans))
            yield Relaxation(
                "working_time",
                f"let {person(case.company, e)} work {when(case, start, end)}",
                f"work_patterns.csv: a pattern of {employee.employee_id} that covers it",
                partial(_with, key=employee.employee_id, pattern=own),
                (e,),
            )


def _distance(short: Shortfall, e: int) -> int:
    """Intervals from the stretch to the person's nearest working time, the week's length where there is none."""
    _, a, b = short.span
    cells = short.week.instance.week.available[e]
    near = [min(abs(t - a), abs(t - b + 1)) for t in range(len(cells)) if cells[t]]
    return min(near, default=len(cells))


def _spans(start: dt.datetime, end: dt.datetime, zone: ZoneInfo) -> list[WorkSpan]:
    """A stretch as spans of weekdays on a person's clock."""
    spans, at = [], start.astimezone(zone)
    until = end.astimezone(zone)
    for _ in range((until.date() - at.date()).days + 1):
        same = until.date() == at.date()
        stop = until.hour * 60 + until.minute if same else 1440
        if stop > at.hour * 60 + at.minute:
            spans.append(WorkSpan(at.weekday(), at.hour * 60 + at.minute, stop))
        at = dt.datetime.combine(at.date() + dt.timedelta(days=1), dt.time(), tzinfo=zone)
    return spans


def _with(world: World, key: str, pattern: WorkPattern) -> World:
    company = world.case.company
    people = tuple(
        replace(row, work_pattern_id=pattern.work_pattern_id) if row.employee_id == key else row
        for row in company.employees
    )
    patterns = {**company.work_patterns, pattern.work_pattern_id: pattern}
    return with_company(world, employees=people, work_patterns=patterns)


RELAXATION = OtherHours()
