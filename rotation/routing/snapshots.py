"""The routing table cut at every instant at which it changes: between two cuts everybody stays where they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rotation.routing.changes import changes
from rotation.routing.table import RoutingRow


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Who answers what, from one change to the next.

    Args:
        start: first instant, UTC.
        end: first instant after it, UTC.
        rows: everybody who answers anything, by queue and ringing order.
    """

    start: dt.datetime
    end: dt.datetime
    rows: tuple[RoutingRow, ...]


def snapshots(table: Sequence[RoutingRow], start: dt.datetime, end: dt.datetime) -> Iterator[Snapshot]:
    """Cut a stretch of time where somebody starts, stops or rings differently.

    Args:
        table: routing rows in any order.
        start: first instant, aware.
        end: first instant after it, aware.

    Yields:
        Snapshots without a gap from ``start`` to ``end``, in order of time; those without anybody included.
    """
    inner = {change.at for change in changes(table, start, end) if change.at > start}
    cuts = [start, *sorted(inner), end]
    waiting = sorted(table, key=lambda row: row.valid_from, reverse=True)
    current: list[RoutingRow] = []
    for first, after in pairwise(cuts):
        while waiting and waiting[-1].valid_from <= first:
            current.append(waiting.pop())
        current = [row for row in current if row.valid_to > first]
        rows = tuple(sorted(current, key=lambda row: (row.queue_id, row.ringing_order)))
        yield Snapshot(first.astimezone(dt.UTC), after.astimezone(dt.UTC), rows)
