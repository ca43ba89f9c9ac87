"""routing/routing.csv and routing/changes.csv: the routing table in time, and what to do at the shift changes."""

from __future__ import annotations

from rotation.exporters._exporter import Format
from rotation.exporters._writing import csv_bytes, iso
from rotation.plan import Edition
from rotation.routing import changes, routing_table

COLUMNS = (
    "queue_id",
    "employee_id",
    "agent_name",
    "endpoint",
    "level",
    "penalty",
    "position",
    "valid_from",
    "valid_to",
    "shift_id",
    "release",
    "primary",
)
CHANGE_COLUMNS = ("at", "action", "queue_id", "employee_id", "agent_name", "endpoint", "penalty", "position")


def render(edition: Edition) -> dict[str, bytes]:
    """The table by queue, time and ringing order; the changes by time; instants in the site's zone."""
    table, zone = routing_table(edition), edition.case.horizon.zone
    rows = [
        (
            row.queue_id,
            row.employee_id,
            row.agent_name,
            row.endpoint,
            row.level,
            row.penalty,
            row.position,
            iso(row.valid_from, zone),
            iso(row.valid_to, zone),
            row.shift_id,
            row.release,
            int(row.primary),
        )
        for row in table
    ]
    steps = [
        (
            iso(step.at, zone),
            step.action,
            step.row.queue_id,
            step.row.employee_id,
            step.row.agent_name,
            step.row.endpoint,
            step.row.penalty,
            step.row.position,
        )
        for step in changes(table)
    ]
    return {
        "routing/routing.csv": csv_bytes(COLUMNS, rows),
        "routing/changes.csv": csv_bytes(CHANGE_COLUMNS, steps),
    }


EXPORTER = Format("routing_csv", "routing/routing.csv, changes.csv: the routing table in time and its changes", render)
