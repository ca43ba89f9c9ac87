"""Stretches of time that must not overlap: of a work pattern, of opening hours, of preferences, of promised shifts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import Any

from rotation.intake.crosscheck import Question
from rotation.intake.findings import Findings
from rotation.intake.records import Records

Stretch = tuple[Hashable, Any, Any, int]


def overlaps(question: Question, found: Findings) -> None:
    """Note every stretch that begins before an earlier one of the same owner ends."""
    tables = question.tables
    _note(
        tables.work_patterns,
        "start",
        (((r.work_pattern_id, r.weekday), r.start, r.end, n) for n, r in tables.work_patterns.rows),
        found,
    )
    _note(
        tables.opening_hours,
        "open",
        (((r.queue_id, r.weekday), r.open, r.close, n) for n, r in tables.opening_hours.rows),
        found,
    )
    _note(
        tables.preferences,
        "start",
        (((r.employee_id, r.weekday), r.start, r.end, n) for n, r in tables.preferences.rows),
        found,
    )
    _note(tables.pins, "start", ((r.employee_id, r.start, r.end, n) for n, r in tables.pins.rows), found)


def _note(table: Records[Any], column: str, stretches: Iterable[Stretch], found: Findings) -> None:
    groups: dict[Hashable, list[Stretch]] = defaultdict(list)
    for stretch in stretches:
        groups[stretch[0]].append(stretch)
    for group in groups.values():
        group.sort(key=lambda stretch: (stretch[1], stretch[3]))
        longest = group[0]
        for stretch in group[1:]:
            if stretch[1] < longest[2]:
                early, late = sorted((longest[3], stretch[3]))
                found.fault(table.file, late, column, table.cell(late, column), f"overlaps row {early}", "no overlap")
            longest = max(longest, stretch, key=lambda s: s[2])


CHECK = overlaps
