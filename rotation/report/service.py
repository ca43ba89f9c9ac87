"""What the simulation says of a week, in rows and pictures: for the terminal, for service.csv and for the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from rotation.company import Company
from rotation.report.clock_columns import clock_columns, column_key
from rotation.report.figures.picture import Picture, drawn
from rotation.report.spelling import clock, day, offset, share
from rotation.simulate.formula import disagreements
from rotation.simulate.kernel.arrays import OFFERED
from rotation.simulate.outcome import Outcome
from rotation.simulate.scenario import Traffic
from rotation.timegrid import Horizon

LEAST_CALLS = 25
"""Simulated calls below which an interval's level says nothing."""
COLUMNS = (
    "queue_id", "start", "calls", "agents", "service_level", "half_width", "formula", "differs", "asa_s", "abandonment",
    "occupancy", "first_contact_resolution",
)  # fmt: skip
HOVER = (
    "<b>%{y}, %{customdata[0]}</b><br>answered in time %{z:.0%} ± %{customdata[1]}<br>formula %{customdata[2]}"
    "<br>agents %{customdata[3]}, calls %{customdata[4]}<extra></extra>"
)


@dataclass(frozen=True, eq=False)
class Service:
    """A simulated week with what it is held against.

    Args:
        company: queues and targets.
        horizon: the week.
        traffic: what it brought.
        agents: on the rota, core staff included, (queues, intervals).
        outcome: what happened.
        formula: what the formula promised, (queues, intervals).
        required: agents asked for, (queues, intervals); None where nobody asked.
    """

    company: Company
    horizon: Horizon
    traffic: Traffic
    agents: Any
    outcome: Outcome
    formula: Any
    required: Any = None

    def target(self) -> Any:
        """Each queue's target as a share, (queues,)."""
        return np.array([queue.service_level_pct / 100 for queue in self.company.queues])

    def suffices(self) -> Any:
        """Open intervals with calls enough to judge and all agents asked for, Boolean, (queues, intervals)."""
        level = self.outcome.by_interval("service_level")
        enough = self.agents >= (0 if self.required is None else self.required)
        often = self.outcome.sums.first[:, :, OFFERED] >= LEAST_CALLS
        return self.traffic.is_open & ~np.isnan(level) & enough & often

    def missed(self) -> Any:
        """Intervals where people suffice and the target is missed all the same, Boolean, (queues, intervals)."""
        with np.errstate(invalid="ignore"):
            return self.suffices() & (self.outcome.by_interval("service_level") < self.target()[:, None])

    def disagreements(self) -> Any:
        """Intervals where formula and simulation differ notably, Boolean, (queues, intervals)."""
        return disagreements(self.outcome, self.formula)


def service_rows(service: Service) -> Iterator[tuple[Any, ...]]:
    """Rows of service.csv in the columns of :data:`COLUMNS`: every open interval, shares at four decimals."""
    outcome, starts = service.outcome, [service.horizon.local(n) for n in range(service.horizon.intervals)]
    calls, half, differs = outcome.calls(), outcome.half_width(), service.disagreements()
    level, formula = outcome.by_interval("service_level"), service.formula
    rest = [outcome.by_interval(name) for name in ("asa_s", "abandonment", "occupancy", "first_contact_resolution")]
    for q, queue in enumerate(service.company.queues):
        for t in np.flatnonzero(service.traffic.is_open[q]):
            yield (
                queue.queue_id, starts[t].isoformat(), f"{calls[q, t]:.3f}", int(service.agents[q, t]),
                *(_number(table[q, t]) for table in (level, half, formula)), int(differs[q, t]),
                *(_number(table[q, t]) for table in rest),
            )  # fmt: skip


def _number(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.4f}"


def service_pictures(service: Service, prefix: str = "service") -> tuple[Picture, ...]:
    """A heat map of the expected service level for each queue: day by time of day."""
    return tuple(_picture(service, number, prefix) for number in range(len(service.company.queues)))


def _picture(service: Service, number: int, prefix: str) -> Picture:
    queue = service.company.queues[number]
    level, half = service.outcome.by_queue("service_level")
    target = queue.service_level_pct / 100
    caption = "No call is expected this week."
    if not np.isnan(level[number]):
        waits, gone = (service.outcome.by_queue(name)[0][number] for name in ("asa_s", "abandonment"))
        caption = (
            f"{share(level[number])} (± {share(half[number])}) of the callers answered within "
            f"{queue.service_level_s:g} s, target {share(target)}; answered after {waits:.0f} s, {share(gone)} give up."
        )
    height = 28 + 27 * len(service.horizon.days()) + 16
    return Picture(
        picture_id=f"{prefix}-{number}",
        title=queue.name,
        caption=caption,
        alt=f"Heat map of the expected service level of the queue {queue.name}. {caption}",
        height_px=height,
        figure=_figure(service, number, height, target),
    )


def _figure(service: Service, number: int, height: int, target: float) -> dict[str, Any]:
    horizon = service.horizon
    level, half = service.outcome.by_interval("service_level"), service.outcome.half_width()
    calls, differs = service.outcome.calls(), service.disagreements()
    open_now = np.flatnonzero(service.traffic.is_open[number]).tolist()
    local = {index: horizon.local(index) for index in open_now}
    columns = clock_columns(local.values())
    place = {column.key: n for n, column in enumerate(columns)}
    shape, row_of = (len(horizon.days()), len(columns)), horizon.day_numbers()
    z: list[list[float | None]] = [[None] * shape[1] for _ in range(shape[0])]
    custom: list[list[Any]] = [[None] * shape[1] for _ in range(shape[0])]
    text = [[""] * shape[1] for _ in range(shape[0])]
    for index in open_now:
        value = level[number, index]
        if np.isnan(value):
            continue
        row, column = row_of[index], place[column_key(local[index])]
        z[row][column] = round(float(value), 4)
        promised = service.formula[number, index]
        custom[row][column] = [
            f"{clock(local[index])} ({offset(local[index])})",
            share(half[number, index]),
            "–" if np.isnan(promised) else share(promised),
            int(service.agents[number, index]),
            f"{calls[number, index]:.1f}",
        ]
        text[row][column] = f"{100 * value:.0f}" + ("*" if differs[number, index] else "")
    trace = go.Heatmap(
        z=z, x=[column.label for column in columns], y=[day(date) for date in horizon.days()], customdata=custom,
        text=text, texttemplate="%{text}", hovertemplate=HOVER, hoverongaps=False, coloraxis="coloraxis", xgap=1,
        ygap=2,
    )  # fmt: skip
    hourly = [column.label for column in columns if column.label[3:5] == "00"]
    # Seven steps as for coverage: the middle one begins at the target, so that orange is below it, blue above.
    reach = 0.3
    layout = {
        "coloraxis": {"cmin": target - reach * 3 / 7, "cmax": target + reach * 4 / 7},
        "xaxis": {"type": "category", "tickvals": hourly, "ticktext": [t[:2] for t in hourly], "tickangle": 0,
                  "tickfont": {"size": 11}, "showgrid": False, "fixedrange": True},
        "yaxis": {"type": "category", "autorange": "reversed", "showgrid": False, "fixedrange": True},
        "margin": {"t": 8},
        "uniformtext": {"minsize": 8, "mode": "hide"},
    }  # fmt: skip
    return drawn([trace], layout, height)
