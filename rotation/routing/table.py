"""The routing table in time: one row for each shift, and rows for second skills where the policy wants them.

Knows nothing of any telephone system.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from rotation.company import Employee
from rotation.errors import UsageFault
from rotation.plan import Case, Edition, Shift
from rotation.routing.policy import Standing, second_standings, standing_of


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
        primary: whether it is the queue of the shift; False for a second skill that only takes what overflows.
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
    primary: bool = True

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
        One row for each shift, and one for each stretch in which a second skill rings, in the order of queue, first
        instant and ringing order.

    Raises:
        UsageFault: when the plan names people or queues that the company does not have.
    """
    company = edition.case.company
    shifts = edition.plan.shifts
    unknown = {f"employee {shift.employee_id}" for shift in shifts if shift.employee_id not in company.employee}
    unknown |= {f"queue {shift.queue_id}" for shift in shifts if shift.queue_id not in company.queue}
    if unknown:
        raise UsageFault(f"the plan names what the company does not have: {', '.join(sorted(unknown))}")
    return in_order(row for shift in shifts for row in _rows(edition, shift))


def _rows(edition: Edition, shift: Shift) -> Iterator[RoutingRow]:
    """The row of a shift, and those of second skills while their queues are open."""
    case = edition.case
    company, employee = case.company, case.company.employee[shift.employee_id]
    start, end = shift.start.astimezone(dt.UTC), shift.end.astimezone(dt.UTC)
    standing = standing_of(company, shift.employee_id, shift.queue_id)
    yield _row(shift, employee, shift.queue_id, standing, (start, end), edition.release)
    if not company.policy.routing.second_skills:
        return
    day = shift.start.astimezone(ZoneInfo(employee.timezone)).date()
    for queue_id, second in second_standings(company, shift.employee_id, shift.queue_id, day).items():
        for stretch in _open_stretches(case, queue_id, start, end):
            yield _row(shift, employee, queue_id, second, stretch, edition.release, primary=False)


def _row(
    shift: Shift,
    employee: Employee,
    queue_id: str,
    standing: Standing,
    stretch: tuple[dt.datetime, dt.datetime],
    release: int,
    primary: bool = True,
) -> RoutingRow:
    return RoutingRow(
        queue_id=queue_id,
        employee_id=employee.employee_id,
        agent_name=employee.name,
        endpoint=employee.endpoint,
        level=standing.level,
        penalty=standing.penalty,
        position=standing.position,
        valid_from=stretch[0],
        valid_to=stretch[1],
        shift_id=shift.shift_id,
        release=release,
        primary=primary,
    )


def _open_stretches(
    case: Case, queue_id: str, start: dt.datetime, end: dt.datetime
) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """The stretches of a shift in which a queue is open, UTC."""
    horizon, is_open = case.horizon, case.is_open[case.queue_index[queue_id]]
    first, last = horizon.touching(start, end)
    begun: int | None = None
    for index in range(first, last + 1):
        serves = index < last and bool(is_open[index])
        if serves and begun is None:
            begun = index
        elif not serves and begun is not None:
            yield max(start, horizon.instant(begun)), min(end, horizon.instant(index))
            begun = None


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
