"""The staffing requirement of one week: opening hours, calls, required agents and core staff laid on its intervals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from rotation.company import Company, OpeningHours
from rotation.demand.company_history import past_of
from rotation.demand.requirement import Basis, agents_for
from rotation.demand.speeds import speed_factors
from rotation.demand.week_forecast import forecast_weeks
from rotation.errors import InputFault, InputFaults
from rotation.timegrid import Horizon

Matrix = npt.NDArray[Any]


@dataclass(frozen=True)
class WeekDemand:
    """What a week asks for; every array has the shape (queues, intervals).

    Args:
        is_open: whether the queue is open.
        calls: expected, NaN where only agents are given.
        rate_cv: coefficient of variation of the expected calls, 0 where they are taken for certain.
        aht_s: average handle time, seconds.
        required: agents on the rota, shrinkage included.
        core: agents there already.
        source: where each number comes from: ``closed``, ``required``, ``demand`` or ``forecast``.
    """

    is_open: Matrix
    calls: Matrix
    rate_cv: Matrix
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
    is_open = opening(company, horizon)
    shape = is_open.shape
    given = _laid(company, horizon, ((r.queue_id, r.start, r.agents) for r in company.required))
    calls = _laid(company, horizon, ((r.queue_id, r.start, r.calls) for r in company.demand))
    is_open &= ~(_holidays(company, horizon)[None, :] & _silent_days(horizon, given, calls))
    source = np.full(shape, "closed", dtype=object)
    source[is_open] = "missing"
    source[is_open & ~np.isnan(calls)] = "demand"
    source[is_open & ~np.isnan(given)] = "required"
    aht = np.repeat(np.array([[queue.aht_s] for queue in company.queues], dtype=float), shape[1], axis=1)
    cv = np.nan_to_num(_laid(company, horizon, ((r.queue_id, r.start, r.rate_cv) for r in company.demand)))
    _forecast(company, horizon, is_open, calls, cv, aht, source)
    _complain(company, horizon, source)
    own = _laid(company, horizon, ((r.queue_id, r.start, r.aht_s) for r in company.demand if r.aht_s is not None))
    aht = np.where(np.isnan(own), aht, own)
    agents = _staffed(company, horizon, np.where(source == "required", 0.0, calls), cv, is_open, aht)
    agents = np.where(source == "required", np.nan_to_num(given), agents)
    core = np.nan_to_num(_laid(company, horizon, ((r.queue_id, r.start, r.agents) for r in company.core_staff)))
    return WeekDemand(is_open, calls, cv, aht, agents.astype(np.int32), core.astype(np.int32), source)


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


def opening(company: Company, horizon: Horizon) -> Matrix:
    """Whether each interval of a week lies inside a queue's opening hours, shape (queues, intervals)."""
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


def _forecast(
    company: Company, horizon: Horizon, is_open: Matrix, calls: Matrix, cv: Matrix, aht: Matrix, source: Matrix
) -> None:
    """Fill missing calls from the history where it says something of them."""
    lacking = is_open & np.isnan(calls)
    if not lacking.any() or not (company.call_history or company.adjustments):
        return
    method = company.policy.forecast.method
    found = forecast_weeks(company, past_of(company), [(horizon, lacking)], method)
    index = {queue.queue_id: n for n, queue in enumerate(company.queues)}
    names = ("queue_id", "start", "calls", "rate_cv", "aht_s")
    for queue_id, start, *numbers in zip(*(found.table[name].tolist() for name in names), strict=True):
        cell = index[queue_id], horizon.floor(start)
        calls[cell], cv[cell], aht[cell] = numbers
        # Where agents are given as well these decide; the calls are what a simulation tries them on.
        source[cell] = "required" if source[cell] == "required" else "forecast"


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


def _staffed(company: Company, horizon: Horizon, calls: Matrix, cv: Matrix, is_open: Matrix, aht: Matrix) -> Matrix:
    if not company.queues:
        return np.zeros(is_open.shape, dtype=np.int64)
    policy = company.policy.requirement
    open_s = np.where(is_open, horizon.interval_min * 60.0, 0.0)
    basis = Basis(policy.basis, policy.quantile_pct / 100)
    return agents_for(company.queues, calls, cv, open_s, aht * speed_factors(company)[:, None], basis)
