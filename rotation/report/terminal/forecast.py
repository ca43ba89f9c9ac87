"""A forecast as a table: each queue's week with its course by day, its uncertainty, and how the backtest went."""

from __future__ import annotations

import numpy as np
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from rotation.demand.methods import BASELINE
from rotation.demand.week_forecast import WeekForecast
from rotation.report.spelling import WEEKDAYS, decimal, plain, share
from rotation.timegrid import Horizon

BARS = " ▁▂▃▄▅▆▇█"


def forecast_table(found: WeekForecast, horizon: Horizon) -> Table:
    """One week of a forecast.

    Args:
        found: the forecast.
        horizon: the week that is shown.
    """
    table = Table(
        title=f"Calls expected in {horizon.week}", title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0)
    )
    table.add_column("Queue", overflow="fold", min_width=8)
    table.add_column("Method", overflow="fold")
    for heading in ("Calls", "± rate", "AHT", "WAPE", "naive", "Bias"):
        table.add_column(heading, justify="right", no_wrap=True)
    days = horizon.days()
    table.add_column("  ".join(WEEKDAYS[day.weekday()][0] + " " * 2 for day in days), no_wrap=True)
    inside = (found.table["start"] >= horizon.start) & (found.table["start"] < horizon.end)
    for key, rows in found.table[inside].groupby("queue_id", sort=False):
        queue = found.queues.get(str(key))
        score = queue.scores.get(queue.method) if queue else None
        naive = queue.scores.get(BASELINE) if queue else None
        worse = queue is not None and queue.is_worse_than_naive
        table.add_row(
            plain(str(key)),
            queue.method if queue else "adjustments",
            decimal(float(rows["calls"].sum()), 0),
            share(float(rows["rate_cv"].mean())),
            f"{rows['aht_s'].mean():.0f} s",
            Text(_percent(score.wape if score else None), style="bold red" if worse else ""),
            _percent(naive.wape if naive else None),
            _percent(score.bias if score else None),
            _course(rows, horizon),
        )
    return table


def _percent(value: float | None) -> str:
    return "–" if value is None or np.isnan(value) else f"{value:+.1%}" if value < 0 else f"{value:.1%}"


def _course(rows: object, horizon: Horizon) -> str:
    """A bar a block of four hours, each day apart, scaled to the week's peak."""
    local = rows["start"].dt.tz_convert(horizon.zone)  # type: ignore[index]
    blocks = rows["calls"].groupby([local.dt.date, local.dt.hour // 4]).sum()  # type: ignore[index]
    peak = max(float(blocks.max()), 1e-9) if len(blocks) else 1.0
    cells = []
    for day in horizon.days():
        text = ""
        for block in range(6):
            value = blocks.get((day, block))
            text += " " if value is None else BARS[max(1, round(8 * float(value) / peak))]
        cells.append(text[1:])
    return "".join(cells)
