"""What a telephone system has to do at the shift changes: the smallest timeline of adds and removes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from rotation.routing.table import RoutingRow

Action = Literal["add", "set", "remove"]
ORDER: dict[Action, int] = {"add": 0, "set": 1, "remove": 2}


@dataclass(frozen=True, slots=True)
class RoutingChange:
    """One step at one instant.

    Args:
        at: when, aware, UTC.
        action: ``add`` a person to a queue, ``set`` another penalty or position, or ``remove`` the person.
        row: the row that begins (add, set) or has ended (remove).
        before: of a set, the row that it replaces; None otherwise.
    """

    at: dt.datetime
    action: Action
    row: RoutingRow
    before: RoutingRow | None = None

    def undone(self) -> RoutingChange:
        """The step that takes this one back."""
        if self.action == "set" and self.before is not None:
            return RoutingChange(self.at, "set", self.before, self.row)
        return RoutingChange(self.at, "remove" if self.action == "add" else "add", self.row)


EVER = (dt.datetime.min.replace(tzinfo=dt.UTC), dt.datetime.max.replace(tzinfo=dt.UTC))


def changes(
    table: Iterable[RoutingRow], start: dt.datetime = EVER[0], end: dt.datetime = EVER[1]
) -> tuple[RoutingChange, ...]:
    """The steps at instants from ``start`` up to, not including, ``end``; all steps without them.

    Whoever was right just before ``start`` and takes these steps is right at every instant before ``end``. Somebody
    who goes on in the same queue at the same endpoint is not touched: removing and adding again would lose wrap-up
    time and drop out of the ringing order. At one instant everybody is added before anybody is removed, so that a
    queue is never empty between two steps.

    Args:
        table: routing rows in any order.
        start: first instant, aware.
        end: first instant after the last, aware.

    Returns:
        Steps in the order of time, then adds, sets, removes, then queue and ringing order.
    """
    duties: dict[tuple[str, str, str], list[RoutingRow]] = {}
    for row in table:
        duties.setdefault((row.queue_id, row.employee_id, row.endpoint), []).append(row)
    steps = [step for rows in duties.values() for step in _steps(rows) if start <= step.at < end]
    return ordered(steps)


def ordered(steps: Iterable[RoutingChange]) -> tuple[RoutingChange, ...]:
    """Steps in the order of time, then adds, sets, removes, then queue and ringing order."""
    return tuple(
        sorted(steps, key=lambda step: (step.at, ORDER[step.action], step.row.queue_id, step.row.ringing_order))
    )


def rollback(steps: Iterable[RoutingChange]) -> tuple[RoutingChange, ...]:
    """The steps that take the steps of one instant back, adds first again."""
    return ordered(step.undone() for step in steps)


def _steps(rows: list[RoutingRow]) -> Iterator[RoutingChange]:
    """The steps of one person in one queue at one endpoint."""
    before: RoutingRow | None = None
    for at in sorted({instant for row in rows for instant in (row.valid_from, row.valid_to)}):
        held = [row for row in rows if row.holds_at(at)]
        now = min(held, key=lambda row: row.ringing_order) if held else None
        if now and not before:
            yield RoutingChange(at, "add", now)
        elif before and not now:
            yield RoutingChange(at, "remove", before)
        elif before and now and _place(before) != _place(now):
            yield RoutingChange(at, "set", now, before)
        before = now


def _place(row: RoutingRow) -> tuple[int, int, str]:
    return (row.penalty, row.position, row.agent_name)
