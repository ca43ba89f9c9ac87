"""Everybody's minutes against the own band, by department; counts by status when there are too many for a row each."""

from __future__ import annotations

from collections import Counter
from typing import Any

import plotly.graph_objects as go

from rotation.plan import Edition, Participation
from rotation.report.figures.picture import Picture, distinct, drawn, label
from rotation.report.figures.theme import RULE, STATUS_MARKS
from rotation.report.spelling import hours, whole

MANY_PEOPLE = 600
ROW_PX = 7
GAP_ROWS = 2


def participation_picture(edition: Edition, many: int = MANY_PEOPLE) -> Picture:
    """Dots of minutes against the ends of the band; from ``many`` people on counts by status.

    Args:
        edition: the week.
        many: people from which on single rows are given up.
    """
    counts = Counter(row.status for row in edition.participation)
    told = ", ".join(f"{whole(counts[status])} {status}" for status in _statuses(edition))
    crowd = len(edition.participation) >= many
    if crowd:
        caption = f"{told}. Too many people for a row each: people of each department by status instead."
        height = 90 + 24 * len(edition.case.company.departments)
        figure = _counts(edition, height)
    else:
        caption = f"{told}. One row a person: the grey line is the band, the mark what the plan gives."
        rows = len(edition.participation) + GAP_ROWS * len(edition.case.company.departments)
        height = max(200, 90 + ROW_PX * rows)
        figure = _dots(edition, height)
    alt = f"Hours served against the weekly band by department. {caption}"
    return Picture("participation", "Participation and band", caption, alt, height, figure)


def by_department(edition: Edition) -> dict[str, list[Participation]]:
    """Participation of each department's people, in the order of band, minutes and id."""
    people = edition.case.company.employee
    groups: dict[str, list[Participation]] = {row.department_id: [] for row in edition.case.company.departments}
    for row in edition.participation:
        groups[people[row.employee_id].department_id].append(row)
    for rows in groups.values():
        rows.sort(key=lambda row: (row.band.band_max, row.minutes, row.employee_id))
    return groups


def _statuses(edition: Edition) -> list[str]:
    found = {row.status for row in edition.participation}
    return [status for status in STATUS_MARKS if status in found] + sorted(found - set(STATUS_MARKS))


def _dots(edition: Edition, height: int) -> dict[str, Any]:
    placed, middles, names, row = [], [], [], 0
    for department_id, people in by_department(edition).items():
        if not people:
            continue
        placed += [(row + n, person) for n, person in enumerate(people)]
        middles.append(row + (len(people) - 1) / 2)
        names.append(label(edition.case.company.department[department_id].name))
        row += len(people) + GAP_ROWS
    traces = [_bands(placed)] + [_marks(edition, placed, status) for status in _statuses(edition)]
    # The second axis repeats the hours above the chart; plotly draws an axis only when a trace lies on it.
    traces.append(go.Scatter(x=[None], y=[None], xaxis="x2", showlegend=False, hoverinfo="skip"))
    furthest = max((max(person.minutes, person.band.band_max) for _, person in placed), default=60) / 60
    hours_axis = {"range": [-0.15, furthest + 0.25], "fixedrange": True, "zeroline": False, "ticksuffix": " h"}
    layout = {
        "xaxis": hours_axis,
        "xaxis2": {**hours_axis, "side": "top", "overlaying": "x", "anchor": "y", "showgrid": False},
        "yaxis": {
            "range": [row - GAP_ROWS + 0.5, -1.5],
            "tickvals": middles,
            "ticktext": names,
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        "legend": {"y": 1, "yref": "container", "yanchor": "top"},
        "margin": {"t": 56, "b": 28},
    }
    return drawn(traces, layout, height)


def _bands(placed: list[tuple[int, Participation]]) -> Any:
    x: list[float | None] = []
    y: list[int | None] = []
    for row, person in placed:
        if person.band.eligible and person.band.band_min <= person.band.band_max:
            x += [person.band.band_min / 60, person.band.band_max / 60, None]
            y += [row, row, None]
    line = {"color": RULE, "width": ROW_PX - 3}
    return go.Scatter(x=x, y=y, mode="lines", line=line, name="band", hoverinfo="skip")


def _marks(edition: Edition, placed: list[tuple[int, Participation]], status: str) -> Any:
    chosen = [(row, person) for row, person in placed if person.status == status]
    colour, symbol = STATUS_MARKS.get(status, ("#8A8F98", "diamond"))
    return go.Scatter(
        x=[person.minutes / 60 for _, person in chosen],
        y=[row for row, _ in chosen],
        mode="markers",
        name=label(status),
        marker={"color": colour, "symbol": symbol, "size": 7},
        customdata=[[person.employee_id, person.minutes] for _, person in chosen],
        hovertext=[_hover(edition, person) for _, person in chosen],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _hover(edition: Edition, row: Participation) -> str:
    person, band = edition.case.company.employee[row.employee_id], row.band
    ends = f"{hours(band.band_min)} to {hours(band.band_max)}"
    if band.band_min > band.band_max:
        ends = "nothing on the grid fits"
    lines = [
        f"<b>{label(person.name)}</b> ({label(person.employee_id)})",
        f"{hours(row.minutes)}, band {ends}" if band.eligible else "no band this week",
        f"{row.status}{': ' if row.reason else ''}{label(row.reason)}",
        f"carried {hours(row.debt_minutes)}",
    ]
    return "<br>".join(lines)


def _counts(edition: Edition, height: int) -> dict[str, Any]:
    groups = by_department(edition)
    departments = edition.case.company.departments
    names = distinct([row.name for row in departments], [row.department_id for row in departments])
    traces = []
    for status in _statuses(edition):
        counted = [sum(row.status == status for row in rows) for rows in groups.values()]
        colour = STATUS_MARKS.get(status, ("#8A8F98", ""))[0]
        marker = {"color": colour, "pattern": {"shape": "/" if status == "away" else ""}}
        hover = f"<b>%{{y}}</b><br>%{{x}} {label(status)}<extra></extra>"
        traces.append(
            go.Bar(x=counted, y=names, orientation="h", name=label(status), marker=marker, hovertemplate=hover)
        )
    layout = {
        "barmode": "stack",
        "xaxis": {"title": {"text": "people"}, "fixedrange": True},
        "yaxis": {"type": "category", "autorange": "reversed", "fixedrange": True},
    }
    return drawn(traces, layout, height)
