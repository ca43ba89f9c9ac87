"""Access to the customer database that opens and closes with the shift: grants and revocations by login."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from rotation.exporters._writing import csv_bytes, iso
from rotation.routing import RoutingBook, RoutingRow
from rotation.targets._limits import logins
from rotation.targets._moments import Moment, by_employee
from rotation.targets._target import Refusal, Target

COLUMNS = ("at", "action", "login", "employee_id", "queues", "shift_id")


def refusals(book: RoutingBook) -> Iterator[Refusal]:
    """People without a login, or two with one."""
    for fault, rows in logins(book):
        yield Refusal(fault, rows)


def snapshot(book: RoutingBook, at: dt.datetime) -> dict[str, bytes]:
    """Who has access at an instant; everybody else has none."""
    rows = [_line(book, at, "grant", mine) for mine in by_employee(book.at(at)).values()]
    return {"access.csv": csv_bytes(COLUMNS, rows)}


def steps(book: RoutingBook, moment: Moment) -> str:
    """``grant`` opens access or changes its queues, ``revoke`` closes it."""
    before, after = by_employee(moment.before), by_employee(moment.after)
    rows = []
    for employee_id in moment.touched:
        old, new = before.get(employee_id, []), after.get(employee_id, [])
        if new and _queues(old) != _queues(new):
            rows.append(_line(book, moment.at, "grant", new))
        elif old and not new:
            rows.append(_line(book, moment.at, "revoke", old))
    rows.sort(key=lambda row: (row[1], row[3]))
    return csv_bytes(COLUMNS, rows).decode("utf-8")


def _queues(rows: Iterable[RoutingRow]) -> str:
    return " ".join(sorted({row.queue_id for row in rows}))


def _line(book: RoutingBook, at: dt.datetime, action: str, rows: list[RoutingRow]) -> tuple[str, ...]:
    key = rows[0].employee_id
    shift = next((row.shift_id for row in rows if row.primary), rows[0].shift_id)
    return (iso(at, book.zone), action, book.agents[key].email, key, _queues(rows), shift)


TARGET = Target(
    "customer database: access granted and revoked with the shift, by login",
    ("logins: one e-mail address a person",),
    refusals,
    snapshot,
    steps,
    ".csv",
)
