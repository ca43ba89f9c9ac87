"""From routing rows to who must sit where at an instant, and when that changes next.

Knows no switch but how it calls its agents.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

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
    _ends: dict[Key, list[dt.datetime]] = field(default_factory=dict, repr=False)

    def wanted(
        self, start: dt.datetime, end: dt.datetime | None = None, without: Collection[str] = ()
    ) -> dict[Key, Want]:
        """Who must sit where at an instant, or at any instant from ``start`` up to and including ``end``.

        Args:
            start: an instant, aware.
            end: a later one, or None.
            without: employees who were drained.
        """
        last = end or start
        held = [row for row in self.rows if row.valid_from <= last and row.valid_to > start]
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
        if not self._ends:
            for row in self.rows:
                self._ends.setdefault(key_of(row.queue_id, self.agent_of(row)), []).append(row.valid_to)
        return max((end for end in self._ends.get(key, ()) if end <= now), default=None)

    def next_change(self, now: dt.datetime, lead: dt.timedelta) -> dt.datetime | None:
        """The next instant at which somebody must be added, begin or end."""
        edges = (edge for row in self.rows for edge in (row.valid_from - lead, row.valid_from, row.valid_to))
        return min((edge for edge in edges if edge > now), default=None)

    def unreachable(self, start: dt.datetime, end: dt.datetime) -> list[RoutingRow]:
        """Rows that begin in a stretch of time and whose person the switch cannot ring at all."""
        return [row for row in self.rows if start < row.valid_from <= end and not self.agent_of(row)]


def by_queue(wants: Mapping[Key, Want] | Iterable[Key]) -> dict[str, list[Key]]:
    """Keys by queue."""
    found: dict[str, list[Key]] = {}
    for key in wants:
        found.setdefault(key[0], []).append(key)
    return found
