"""The instants at which a routing book changes: what is true before, the steps, what is true after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from rotation.routing import RoutingBook, RoutingChange, RoutingRow, changes, rollback


@dataclass(frozen=True, slots=True)
class Moment:
    """One instant of a timeline.

    Args:
        at: when, aware, UTC.
        steps: adds, then sets, then removes.
        before: the rows of the people concerned that hold just before, one for a person in a queue at an endpoint.
        after: those that hold from then on.
    """

    at: dt.datetime
    steps: tuple[RoutingChange, ...]
    before: tuple[RoutingRow, ...]
    after: tuple[RoutingRow, ...]

    def undone(self) -> Moment:
        """The moment that takes this one back."""
        return Moment(self.at, rollback(self.steps), self.after, self.before)

    @property
    def touched(self) -> tuple[str, ...]:
        """Ids of the people whom the steps concern, each once, in order."""
        return tuple(sorted({step.row.employee_id for step in self.steps}))


def moments(book: RoutingBook, start: dt.datetime, end: dt.datetime) -> Iterator[Moment]:
    """The instants from ``start`` up to, not including, ``end`` at which anything changes.

    Args:
        book: the routing book.
        start: first instant, aware.
        end: first instant after the last, aware.

    Yields:
        Moments in the order of time.
    """
    held: dict[str, dict[tuple[str, str], RoutingRow]] = {}
    for at, group in groupby(changes(book.rows, end=end), key=lambda step: step.at):
        steps = tuple(group)
        touched = sorted({step.row.employee_id for step in steps})
        before = tuple(row for key in touched for row in held.get(key, {}).values())
        for step in steps:
            mine = held.setdefault(step.row.employee_id, {})
            if step.action == "remove":
                del mine[step.row.queue_id, step.row.endpoint]
            else:
                mine[step.row.queue_id, step.row.endpoint] = step.row
        if at >= start:
            yield Moment(at, steps, before, tuple(row for key in touched for row in held[key].values()))


def by_employee(rows: Iterable[RoutingRow]) -> dict[str, list[RoutingRow]]:
    """Rows of each person, by queue."""
    found: dict[str, list[RoutingRow]] = {}
    for row in sorted(rows, key=lambda row: (row.employee_id, row.queue_id, row.ringing_order)):
        found.setdefault(row.employee_id, []).append(row)
    return found
