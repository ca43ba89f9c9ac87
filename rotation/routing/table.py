"""The routing table in time: one row for each shift. Knows nothing of any telephone system."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from rotation.errors import UsageFault
from rotation.plan import Edition
from rotation.routing.policy import standing_of


@dataclass(frozen=True, slots=True)
class RoutingRow:
    """One person answers one queue for a stretch of time.

    Args:
        queue_id: the queue.
        employee_id: who.
        agent_name: the person's name.
        endpoint: what the telephone system rings; empty when unknown.
        level: certified skill, 1 (novice) to 5 (expert), 0 without a certification.
        penalty: 0 rings first.
        position: order among people of one penalty, from 1.
        valid_from: first instant, aware, UTC.
        valid_to: first instant after it, aware, UTC.
        shift_id: the shift behind the row.
        release: number of the release, 0 for a draft.
    """

    queue_id: str
    employee_id: str
    agent_name: str
    endpoint: str
    level: int
    penalty: int
    position: int
    valid_from: dt.datetime
    valid_to: dt.datetime
    shift_id: str
    release: int

    @property
    def ringing_order(self) -> tuple[int, int, str, str]:
        """The key by which the people of one queue ring at one instant; the ids only make the order definite."""
        return (self.penalty, self.position, self.employee_id, self.shift_id)

    def holds_at(self, instant: dt.datetime) -> bool:
        """Whether the row holds at an instant."""
        return self.valid_from <= instant < self.valid_to


def in_order(rows: Iterable[RoutingRow]) -> tuple[RoutingRow, ...]:
    """Rows in the order of the table: queue, first instant, ringing order."""
    return tuple(sorted(rows, key=lambda row: (row.queue_id, row.valid_from, row.ringing_order)))


def routing_table(edition: Edition) -> tuple[RoutingRow, ...]:
    """The routing table of an edition.

    Args:
        edition: a judged plan.

    Returns:
        One row for each shift, in the order of queue, first instant and ringing order.

    Raises:
        UsageFault: when the plan names people or queues that the company does not have.
    """
    company = edition.case.company
    shifts = edition.plan.shifts
    unknown = {f"employee {shift.employee_id}" for shift in shifts if shift.employee_id not in company.employee}
    unknown |= {f"queue {shift.queue_id}" for shift in shifts if shift.queue_id not in company.queue}
    if unknown:
        raise UsageFault(f"the plan names what the company does not have: {', '.join(sorted(unknown))}")
    rows = []
    for shift in shifts:
        employee = company.employee[shift.employee_id]
        standing = standing_of(company, shift.employee_id, shift.queue_id)
        rows.append(
            RoutingRow(
                queue_id=shift.queue_id,
                employee_id=shift.employee_id,
                agent_name=employee.name,
                endpoint=employee.endpoint,
                level=standing.level,
                penalty=standing.penalty,
                position=standing.position,
                valid_from=shift.start.astimezone(dt.UTC),
                valid_to=shift.end.astimezone(dt.UTC),
                shift_id=shift.shift_id,
                release=edition.release,
            )
        )
    return in_order(rows)


def who(table: Iterable[RoutingRow], queue_id: str, instant: dt.datetime) -> tuple[RoutingRow, ...]:
    """Who answers a queue at an instant.

    Args:
        table: routing rows in any order.
        queue_id: the queue.
        instant: aware.

    Returns:
        The rows that hold, in ringing order.
    """
    found = [row for row in table if row.queue_id == queue_id and row.holds_at(instant)]
    return tuple(sorted(found, key=lambda row: row.ringing_order))
