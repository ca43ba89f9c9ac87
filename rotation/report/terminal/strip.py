"""A strip of one character an hour: how a queue is covered on a day. Characters say it, colours repeat it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.text import Text

from rotation.report.clock_columns import ClockColumn, clock_columns, column_key
from rotation.report.rows import CoverageRow

LEGEND = "1-9 agents missing at worst in the hour, + above the requirement, · exact, blank closed"
REPEATED = "²"
_STYLES = {1: "black on #F7B58F", 2: "black on #E6702E", 3: "bold white on #A63603"}


def hour_columns(rows: Iterable[CoverageRow]) -> tuple[ClockColumn, ...]:
    """The hours of the clock in which any queue is open, a repeated hour twice."""
    return clock_columns(row.start.replace(minute=0) for row in rows if row.is_open)


def hour_scale(columns: Sequence[ClockColumn]) -> str:
    """The heading of a strip: every third hour in two digits, a repeated hour marked."""
    scale = [" "] * (len(columns) + 1)
    for place, column in enumerate(columns):
        hour = column.minute // 60
        if column.repeated:
            scale[place] = REPEATED
        elif hour % 3 == 0:
            scale[place : place + 2] = f"{hour:02d}"
    return "".join(scale[: len(columns) + 1]).rstrip()


def heat_strip(rows: Iterable[CoverageRow], columns: Sequence[ClockColumn]) -> Text:
    """One day of one queue.

    Args:
        rows: its intervals.
        columns: the hours of the strip.
    """
    worst: dict[tuple[int, bool], tuple[int, int]] = {}
    for row in rows:
        if row.is_open:
            key = column_key(row.start.replace(minute=0))
            shortage, surplus = worst.get(key, (0, 0))
            worst[key] = max(shortage, row.shortage), max(surplus, row.surplus)
    strip = Text()
    for column in columns:
        strip.append(*_cell(worst.get(column.key)))
    return strip


def _cell(worst: tuple[int, int] | None) -> tuple[str, str]:
    if worst is None:
        return " ", ""
    shortage, surplus = worst
    if shortage:
        return str(min(shortage, 9)), _STYLES[min(shortage, 3)]
    return ("+", "black on #A6CEEC") if surplus else ("·", "dim")
