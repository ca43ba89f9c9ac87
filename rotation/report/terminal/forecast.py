"""A forecast as a table: each queue's week with its course by day, its uncertainty, and how the backtest went."""

from __future__ import annotations

import numpy as np
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from rotation.demand.methods import BASELINE
from rotation.demand.week_forecast import WeekForecast
from rotation.report.spelling import WEEKDAYS, decimal, plain
from rotation.timegrid import Horizon

BARS = " ▁▂▃▄▅▆▇█"
CAPTION = "±: spread of the rate; WAPE, naive (last week again) and bias: backtest; bars: 06-12, 12-18, 18-24 o'clock"


def forecast_table(found: WeekForecast, horizon: Horizon) -> Table:
    """One week of a forecast.

    Args:
        found: the forecast.
        horizon: the week that is shown.
    """
    title = f"Calls expected in {horizon.week}"
    table = Table(title=title, caption=CAPTION, title_justify="left", caption_justify="left", box=SIMPLE_HEAD)
    table.padding = (0, 1, 0, 0)
    table.add_column("Queue, method", overflow="fold", min_width=13)
    for heading in ("Calls", "±", "AHT", "WAPE", "naive", "Bias"):
        table.add_column(heading, justify="right", no_wrap=True)
    days = horizon.days()
    table.add_column(" ".join(WEEKDAYS[day.weekday()] for day in days), no_wrap=True)
    inside = (found.table["start"] >= horizon.start) & (found.table["start"] < horizon.end)
    for key, rows in found.table[inside].groupby("queue_id", sort=False):
        queue = found.queues.get(str(key))
        score = queue.scores.get(queue.method) if queue else None
        naive = queue.scores.get(BASELINE) if queue else None
        worse = queue is not None and queue.is_worse_than_naive
        table.add_row(
            f"{plain(str(key))}\n {queue.method if queue else 'adjustments'}",
            decimal(float(rows["calls"].sum()), 0),
            f"{rows['rate_cv'].mean():.0%}",
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
    """Bars of the morning, the afternoon and the evening of each day, scaled to the week's peak."""
    local = rows["start"].dt.tz_convert(horizon.zone)  # type: ignore[index]
    blocks = rows["calls"].groupby([local.dt.date, local.dt.hour // 6]).sum()  # type: ignore[index]
    peak = max(float(blocks.max()), 1e-9) if len(blocks) else 1.0
    cells = []
    for day in horizon.days():
        text = ""
        for block in (1, 2, 3):
            value = blocks.get((day, block))
            text += " " if value is None else BARS[max(1, round(8 * float(value) / peak))]
        cells.append(text)
    return " ".join(cells)
