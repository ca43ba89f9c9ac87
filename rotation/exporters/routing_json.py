"""routing/routing.json: the routing table in time and its changes, for programs."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from rotation.exporters._exporter import Format
from rotation.exporters._writing import iso, json_bytes
from rotation.plan import Edition
from rotation.routing import RoutingChange, RoutingRow, changes, routing_table


def _row(row: RoutingRow, zone: ZoneInfo) -> dict[str, object]:
    return {
        "queue_id": row.queue_id,
        "employee_id": row.employee_id,
        "agent_name": row.agent_name,
        "endpoint": row.endpoint,
        "level": row.level,
        "penalty": row.penalty,
        "position": row.position,
        "valid_from": iso(row.valid_from, zone),
        "valid_to": iso(row.valid_to, zone),
        "shift_id": row.shift_id,
    }


def _change(step: RoutingChange, zone: ZoneInfo) -> dict[str, object]:
    return {
        "at": iso(step.at, zone),
        "action": step.action,
        "queue_id": step.row.queue_id,
        "employee_id": step.row.employee_id,
        "endpoint": step.row.endpoint,
        "penalty": step.row.penalty,
        "position": step.row.position,
    }


def render(edition: Edition) -> dict[str, bytes]:
    """One document: week, release, rows in the order of the table, changes in the order of time."""
    table, horizon = routing_table(edition), edition.case.horizon
    document = {
        "week": str(horizon.week),
        "timezone": horizon.zone_name,
        "release": edition.release,
        "queues": {queue.queue_id: queue.name for queue in edition.case.company.queues},
        "rows": [_row(row, horizon.zone) for row in table],
        "changes": [_change(step, horizon.zone) for step in changes(table)],
    }
    return {"routing/routing.json": json_bytes(document)}


EXPORTER = Format("routing_json", "routing/routing.json: the routing table in time and its changes", render)
