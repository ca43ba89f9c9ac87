"""Unpleasant hours of each person: this week's, and the ledger's after it, as boxes with dots for each department."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from rotation.plan import Edition, Participation
from rotation.report.figures.participation import by_department
from rotation.report.figures.picture import Picture, distinct, drawn, label
from rotation.report.figures.theme import BLUE, ORANGE
from rotation.report.spelling import hours

MANY_PEOPLE = 2000


def fairness_picture(edition: Edition, many: int = MANY_PEOPLE) -> Picture:
    """Boxes of unpleasant hours by department; from ``many`` people on only quartiles and ends, no dots.

    Args:
        edition: the week.
        many: people from which on single dots are given up.
    """
    groups = {key: rows for key, rows in by_department(edition).items() if rows}
    company = edition.case.company
    names = distinct([company.department[key].name for key in groups], list(groups))
    earlier = any(row.total_unpleasant_minutes != row.unpleasant_minutes for row in edition.participation)
    panels = [("this week", BLUE, "x")] + ([("ledger after the week", ORANGE, "x2")] if earlier else [])
    crowd = len(edition.participation) >= many
    traces = []
    for title, colour, axis in panels:
        draw = _quartiles if crowd else _dots
        for name, rows in zip(names, groups.values(), strict=True):
            traces.append(draw(edition, name, rows, axis, title, colour))
    height = 90 + 34 * len(names)
    caption = _caption(edition, earlier, crowd)
    alt = f"Box plots of unpleasant hours per person by department. {caption}"
    everybody = edition.participation
    ends = [max((_minutes(row, axis) for row in everybody), default=0) / 60 for _, _, axis in panels]
    layout = _layout([title for title, _, _ in panels], ends)
    return Picture("fairness", "Unpleasant hours", caption, alt, height, drawn(traces, layout, height))


def _minutes(row: Participation, axis: str) -> int:
    return row.unpleasant_minutes if axis == "x" else row.total_unpleasant_minutes


def _dots(edition: Edition, name: str, rows: list[Participation], axis: str, title: str, colour: str) -> Any:
    people = edition.case.company.employee
    texts = [
        f"<b>{label(people[row.employee_id].name)}</b> ({label(row.employee_id)})<br>"
        f"{hours(_minutes(row, axis))} unpleasant, {title}"
        for row in rows
    ]
    return go.Box(
        x=[_minutes(row, axis) / 60 for row in rows],
        y=[name] * len(rows),
        xaxis=axis,
        orientation="h",
        boxpoints="all",
        jitter=0.6,
        pointpos=0,
        hovertext=texts,
        customdata=[row.employee_id for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
        hoveron="points",
        marker={"color": colour, "size": 5, "opacity": 0.8},
        line={"width": 1},
        fillcolor="rgba(128,128,128,0.15)",
        name=name,
    )


def _quartiles(_edition: Edition, name: str, rows: list[Participation], axis: str, _title: str, colour: str) -> Any:
    values = [_minutes(row, axis) / 60 for row in rows]
    low, first, middle, third, high = (round(float(v), 4) for v in np.percentile(values, (0, 25, 50, 75, 100)))
    return go.Box(
        y=[name],
        lowerfence=[low],
        q1=[first],
        median=[middle],
        q3=[third],
        upperfence=[high],
        xaxis=axis,
        orientation="h",
        marker={"color": colour},
        line={"width": 1},
        name=name,
    )


def _layout(titles: list[str], ends: list[float]) -> dict[str, Any]:
    def axis(title: str, end: float) -> dict[str, Any]:
        ends_shown = [-0.02 * max(end, 1), 1.03 * max(end, 1)]
        return {"title": {"text": f"hours, {title}"}, "range": ends_shown, "fixedrange": True, "zeroline": False}

    layout: dict[str, Any] = {
        "showlegend": False,
        "yaxis": {"type": "category", "autorange": "reversed", "fixedrange": True},
        "boxgap": 0.25,
        "margin": {"t": 8},
        "xaxis": axis(titles[0], ends[0]),
    }
    if len(titles) == 2:
        layout["xaxis"]["domain"] = [0, 0.48]
        layout["xaxis2"] = axis(titles[1], ends[1]) | {"domain": [0.52, 1], "anchor": "y"}
    return layout


def _caption(edition: Edition, earlier: bool, crowd: bool) -> str:
    values = [row.unpleasant_minutes for row in edition.participation]
    total, most = sum(values), max(values, default=0)
    dots = "Boxes show quartiles, whiskers the ends." if crowd else "One dot a person, boxes show quartiles."
    before = "" if earlier else " Nothing carried from earlier weeks."
    served = sum(value > 0 for value in values)
    return (
        f"{hours(total)} in unpleasant hours, served by {served} people; at most {hours(most)} for one. {dots}{before}"
    )
