"""Calls and agents are asked for only while the queue is open."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from rotation.intake.crosscheck import Question
from rotation.intake.findings import Findings
from rotation.intake.records import Records

Spans = dict[tuple[str, int], list[tuple[int, int]]]


def outside_opening_hours(question: Question, found: Findings) -> None:
    """Note every interval with calls or agents at which its queue is closed, and every queue that never opens."""
    tables = question.tables
    if not tables.opening_hours.complete:
        return
    spans: Spans = defaultdict(list)
    for _, row in tables.opening_hours.rows:
        spans[row.queue_id, row.weekday].append((row.open, row.close))
    for n, queue in tables.queues.rows:
        if queue.queue_id not in tables.opening_hours.ids:
            found.warn("queues.csv", n, "queue_id", queue.queue_id, "never opens", "a row of opening_hours.csv")
    # A queue with a faulty opening row may be open then; its calls are judged once the row is mended.
    sound = {row.queue_id for _, row in tables.opening_hours.rows} - _with_faults(tables.opening_hours)
    _note(question, tables.demand, "calls", spans, sound, found)
    _note(question, tables.required, "agents", spans, sound, found)


def _with_faults(table: Records[Any]) -> set[str]:
    if "queue_id" not in table.frame.columns:
        return set()
    sound = {n for n, _ in table.rows}
    return {str(cell) for n, cell in table.frame["queue_id"].items() if n not in sound}


def _note(question: Question, table: Records[Any], column: str, spans: Spans, sound: set[str], found: Findings) -> None:
    for n, row in table.rows:
        if row.queue_id not in sound or not getattr(row, column):
            continue
        local = row.start.astimezone(question.tables.site)
        minute = local.hour * 60 + local.minute
        hours = spans.get((row.queue_id, local.weekday()), [])
        if not any(start <= minute < end for start, end in hours):
            message = f"{row.queue_id} is closed then"
            allowed = _hours_in_words(hours, f"{local:%A}")
            found.fault(table.file, n, "start", table.cell(n, "start"), message, allowed)


def _hours_in_words(hours: list[tuple[int, int]], day: str) -> str:
    spans = [f"{a // 60:02d}:{a % 60:02d} to {b // 60:02d}:{b % 60:02d}" for a, b in sorted(hours)]
    return f"{day} {' and '.join(spans)}" if spans else f"nothing on a {day}"


CHECK = outside_opening_hours
