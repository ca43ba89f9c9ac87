"""Forecasts of all queues laid on the intervals of the weeks to come, with quantiles and a planner's adjustments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from rotation.company import Adjustment, Company
from rotation.demand.company_history import Past, days_of, open_by_weekday, series_by_queue, slot_of
from rotation.demand.forecast import AUTO, QueueForecast, forecast_queue
from rotation.demand.handle_time import HandleTime, handle_time
from rotation.demand.methods import methods
from rotation.demand.series import Series
from rotation.demand.uncertainty import call_quantile
from rotation.errors import UsageFault
from rotation.timegrid import Horizon

QUANTILES = (0.1, 0.5, 0.8, 0.9)
COLUMNS = (
    "queue_id",
    "start",
    "calls",
    *(f"calls_p{int(100 * q)}" for q in QUANTILES),
    "rate_cv",
    "aht_s",
    "aht_p10_s",
    "aht_p90_s",
    "statistical_calls",
    "method",
    "adjustment",
)
NO_HISTORY = "no history at all"


@dataclass(frozen=True, eq=False)
class WeekForecast:
    """Forecasts of some weeks.

    Args:
        table: one row for each open interval that has a forecast, in the columns of :data:`COLUMNS`, by queue and time.
        gaps: open intervals without, as (queue_id, start).
        queues: how each queue was forecast, by id.
        series: the histories, by queue id.
    """

    table: pd.DataFrame
    gaps: tuple[tuple[str, dt.datetime], ...]
    queues: Mapping[str, QueueForecast]
    series: Mapping[str, Series]

    def notes(self) -> tuple[str, ...]:
        """What a planner should know, each with its queue."""
        return tuple(f"{key}: {note}" for key, found in self.queues.items() for note in found.notes)


def forecast_weeks(
    company: Company,
    past: Past,
    weeks: Sequence[tuple[Horizon, Any]],
    method: str = AUTO,
) -> WeekForecast:
    """Forecast every open interval of some weeks.

    Args:
        company: queues, opening hours, special days, adjustments.
        past: the history; only what lies before the first week is used.
        weeks: horizons in the order of time, each with its open intervals, a Boolean array (queues, intervals).
        method: a method's name, or ``auto`` for each queue's best by backtest.

    Raises:
        UsageFault: there is no such method.
    """
    if method != AUTO and method not in methods():
        raise UsageFault(f"there is no forecast method {method!r}; choose {AUTO} or {', '.join(methods())}")
    first = weeks[0][0].days()[0]
    count = (weeks[-1][0].days()[-1] - first).days + 1
    series = series_by_queue(company, past, first)
    before = past.before(weeks[0][0].start)
    found: dict[str, QueueForecast] = {}
    rows: list[tuple[Any, ...]] = []
    gaps: list[tuple[str, dt.datetime]] = []
    for number, queue in enumerate(company.queues):
        if queue.queue_id in series:
            ahead = days_of(company, queue.queue_id, first, count)
            wanted = open_by_weekday(company, queue.queue_id)[ahead.weekday]
            found[queue.queue_id] = forecast_queue(series[queue.queue_id], ahead, wanted, method)
        handling = handle_time(
            before.totals, queue.queue_id, weeks[0][0].zone, company.policy.interval_min, queue.aht_s
        )
        own = [row for row in company.adjustments if row.queue_id == queue.queue_id]
        for horizon, is_open in weeks:
            made, lacking = _rows(horizon, is_open[number], found.get(queue.queue_id), handling, own, queue.queue_id)
            rows += made
            gaps += lacking
    table = pd.DataFrame(rows, columns=["queue_id", "start", "calls", "rate_cv", "aht_s", "aht_p10_s", "aht_p90_s",
                                        "statistical_calls", "method", "adjustment"])  # fmt: skip
    for q in QUANTILES:
        table[f"calls_p{int(100 * q)}"] = call_quantile(table["calls"], table["rate_cv"], q)
    return WeekForecast(table[list(COLUMNS)], tuple(gaps), found, series)


def _rows(
    horizon: Horizon,
    is_open: Any,
    forecast: QueueForecast | None,
    handling: HandleTime,
    adjustments: Sequence[Adjustment],
    queue_id: str,
) -> tuple[list[tuple[Any, ...]], list[tuple[str, dt.datetime]]]:
    rows: list[tuple[Any, ...]] = []
    gaps: list[tuple[str, dt.datetime]] = []
    low, high = handling.quantile(0.1), handling.quantile(0.9)
    for index in np.flatnonzero(is_open):
        day, slot = slot_of(horizon, int(index))
        start = horizon.instant(int(index))
        expected, cv = float("nan"), 0.0
        if forecast is not None:
            number = (day - forecast.days.first).days
            expected, cv = float(forecast.calls[number, slot]), float(forecast.cv[number])
        adjusted = next((row for row in adjustments if row.start <= start < row.end), None)
        calls = _adjusted(expected, adjusted)
        if np.isnan(calls):
            if forecast is None or not forecast.is_closed(day):
                gaps.append((queue_id, start))
            continue
        rows.append(
            (queue_id, start, calls, cv, handling.by_slot[slot], low[slot], high[slot], expected,
             forecast.method if forecast else "", adjusted.reason if adjusted else "")
        )  # fmt: skip
    return rows, gaps


def _adjusted(calls: float, adjustment: Adjustment | None) -> float:
    if adjustment is None:
        return calls
    return adjustment.calls if adjustment.calls is not None else calls * (adjustment.factor or 0.0)
