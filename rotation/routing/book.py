"""A release's routing table with the names that telephone systems need: all that exporters and switches are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from zoneinfo import ZoneInfo

from rotation.errors import UsageFault
from rotation.plan import Edition
from rotation.routing.table import RoutingRow, routing_table, who


@dataclass(frozen=True, slots=True)
class Agent:
    """A person as telephone systems and customer databases know people.

    Args:
        employee_id: the id.
        name: as shown to others.
        email: the login of cloud systems.
    """

    employee_id: str
    name: str
    email: str


@dataclass(frozen=True, eq=False)
class RoutingBook:
    """Who answers what in one week.

    Args:
        week: the ISO week, such as ``2026-W49``.
        zone_name: IANA zone of the site.
        release: number of the release, 0 for a draft.
        valid_from: first instant, aware, UTC.
        valid_to: first instant after it, aware, UTC.
        queues: names of all queues by id, in the company's order.
        agents: everybody with a row, by employee id.
        rows: the routing table.
    """

    week: str
    zone_name: str
    release: int
    valid_from: dt.datetime
    valid_to: dt.datetime
    queues: Mapping[str, str]
    agents: Mapping[str, Agent]
    rows: tuple[RoutingRow, ...]

    @property
    def zone(self) -> ZoneInfo:
        """The site's zone."""
        return ZoneInfo(self.zone_name)

    @cached_property
    def by_queue(self) -> dict[str, list[RoutingRow]]:
        """The rows of each queue that has any."""
        found: dict[str, list[RoutingRow]] = {}
        for row in self.rows:
            found.setdefault(row.queue_id, []).append(row)
        return found

    def who(self, queue_id: str, instant: dt.datetime) -> tuple[RoutingRow, ...]:
        """Who answers a queue at an instant, in ringing order.

        Raises:
            UsageFault: the queue is unknown, or the instant lies before or after the week.
        """
        if queue_id not in self.queues:
            raise UsageFault(f"there is no queue {queue_id!r} (allowed: {', '.join(self.queues)})")
        self.inside(instant)
        return who(self.by_queue.get(queue_id, ()), queue_id, instant)

    def at(self, instant: dt.datetime) -> tuple[RoutingRow, ...]:
        """Everybody who answers anything at an instant, by queue and ringing order.

        Raises:
            UsageFault: the instant lies before or after the week.
        """
        self.inside(instant)
        found = [row for row in self.rows if row.holds_at(instant)]
        return tuple(sorted(found, key=lambda row: (row.queue_id, row.ringing_order)))

    def inside(self, instant: dt.datetime) -> None:
        """Refuse an instant of which the book knows nothing.

        Raises:
            UsageFault: it lies before or after the week.
        """
        if not self.valid_from <= instant < self.valid_to:
            start, end = (edge.astimezone(self.zone).isoformat() for edge in (self.valid_from, self.valid_to))
            side = "before" if instant < self.valid_from else "after"
            raise UsageFault(
                f"{instant.astimezone(self.zone).isoformat()} is {side} the routing table of {self.week}, release "
                f"{self.release}, which holds from {start} to {end}"
            )

    def without(self, refused: Collection[RoutingRow]) -> RoutingBook:
        """The same book without some of its rows."""
        gone = set(refused)
        return replace(self, rows=tuple(row for row in self.rows if row not in gone))


def book_of(edition: Edition) -> RoutingBook:
    """The routing book of an edition.

    Raises:
        UsageFault: when the plan names people or queues that the company does not have.
    """
    company, horizon, rows = edition.case.company, edition.case.horizon, routing_table(edition)
    people = [company.employee[key] for key in sorted({row.employee_id for row in rows})]
    return RoutingBook(
        week=str(horizon.week),
        zone_name=horizon.zone_name,
        release=edition.release,
        valid_from=min([horizon.start, *(row.valid_from for row in rows)]),
        valid_to=max([horizon.end, *(row.valid_to for row in rows)]),
        queues={queue.queue_id: queue.name for queue in company.queues},
        agents={one.employee_id: Agent(one.employee_id, one.name, one.email) for one in people},
        rows=rows,
    )
