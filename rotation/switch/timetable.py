"""From routing rows to who must sit where at an instant, and when that changes next.

Knows no switch but how it calls its agents.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property

from rotation.routing import RoutingRow
from rotation.switch.seats import Key, Rank, key_of


@dataclass(frozen=True, slots=True)
class Want:
    """Somebody who must sit in a queue.

    Args:
        queue: the queue's id.
        agent: as the switch calls the person.
        employee_id: who.
        name: the person's name.
        rank: where the person rings.
        endpoint: what is rung.
    """

    queue: str
    agent: str
    employee_id: str
    name: str
    rank: Rank
    endpoint: str = ""


@dataclass(frozen=True)
class Timetable:
    """Routing rows as one switch sees them.

    Args:
        rows: the rows around now, of as many weeks as needed.
        queues: ids of the queues that the table speaks of.
        agent_of: how the switch calls the person of a row; empty when it cannot ring that person.
        with_position: whether the switch orders people of one penalty.
    """

    rows: tuple[RoutingRow, ...]
    queues: frozenset[str]
    agent_of: Callable[[RoutingRow], str]
    with_position: bool = False

    @cached_property
    def _sorted(self) -> list[RoutingRow]:
        """Rows by their beginning: a big week has hundreds of thousands, and a look needs those of one moment."""
        return sorted(self.rows, key=lambda row: row.valid_from)

    @cached_property
    def _starts(self) -> list[dt.datetime]:
        return [row.valid_from for row in self._sorted]

    @cached_property
    def _longest(self) -> dt.timedelta:
        return max((row.valid_to - row.valid_from for row in self.rows), default=dt.timedelta())

    @cached_property
    def _edges(self) -> list[dt.datetime]:
        return sorted({edge for row in self.rows for edge in (row.valid_from, row.valid_to)})

    @cached_property
    def _ends(self) -> dict[Key, list[dt.datetime]]:
        found: dict[Key, list[dt.datetime]] = {}
        for row in self.rows:
            found.setdefault(key_of(row.queue_id, self.agent_of(row)), []).append(row.valid_to)
        return found

    def between(self, start: dt.datetime, end: dt.datetime) -> list[RoutingRow]:
        """Rows that hold at an instant, or begin up to and including a later one."""
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_right(self._starts, end)
        return [row for row in self._sorted[first:last] if row.valid_to > start]

    def wanted(
        self, start: dt.datetime, end: dt.datetime | None = None, without: Collection[str] = ()
    ) -> dict[Key, Want]:
        """Who must sit where at an instant, or at any instant from ``start`` up to and including ``end``.

        Args:
            start: an instant, aware.
            end: a later one, or None.
            without: employees who were drained.
        """
        held = self.between(start, end or start)
        found: dict[Key, Want] = {}
        for row in sorted(held, key=lambda row: (row.valid_from, row.ringing_order)):
            agent = self.agent_of(row)
            if agent and row.employee_id not in without:
                rank = Rank(row.penalty, row.position if self.with_position else 0)
                found.setdefault(
                    key_of(row.queue_id, agent),
                    Want(row.queue_id, agent, row.employee_id, row.agent_name, rank, row.endpoint),
                )
        return found

    def seats(self) -> frozenset[Key]:
        """Every seat that the table names at any time."""
        return frozenset(key_of(row.queue_id, agent) for row in self.rows if (agent := self.agent_of(row)))

    def ended(self, key: Key, now: dt.datetime) -> dt.datetime | None:
        """When the last row of a seat ended, if it has ended."""
        return max((end for end in self._ends.get(key, ()) if end <= now), default=None)

    def next_change(self, now: dt.datetime, lead: dt.timedelta) -> dt.datetime | None:
        """The next instant at which somebody must be added, begin or end."""
        change = bisect_right(self._edges, now)
        coming = bisect_right(self._starts, now + lead)
        found = [self._edges[change]] if change < len(self._edges) else []
        if coming < len(self._starts):
            found.append(self._starts[coming] - lead)
        return min(found, default=None)
