"""A call history as a table: what each queue's callers do, with confidence intervals."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.table import Table

from rotation.company import Company
from rotation.demand.company_history import Past
from rotation.demand.estimates import Estimate, handle_time_of, patience_of
from rotation.report.spelling import decimal, plain


def history_table(past: Past, company: Company) -> Table:
    """One row a queue: first and last day, calls, share that gave up, handle time and patience."""
    table = Table(title="The history", title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("Queue", overflow="fold", min_width=8)
    for heading in ("From", "To", "Intervals", "Calls", "Gave up", "Handle time", "Patience"):
        table.add_column(heading, justify="right")
    zone = ZoneInfo(company.policy.site.timezone)
    for queue in company.queues:
        own = past.totals[past.totals["queue_id"] == queue.queue_id]
        if own.empty:
            table.add_row(plain(queue.queue_id), "–", "–", "0", "0", "–", "–", "–")
            continue
        days = own["start"].dt.tz_convert(zone).dt.date
        gone, offered = own["abandoned"].sum(min_count=1), own["offered"].sum()
        table.add_row(
            plain(queue.queue_id),
            str(days.min()),
            str(days.max()),
            decimal(len(own), 0),
            decimal(float(offered), 0),
            "–" if np.isnan(gone) or not offered else f"{gone / offered:.1%}",
            _seconds(handle_time_of(own["handle_s"], handled(own))),
            _seconds(patience_of(float(own["wait_s"].sum()), float(np.nan_to_num(gone)))),
        )
    return table


def handled(own: pd.DataFrame) -> pd.Series[float]:
    """Calls of each interval that state their handle time."""
    calls: pd.Series[float] = own["timed"] if "timed" in own.columns else own["answered"]
    return calls


def _seconds(estimate: Estimate | None) -> str:
    if estimate is None:
        return "–"
    return f"{estimate.value:.0f} s ({estimate.low:.0f}–{estimate.high:.0f})"
