"""The staffing requirement of one week: opening hours, calls, required agents and core staff laid on its intervals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from rotation.company import Company, OpeningHours
from rotation.demand.profile import weekday_profile
from rotation.demand.staffing import requirement
from rotation.errors import InputFault, InputFaults
from rotation.timegrid import Horizon

Matrix = npt.NDArray[Any]


@dataclass(frozen=True)
class WeekDemand:
    """What a week asks for; every array has the shape (queues, intervals).

    Args:
        is_open: whether the queue is open.
        calls: expected, NaN where only agents are given.
        aht_s: average handle time, seconds.
        required: agents on the rota, shrinkage included.
        core: agents there already.
        source: where each number comes from: ``closed``, ``required``, ``demand`` or ``forecast``.
    """

    is_open: Matrix
    calls: Matrix
    aht_s: Matrix
    required: Matrix
    core: Matrix
    source: Matrix


def week_demand(company: Company, horizon: Horizon) -> WeekDemand:
    """Read the requirement of a week off the company's tables.

    ``required`` rows override; otherwise agents are staffed for the calls of ``demand``, and where these are missing
    for calls forecast from the history. On a public holiday of the site a queue without any row of its own for that
    day is closed.

    Args:
        company: the tables.
        horizon: the week.

    Raises:
        InputFaults: open intervals have neither required agents nor calls nor a comparable history.
    """
    is_open = _opening(company, horizon)
    shape = is_open.shape
    given = _laid(company, horizon, ((r.queue_id, r.start, r.agents) for r in company.required))
    calls = _laid(company, horizon, ((r.queue_id, r.start, r.calls) for r in company.demand))
    is_open &= ~(_holidays(company, horizon)[None, :] & _silent_days(horizon, given, calls))
    source = np.full(shape, "closed", dtype=object)
    source[is_open] = "missing"
    source[is_open & ~np.isnan(calls)] = "demand"
    source[is_open & ~np.isnan(given)] = "required"
    _forecast(company, horizon, calls, source)
    _complain(company, horizon, source)
    aht = np.repeat(np.array([[queue.aht_s] for queue in company.queues], dtype=float), shape[1], axis=1)
    own = _laid(company, horizon, ((r.queue_id, r.start, r.aht_s) for r in company.demand if r.aht_s is not None))
    aht = np.where(np.isnan(own), aht, own)
    agents = _staffed(company, horizon, np.where(source == "required", 0.0, calls), is_open, aht)
    agents = np.where(source == "required", np.nan_to_num(given), agents)
    core = np.nan_to_num(_laid(company, horizon, ((r.queue_id, r.start, r.agents) for r in company.core_staff)))
    return WeekDemand(is_open, calls, aht, agents.astype(np.int32), core.astype(np.int32), source)


def _laid(company: Company, horizon: Horizon, rows: Iterable[tuple[str, Any, float]]) -> Matrix:
    """Values by queue and interval, NaN where there is none; rows of other weeks are left out."""
    index = {queue.queue_id: n for n, queue in enumerate(company.queues)}
    table = np.full((len(company.queues), horizon.intervals), np.nan)
    start, step, count = horizon.start, horizon.step, horizon.intervals
    for queue_id, at, value in rows:
        n = (at - start) // step
        if 0 <= n < count:
            table[index[queue_id], n] = value
    return table


def _opening(company: Company, horizon: Horizon) -> Matrix:
    index = {queue.queue_id: n for n, queue in enumerate(company.queues)}
    cells = np.zeros((len(company.queues), horizon.intervals), dtype=np.bool_)
    for queue_id, n in index.items():
        rows = [row for row in company.opening_hours if row.queue_id == queue_id]

        def opened(day: dt.date, rows: list[OpeningHours] = rows) -> list[tuple[int, int]]:
            return [(row.open_min, row.close_min) for row in rows if row.weekday == day.weekday()]

        for first, last in horizon.clock_spans(horizon.days(), opened, horizon.zone):
            cells[n, first:last] = True
    return cells


def _holidays(company: Company, horizon: Horizon) -> Matrix:
    names = company.holidays.get(company.policy.region, {})
    return np.array([horizon.local(n).date() in names for n in range(horizon.intervals)], dtype=np.bool_)


def _silent_days(horizon: Horizon, given: Matrix, calls: Matrix) -> Matrix:
    """Cells of days on which a queue has no row at all."""
    day = np.array(horizon.day_numbers())
    silent = np.ones(given.shape, dtype=np.bool_)
    for number in np.unique(day):
        cells = day == number
        spoken = ~(np.isnan(given[:, cells]).all(axis=1) & np.isnan(calls[:, cells]).all(axis=1))
        silent[np.ix_(spoken, cells)] = False
    return silent


def _forecast(company: Company, horizon: Horizon, calls: Matrix, source: Matrix) -> None:
    """Fill missing calls from the history where it has comparable weeks."""
    lacking = np.argwhere(source == "missing")
    if not len(lacking) or not company.call_history:
        return
    history = pd.DataFrame(
        [(row.queue_id, row.start, row.offered) for row in company.call_history],
        columns=["queue_id", "start", "offered"],
    )
    targets = pd.DataFrame(
        [(company.queues[q].queue_id, horizon.instant(int(t))) for q, t in lacking], columns=["queue_id", "start"]
    )
    for table in (history, targets):
        table["start"] = pd.to_datetime(table["start"], utc=True)
    free = company.holidays.get(company.policy.region, {})
    forecast = weekday_profile(history, targets, zone=horizon.zone, holidays=tuple(free), known_until=horizon.start)
    for (q, t), value in zip(lacking, forecast.table["calls"], strict=True):
        if not np.isnan(value):
            calls[q, t], source[q, t] = value, "forecast"


def _complain(company: Company, horizon: Horizon, source: Matrix) -> None:
    faults = []
    for q, queue in enumerate(company.queues):
        lacking = np.flatnonzero(source[q] == "missing")
        if len(lacking):
            first = horizon.local(int(lacking[0])).isoformat(timespec="minutes")
            faults.append(
                InputFault(
                    "demand.csv",
                    0,
                    "calls",
                    "",
                    f"{queue.queue_id} has no calls for {len(lacking)} open intervals of {horizon.week}, "
                    f"the first at {first}",
                    "rows in demand.csv or required.csv, or call_history.csv with the same weekday in the last weeks; "
                    "write 0 where nobody is expected to call",
                )
            )
    if faults:
        raise InputFaults(faults)


def _staffed(company: Company, horizon: Horizon, calls: Matrix, is_open: Matrix, aht: Matrix) -> Matrix:
    def column(name: str, kind: type = float) -> Matrix:
        values = [getattr(queue, name) for queue in company.queues]
        return np.array([[np.nan if value is None else value] for value in values], dtype=kind)

    if not company.queues:
        return np.zeros(is_open.shape, dtype=np.int64)
    return requirement(
        calls,
        np.where(is_open, horizon.interval_min * 60.0, 0.0),
        aht,
        service_level_pct=column("service_level_pct"),
        service_level_s=column("service_level_s"),
        patience_s=column("patience_s"),
        max_occupancy_pct=column("max_occupancy_pct"),
        shrinkage_pct=column("shrinkage_pct"),
        min_agents=column("min_agents", int),
    )
