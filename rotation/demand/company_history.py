"""A company's call history as series by queue: opening hours, holidays and special days laid on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from rotation.company import Company
from rotation.demand.history import TOTALS, interval_totals
from rotation.demand.series import MINUTES_A_DAY, BoolArray, Days, Series, series_of
from rotation.timegrid import Horizon


@dataclass(frozen=True, eq=False)
class Past:
    """Everything that is known of a company's calls.

    Args:
        totals: queue_id, start (UTC, on the grid) and the totals, as
            :func:`rotation.demand.history.interval_totals` gives them.
        by_call: whether rows were single calls.
    """

    totals: pd.DataFrame
    by_call: bool

    def before(self, instant: dt.datetime) -> Past:
        """What was known before an instant."""
        return Past(self.totals[self.totals["start"] < pd.Timestamp(instant)], self.by_call)


def past_of(company: Company) -> Past:
    """The history of call_history.csv."""
    rows = [(r.queue_id, r.start, *(getattr(r, name) for name in TOTALS)) for r in company.call_history]
    frame = pd.DataFrame(rows, columns=["queue_id", "start", *TOTALS]).astype(dict.fromkeys(TOTALS, float))
    frame["start"] = pd.to_datetime(frame["start"], utc=True).dt.as_unit("us")
    if not company.history_is_by_call and len(frame):
        frame = interval_totals(frame, False, _zone(company), company.policy.interval_min)
    return Past(frame, company.history_is_by_call)


def _zone(company: Company) -> dt.tzinfo:
    from zoneinfo import ZoneInfo

    return ZoneInfo(company.policy.site.timezone)


def days_of(company: Company, queue_id: str, first: dt.date, count: int) -> Days:
    """Consecutive days with what is special about each for a queue: a public holiday of the site, or a special day."""
    names = dict(company.holidays.get(company.policy.region, {}))
    own = {row.day: row.kind for row in company.special_days if row.queue_id in (queue_id, "")}
    dates = (first + dt.timedelta(days=n) for n in range(count))
    return Days(first, tuple(own.get(date) or names.get(date, "") for date in dates))


def open_by_weekday(company: Company, queue_id: str) -> BoolArray:
    """Whole slots inside a queue's opening hours, shape (7, slots)."""
    step = company.policy.interval_min
    cells = np.zeros((7, MINUTES_A_DAY), dtype=np.bool_)
    for row in company.opening_hours:
        if row.queue_id == queue_id:
            cells[row.weekday, row.open_min : row.close_min] = True
    return np.asarray(cells.reshape(7, -1, step).all(axis=2))


def series_by_queue(company: Company, past: Past, until: dt.date) -> Mapping[str, Series]:
    """The series of every queue, up to the day before a date.

    Args:
        company: queues, opening hours, special days.
        past: the history; what it knows of the date and later is left out.
        until: the first day that is not history, such as a week's Monday.
    """
    zone = _zone(company)
    totals = past.before(dt.datetime.combine(until, dt.time(), tzinfo=zone)).totals
    if totals.empty:
        return {}
    first = totals["start"].min().tz_convert(zone).date()
    count = (until - first).days
    recorded = (totals["start"].min().to_pydatetime(), totals["start"].max().to_pydatetime())
    return {
        queue.queue_id: series_of(
            totals,
            queue.queue_id,
            days_of(company, queue.queue_id, first, count),
            open_by_weekday(company, queue.queue_id),
            zone,
            company.policy.interval_min,
            past.by_call,
            recorded,
        )
        for queue in company.queues
        if (totals["queue_id"] == queue.queue_id).any() or past.by_call
    }


def slot_of(horizon: Horizon, index: int) -> tuple[dt.date, int]:
    """The local day and the slot of the day in which an interval of a week lies."""
    local = horizon.local(index)
    return local.date(), (local.hour * 60 + local.minute) // horizon.interval_min
