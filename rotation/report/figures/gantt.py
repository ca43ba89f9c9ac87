"""Who serves when: one row a person, one chart a department, bars coloured by queue; heat map for very many people."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import plotly.graph_objects as go

from rotation.company import Department, Employee
from rotation.plan import Edition, Shift
from rotation.report.figures.picture import Picture, distinct, drawn, label
from rotation.report.figures.theme import GREY, queue_mark
from rotation.report.figures.week_axis import WeekAxis
from rotation.report.spelling import hours, span, whole

MANY_PEOPLE = 5000
ROW_PX = 17
HEAD_PX = 44
NAME_LENGTH = 26


def gantt_pictures(edition: Edition, many: int = MANY_PEOPLE) -> tuple[Picture, ...]:
    """One chart for each department that has people; from ``many`` people on one heat map of departments.

    Args:
        edition: the week.
        many: people from which on single rows are given up.
    """
    company, axis = edition.case.company, WeekAxis(edition)
    if is_crowded(edition, many):
        return (_density(edition, axis),)
    return tuple(
        _chart(edition, axis, number, department)
        for number, department in enumerate(company.departments)
        if company.members_of[department.department_id]
    )


def is_crowded(edition: Edition, many: int = MANY_PEOPLE) -> bool:
    """Whether single rows are given up."""
    return len(edition.case.company.employees) >= many


def _chart(edition: Edition, axis: WeekAxis, number: int, department: Department) -> Picture:
    people = edition.case.company.members_of[department.department_id]
    plan = edition.plan.by_employee
    serving = [person for person in people if person.employee_id in plan]
    minutes = sum(shift.minutes for person in serving for shift in plan[person.employee_id])
    height = HEAD_PX + ROW_PX * len(people) + 12
    caption = f"{whole(len(serving))} of {whole(len(people))} people serve, {hours(minutes)} together."
    return Picture(
        picture_id=f"gantt-{number}",
        title=department.name,
        caption=caption,
        alt=f"Gantt chart of the department {department.name}, one row a person. {caption} "
        "The same shifts are in plan.csv and in each person's calendar.",
        height_px=height,
        figure=_rows(edition, axis, people, height),
    )


def _rows(edition: Edition, axis: WeekAxis, people: tuple[Employee, ...], height: int) -> dict[str, Any]:
    row_of = {person.employee_id: row for row, person in enumerate(people)}
    by_queue: dict[str, list[Shift]] = {}
    for person in people:
        for shift in edition.plan.by_employee.get(person.employee_id, ()):
            by_queue.setdefault(shift.queue_id, []).append(shift)
    known = edition.case.queue_index
    traces = [
        _bars(edition, axis, queue_id, by_queue[queue_id], row_of)
        for queue_id in sorted(by_queue, key=lambda key: (known.get(key, len(known)), key))
    ]
    names = [label(person.name, NAME_LENGTH) for person in people]
    layout = axis.layout()
    layout["yaxis"] = {
        "range": [len(people) - 0.5, -0.5],
        "tickvals": list(range(len(people))),
        "ticktext": names,
        "tickfont": {"size": 11},
        "automargin": False,
        "fixedrange": True,
        "showgrid": True,
        "zeroline": False,
    }
    # One left margin for all departments, so that equal times stand below each other.
    longest = max(min(len(person.name), NAME_LENGTH) for person in edition.case.company.employees)
    margin = {"t": HEAD_PX, "l": 24 + 7 * longest}
    layout |= {"barmode": "overlay", "showlegend": False, "dragmode": "zoom", "margin": margin}
    return drawn(traces or [go.Bar(x=[], y=[], orientation="h")], layout, height)


def _bars(edition: Edition, axis: WeekAxis, queue_id: str, shifts: list[Shift], row_of: dict[str, int]) -> Any:
    index = edition.case.queue_index.get(queue_id)
    colour, pattern = queue_mark(index) if index is not None else (GREY, ".")
    starts = [axis.position(shift.start) for shift in shifts]
    return go.Bar(
        name=label(queue_id),
        orientation="h",
        base=starts,
        x=[round(axis.position(shift.end) - start, 4) for shift, start in zip(shifts, starts, strict=True)],
        y=[row_of[shift.employee_id] for shift in shifts],
        width=0.72,
        customdata=[shift.shift_id for shift in shifts],
        hovertext=[_hover(edition, shift) for shift in shifts],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={"color": colour, "pattern": {"shape": pattern, "solidity": 0.35}, "line": {"width": 0}},
    )


def _hover(edition: Edition, shift: Shift) -> str:
    company = edition.case.company
    person, queue = company.employee[shift.employee_id], company.queue.get(shift.queue_id)
    site, own = edition.case.horizon.zone_name, person.timezone
    lines = [
        f"<b>{label(person.name)}</b> ({label(person.employee_id)})",
        f"{label(queue.name if queue else shift.queue_id)}, {hours(shift.minutes)}",
        f"{span(shift.start, shift.end, ZoneInfo(site))} {site}",
    ]
    if own != site:
        lines.append(f"{span(shift.start, shift.end, ZoneInfo(own))} {own}")
    return "<br>".join(lines)


def _density(edition: Edition, axis: WeekAxis) -> Picture:
    company, horizon = edition.case.company, edition.case.horizon
    row_of = {department.department_id: row for row, department in enumerate(company.departments)}
    serving = np.zeros((len(row_of), horizon.intervals), dtype=np.int64)
    for shift in edition.plan.shifts:
        person = company.employee.get(shift.employee_id)
        if person is not None:
            first, last = horizon.touching(shift.start, shift.end)
            serving[row_of[person.department_id], first:last] += 1
    kept = np.flatnonzero(axis.kept).tolist()
    names = distinct([row.name for row in company.departments], [row.department_id for row in company.departments])
    step = axis.step_h
    trace = go.Heatmap(
        z=serving[:, kept].tolist(),
        x=[round((n + 0.5) * step, 4) for n in range(len(kept))],
        y=names,
        customdata=[[span(horizon.instant(n), horizon.instant(n + 1), horizon.zone) for n in kept]] * len(names),
        hovertemplate="<b>%{y}</b><br>%{customdata}<br>%{z} people serve<extra></extra>",
        colorbar={"title": {"text": "people"}, "thickness": 12},
    )
    layout = axis.layout()
    layout |= {"yaxis": {"type": "category", "autorange": "reversed"}, "margin": {"t": HEAD_PX}}
    height = HEAD_PX + 24 * len(names) + 40
    people = whole(len(company.employees))
    caption = f"{people} people are too many for a row each: how many of each department serve at a time instead."
    alt = f"Heat map of departments by time. {caption}"
    return Picture("gantt", "Departments over the week", caption, alt, height, drawn([trace], layout, height))
