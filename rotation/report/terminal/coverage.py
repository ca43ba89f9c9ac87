"""Coverage by queue and day as a table, with a strip of the day's hours."""

from __future__ import annotations

import datetime as dt

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from rotation.plan import Edition
from rotation.report.folder import WrittenPlan
from rotation.report.rows import CoverageRow, coverage_rows
from rotation.report.spelling import MINUS, WEEKDAYS, clock, decimal, offset, plain
from rotation.report.terminal.strip import LEGEND, heat_strip, hour_columns, hour_scale

TITLE = "Coverage in agent-hours, on the site's clock"


def coverage_table(source: Edition | WrittenPlan, queue_id: str | None = None) -> Table:
    """Required, covered and missing agent-hours of each queue and day on which it is open, and the worst interval.

    Args:
        source: a plan, fresh or read back.
        queue_id: only this queue.
    """
    if isinstance(source, Edition):
        rows, step = coverage_rows(source), source.case.horizon.interval_min
    else:
        rows, step = source.coverage, source.record.horizon.interval_min
    rows = tuple(row for row in rows if row.is_open and queue_id in (None, row.queue_id))
    columns = hour_columns(rows)
    table = Table(
        title=TITLE, caption=LEGEND, title_justify="left", caption_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0)
    )
    table.add_column("Queue, day", overflow="fold", min_width=10)
    for heading in ("Required", "Covered", "Missing"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("Worst", no_wrap=True)
    table.add_column(Text(hour_scale(columns)), no_wrap=True, min_width=len(columns))
    shown = None
    for (queue, date), group in _by_queue_and_day(rows).items():
        if queue != shown:
            if shown is not None:
                table.add_section()
            table.add_row(Text(plain(queue), style="bold"))
        label = f"  {WEEKDAYS[date.weekday()]} {date.day:2}"
        table.add_row(label, *_numbers(group, step), heat_strip(group, columns))
        shown = queue
    return table


def _by_queue_and_day(rows: tuple[CoverageRow, ...]) -> dict[tuple[str, dt.date], list[CoverageRow]]:
    groups: dict[tuple[str, dt.date], list[CoverageRow]] = {}
    for row in rows:
        groups.setdefault((row.queue_id, row.start.date()), []).append(row)
    return groups


def _numbers(group: list[CoverageRow], step: int) -> tuple[str, str, Text, str]:
    required, missing = sum(row.required for row in group), sum(row.shortage for row in group)
    worst = max(group, key=lambda row: row.shortage)
    twice = sum(clock(row.start) == clock(worst.start) for row in group) > 1
    at = f"{clock(worst.start)}{f' {offset(worst.start)}' if twice else ''} {MINUS}{worst.shortage}"
    return (
        decimal(required * step / 60),
        decimal((required - missing) * step / 60),
        Text(decimal(missing * step / 60), style="bold red" if missing else "dim"),
        at if missing else "",
    )
