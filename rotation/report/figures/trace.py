"""Search progress: the best plan's points and the proven bound over time."""

from __future__ import annotations

import plotly.graph_objects as go

from rotation.plan import Edition
from rotation.report.figures.picture import Picture, drawn, label
from rotation.report.figures.theme import BLUE, ORANGE
from rotation.report.spelling import decimal, share, whole

HEIGHT_PX = 300


def trace_picture(edition: Edition) -> Picture | None:
    """Objective and bound over time, or None when the search left no trace.

    A reproducible search carries no seconds; its steps are numbered instead.
    """
    search = edition.search
    if not search.trace:
        return None
    timed = len({point.seconds for point in search.trace}) > 1
    x = [point.seconds for point in search.trace] if timed else list(range(1, len(search.trace) + 1))
    found = [(at, point) for at, point in zip(x, search.trace, strict=True) if point.objective is not None]
    phases = [label(point.phase) for point in search.trace]
    best = go.Scatter(
        x=[at for at, _ in found],
        y=[point.objective for _, point in found],
        customdata=[label(point.phase) for _, point in found],
        mode="lines+markers",
        line={"shape": "hv", "color": ORANGE, "width": 2},
        name="best plan",
        hovertemplate="best plan %{y:,} points<br>%{customdata}<extra></extra>",
    )
    bound = go.Scatter(
        x=x,
        y=[point.bound for point in search.trace],
        customdata=phases,
        mode="lines+markers",
        line={"shape": "hv", "color": BLUE, "width": 2, "dash": "dot"},
        marker={"symbol": "square"},
        name="proven bound",
        hovertemplate="bound %{y:,} points<br>%{customdata}<extra></extra>",
    )
    layout = {
        "xaxis": {"title": {"text": "seconds" if timed else "step"}, "fixedrange": True},
        "yaxis": {"title": {"text": "points"}, "rangemode": "tozero", "fixedrange": True},
        "hovermode": "x unified",
    }
    caption = (
        f"From the bound of {whole(search.lower_bound)} to the plan of {whole(search.objective)} points: "
        f"a proven gap of {share(search.gap)}"
        + (f" after {decimal(search.seconds, 1)} seconds." if search.seconds else ".")
    )
    alt = f"Line chart of the best plan's points and of the proven bound. {caption}"
    return Picture("trace", "Search progress", caption, alt, HEIGHT_PX, drawn([best, bound], layout, HEIGHT_PX))
