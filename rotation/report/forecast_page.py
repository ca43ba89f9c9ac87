"""The forecast's page: what came, what is expected and how far it may be off, queue by queue."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import plotly.graph_objects as go

from rotation.demand.methods import BASELINE
from rotation.demand.week_forecast import WeekForecast
from rotation.report.figures.picture import Picture, drawn
from rotation.report.figures.theme import BLUE, GREY, ORANGE
from rotation.report.picture_page import Grid, Section, picture_page
from rotation.report.spelling import decimal, share
from rotation.timegrid import Horizon

HEIGHT_PX = 340
SHOWN_DAYS = 21
BACKTEST_HEADER = ("Queue, method", "Weeks judged", "WAPE", "Bias", "80 % interval held", "Rate's spread", "Used")


def forecast_page(found: WeekForecast, horizons: tuple[Horizon, ...]) -> bytes:
    """Render the page of a forecast.

    Args:
        found: the forecast.
        horizons: its weeks.
    """
    first, last = horizons[0].week, horizons[-1].week
    weeks = str(first) if first == last else f"{first} to {last}"
    sections = [
        Section("Calls", ("Bars of time that came, the line that is expected, and the band that holds 80 % of the "
                          "calls if the past is a guide.",), (), _pictures(found, horizons)),
        Section("Backtest", ("Each past week was forecast from what was known before it. WAPE is the sum of absolute "
                             "errors over the sum of calls, bias is positive when too many calls were expected.",),
                (Grid("Backtest of the last weeks, one week ahead", BACKTEST_HEADER, backtest_rows(found)),)),
        Section("What to know", found.notes() or ("Nothing special.",)),
    ]  # fmt: skip
    return picture_page(f"Calls expected {weeks}", f"On the site's clock ({horizons[0].zone_name})", sections)


def backtest_rows(found: WeekForecast) -> tuple[tuple[str, ...], ...]:
    """The backtest in words, one row for each queue and method."""
    rows = []
    for key, queue in found.queues.items():
        for name, score in sorted(queue.scores.items(), key=lambda item: item[1].wape):
            used = "used" if name == queue.method else "baseline" if name == BASELINE else ""
            wape, bias = ("–" if np.isnan(value) else share(value) for value in (score.wape, score.bias))
            cv = score.cv
            rows.append((f"{key} {name}", str(score.origins), wape, bias, share(score.coverage(cv)), share(cv), used))
    return tuple(rows)


def _pictures(found: WeekForecast, horizons: tuple[Horizon, ...]) -> tuple[Picture, ...]:
    zone = horizons[0].zone
    pictures = []
    for number, (key, rows) in enumerate(found.table.groupby("queue_id", sort=False)):
        local = rows["start"].dt.tz_convert(zone).dt.strftime("%Y-%m-%dT%H:%M").tolist()
        calls = float(rows["calls"].sum())
        # Open intervals of different days are no neighbours: a gap in time must not be bridged by a line.
        gap = (rows["start"].diff().dt.total_seconds() > horizons[0].interval_min * 60).to_numpy()
        traces = [*_past(found, str(key)), *_ahead(rows, local, gap)]
        layout = {
            "xaxis": {"title": {"text": "site's clock"}},
            "yaxis": {"title": {"text": "calls an interval"}, "rangemode": "tozero", "fixedrange": True},
            "hovermode": "x unified",
            "dragmode": "zoom",
        }
        queue = found.queues.get(str(key))
        method = queue.method if queue else "adjustments alone"
        caption = f"{decimal(calls, 0)} calls expected, by {method}."
        alt = f"Line chart of calls of the queue {key}: the last weeks and the forecast with its 80 % band. {caption}"
        pictures.append(
            Picture(f"forecast-{number}", str(key), caption, alt, HEIGHT_PX, drawn(traces, layout, HEIGHT_PX))
        )
    return tuple(pictures)


def _ahead(rows: Any, local: list[str], gap: Any) -> list[Any]:
    def parted(values: Any) -> tuple[list[str | None], list[float | None]]:
        x: list[str | None] = []
        y: list[float | None] = []
        for at, value, parts in zip(local, values.tolist(), gap.tolist(), strict=True):
            if parts:
                x.append(None)
                y.append(None)
            x.append(at)
            y.append(round(float(value), 3))
        return x, y

    styles = (
        ("calls_p90", "90 % quantile", {"color": ORANGE, "width": 0.8, "dash": "dot"}),
        ("calls_p10", "10 % quantile", {"color": ORANGE, "width": 0.8, "dash": "dot"}),
        ("calls", "expected", {"color": ORANGE, "width": 2}),
    )
    traces = []
    for column, name, line in styles:
        x, y = parted(rows[column])
        traces.append(go.Scatter(x=x, y=y, name=name, mode="lines", line=line, connectgaps=False))
    return traces


def _past(found: WeekForecast, queue_id: str) -> list[Any]:
    series = found.series.get(queue_id)
    if series is None:
        return []
    x: list[str] = []
    y: list[float | None] = []
    step = 1440 // series.slots
    for day in range(max(0, len(series.days) - SHOWN_DAYS), len(series.days)):
        midnight = dt.datetime.combine(series.days.date(day), dt.time())
        for slot in range(series.slots):
            value = series.calls[day, slot]
            if not np.isnan(value) or (y and y[-1] is not None):
                x.append((midnight + dt.timedelta(minutes=slot * step)).strftime("%Y-%m-%dT%H:%M"))
                y.append(None if np.isnan(value) else round(float(value), 3))
    colour = {"color": BLUE if y else GREY, "width": 1}
    return [go.Scatter(x=x, y=y, name="came", mode="lines", line=colour, connectgaps=False)]
