"""CSV for anything else: who answers at an instant, and the steps at the changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from rotation.exporters._writing import csv_bytes, iso
from rotation.exporters.routing_csv import CHANGE_COLUMNS, COLUMNS
from rotation.routing import RoutingBook
from rotation.targets._moments import Moment
from rotation.targets._target import Refusal, Target


def refusals(book: RoutingBook) -> Iterator[Refusal]:  # noqa: ARG001
    """Nothing: a CSV file holds any text."""
    return iter(())


def snapshot(book: RoutingBook, at: dt.datetime) -> dict[str, bytes]:
    """The rows of routing.csv that hold at an instant, by queue and ringing order."""
    rows = []
    for row in book.at(at):
        span = (iso(row.valid_from, book.zone), iso(row.valid_to, book.zone))
        place = (row.queue_id, row.employee_id, row.agent_name, row.endpoint, row.level, row.penalty, row.position)
        rows.append((*place, *span, row.shift_id, row.release, int(row.primary)))
    return {"who.csv": csv_bytes(COLUMNS, rows)}


def steps(book: RoutingBook, moment: Moment) -> str:
    """The lines of changes.csv of one instant."""
    rows = []
    for step in moment.steps:
        row = step.row
        place = (row.queue_id, row.employee_id, row.agent_name, row.endpoint, row.penalty, row.position)
        rows.append((iso(step.at, book.zone), step.action, *place))
    return csv_bytes(CHANGE_COLUMNS, rows).decode("utf-8")


TARGET = Target("who answers, and the changes, as CSV", (), refusals, snapshot, steps, ".csv")
