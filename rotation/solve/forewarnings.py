"""What a planner wants to know before solving: people and hours that no plan can make good."""

from __future__ import annotations

import numpy as np

from rotation.errors import InputFault
from rotation.plan import Case, weekly_bands
from rotation.plan.band import achievable
from rotation.plan.wording import when
from rotation.solve.instance import Instance


def forewarnings(case: Case, instance: Instance) -> tuple[InputFault, ...]:
    """Warnings of a week, in the order: people, queues, the whole company."""
    return (*_people(case, instance), *_queues(case, instance), *_company(case))


def _people(case: Case, instance: Instance) -> list[InputFault]:
    found, week = [], instance.week
    for e, (employee, band) in enumerate(zip(case.company.employees, weekly_bands(case), strict=True)):
        if not band.eligible:
            continue
        if not (week.serve_first[e] < week.serve_last[e]).any():
            message = f"has no certification that holds in {case.horizon.week} and cannot be planned"
            found.append(InputFault("skills.csv", 0, "employee_id", employee.employee_id, message))
        if not achievable(case, band.band_min, band.band_max):
            message = (
                f"a band of {band.band_min} to {band.band_max} min holds no legal set of shifts; "
                "the minutes are carried as debt"
            )
            found.append(InputFault("employees.csv", 0, "weekly_hours", employee.employee_id, message))
    return found


def _queues(case: Case, instance: Instance) -> list[InputFault]:
    """Stretches in which fewer people could serve than are asked for, whatever the plan."""
    week, found = instance.week, []
    inside = np.arange(instance.intervals)
    for q, queue in enumerate(case.company.queues):
        certified = (week.serve_first[:, q : q + 1] <= inside) & (inside < week.serve_last[:, q : q + 1])
        able = (certified & week.available).sum(axis=0)
        for what, short in (("nobody", able == 0), ("too few", (able > 0) & (able < case.missing[q]))):
            cells = np.concatenate([[False], short & (case.missing[q] > 0), [False]]).astype(np.int8)
            edges = np.flatnonzero(np.diff(cells))
            for first, last in zip(edges[::2], edges[1::2], strict=True):
                span = when(case, case.horizon.instant(int(first)), case.horizon.instant(int(last)))
                asked = int(case.missing[q, first:last].max())
                detail = f"{what} certified and at work ({int(able[first:last].min())}) for {asked} asked {span}"
                found.append(InputFault("skills.csv", 0, "queue_id", queue.queue_id, detail))
    return found


def _company(case: Case) -> list[InputFault]:
    asked = int(case.missing.sum()) * case.horizon.interval_min
    most = sum(band.band_max for band in weekly_bands(case) if band.eligible)
    if asked <= most:
        return []
    message = f"asks for {asked / 60:.1f} agent-hours, all bands together give at most {most / 60:.1f}"
    return [InputFault("demand.csv", 0, "calls", str(case.horizon.week), message)]
