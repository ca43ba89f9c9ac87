"""Coverage of each queue: day by time of day, coloured from shortage over exact to surplus; closed times blank."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from rotation.plan import Edition
from rotation.report.clock_columns import clock_columns, column_key
from rotation.report.figures.picture import Picture, drawn
from rotation.report.figures.theme import CLIP
from rotation.report.spelling import MINUS, agent_hours, clock, day, offset, whole

MANY_COLUMNS = 36
HOVER = (
    "<b>%{y}, %{customdata[3]}</b><br>required %{customdata[0]}<br>core staff %{customdata[1]}"
    "<br>assigned %{customdata[2]}<br>balance %{z:+d}<extra></extra>"
)


def coverage_pictures(edition: Edition) -> tuple[Picture, ...]:
    """One heat map for each queue, in the order of the queues."""
    return tuple(_picture(edition, number) for number in range(len(edition.case.company.queues)))


def balance(edition: Edition, queue: int) -> list[int]:
    """For each interval missing agents (negative), surplus agents (positive) or 0."""
    coverage = edition.coverage
    values: list[int] = (coverage.surplus[queue] - coverage.shortage[queue]).tolist()
    return values


def _picture(edition: Edition, number: int) -> Picture:
    case, queue = edition.case, edition.case.company.queues[number]
    caption = _caption(edition, number)
    height = 28 + 27 * len(case.horizon.days()) + 16
    return Picture(
        picture_id=f"coverage-{number}",
        title=queue.name,
        caption=caption,
        alt=f"Heat map of the coverage of the queue {queue.name}, one row a day, one column an interval. {caption}",
        height_px=height,
        figure=_figure(edition, number, height),
    )


def _figure(edition: Edition, number: int, height: int) -> dict[str, Any]:
    case, coverage = edition.case, edition.coverage
    horizon, open_now = case.horizon, np.flatnonzero(case.is_open[number]).tolist()
    local = {index: horizon.local(index) for index in open_now}
    columns = clock_columns(local.values())
    place = {column.key: n for n, column in enumerate(columns)}
    row_of = horizon.day_numbers()
    shape = (len(horizon.days()), len(columns))
    z: list[list[int | None]] = [[None] * shape[1] for _ in range(shape[0])]
    custom: list[list[Any]] = [[None] * shape[1] for _ in range(shape[0])]
    text = [[""] * shape[1] for _ in range(shape[0])]
    counts = np.stack((coverage.required[number], coverage.core[number], coverage.assigned[number]), axis=1).tolist()
    values = balance(edition, number)
    for index in open_now:
        row, column = row_of[index], place[column_key(local[index])]
        z[row][column] = values[index]
        custom[row][column] = [*counts[index], f"{clock(local[index])} ({offset(local[index])})"]
        text[row][column] = _signed(values[index])
    trace = go.Heatmap(
        z=z,
        x=[column.label for column in columns],
        y=[day(date) for date in horizon.days()],
        customdata=custom,
        text=text,
        texttemplate="%{text}",
        hovertemplate=HOVER,
        hoverongaps=False,
        coloraxis="coloraxis",
        xgap=1,
        ygap=2,
    )
    return drawn([trace], _layout([column.label for column in columns]), height)


def _signed(value: int) -> str:
    return f"{MINUS if value < 0 else '+'}{abs(value)}" if value else ""


def _layout(labels: list[str]) -> dict[str, Any]:
    hourly = [text for text in labels if text[3:5] == "00"]
    # Around the clock there is room for the hour alone.
    shown = [text.replace(":00", "", 1) for text in hourly] if len(labels) > MANY_COLUMNS else hourly
    axis = {"type": "category", "tickvals": hourly, "ticktext": [text.replace(" ", "<br>") for text in shown]}
    return {
        "coloraxis": {"cmin": -CLIP - 0.5, "cmax": CLIP + 0.5},
        "xaxis": {**axis, "tickangle": 0, "tickfont": {"size": 11}, "showgrid": False, "fixedrange": True},
        "yaxis": {"type": "category", "autorange": "reversed", "showgrid": False, "fixedrange": True},
        "margin": {"t": 8},
        "uniformtext": {"minsize": 8, "mode": "hide"},
    }


def _caption(edition: Edition, number: int) -> str:
    case, step = edition.case, edition.case.horizon.interval_min
    shortage, asked = edition.coverage.shortage[number], case.missing[number]
    if not case.is_open[number].any():
        return "Closed all week."
    surplus = agent_hours(int(edition.coverage.surplus[number].sum()) * step)
    if not shortage.any():
        return f"Nobody missing; {agent_hours(int(asked.sum()) * step)} asked of the rotation, {surplus} above it."
    worst = int(shortage.argmax())
    local = case.horizon.local(worst)
    at = f"{day(local.date())} {clock(local)}"
    return (
        f"{agent_hours(int(shortage.sum()) * step)} missing of {agent_hours(int(asked.sum()) * step)} asked of the "
        f"rotation, {surplus} above it. Worst: {at}, {whole(int(shortage[worst]))} missing."
    )
