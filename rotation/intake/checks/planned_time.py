"""The planned time must be covered: by demand, by required agents, or by a call history to forecast it from."""

from __future__ import annotations

import datetime as dt

from rotation.intake.crosscheck import Question
from rotation.intake.findings import Findings

SECOND = dt.timedelta(seconds=1)


def planned_time(question: Question, found: Findings) -> None:
    """Note a planned time of which no table says anything: its plan would be empty without a word."""
    tables = question.tables
    sources = (tables.demand, tables.required)
    if question.window is None or not question.demand_needed or len(tables.intervals.frame) or len(tables.calls.frame):
        return
    if any(len(table.rows) < len(table.frame) or not table.complete for table in sources):
        return
    starts = [row.start for table in sources for _, row in table.rows]
    first, last = question.window
    if starts and not any(first <= start < last for start in starts):
        local = [moment.astimezone(tables.site).date() for moment in (first, last - SECOND, min(starts), max(starts))]
        message = f"no row of demand.csv or required.csv lies from {local[0]} to {local[1]}"
        found.fault(tables.folder, 0, "", "", message, f"a week from {local[2]} to {local[3]}, or call_history.csv")


CHECK = planned_time
