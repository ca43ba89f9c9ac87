"""Reads routing/routing.csv of an output folder back as the routing table that the switch gets."""

from __future__ import annotations

from pathlib import Path

from rotation.errors import InputFault
from rotation.report.written_table import WrittenTable
from rotation.routing import RoutingRow
from rotation.timegrid import UTC

NAME = "routing/routing.csv"
COLUMNS = (
    "queue_id", "employee_id", "agent_name", "endpoint", "level", "penalty", "position", "valid_from", "valid_to",
    "shift_id", "release",
)  # fmt: skip


def read_routing(folder: Path, faults: list[InputFault]) -> tuple[RoutingRow, ...]:
    """Read the routing table.

    Args:
        folder: the output folder.
        faults: where faults are gathered.

    Returns:
        The rows in the order of the file; those at fault left out.
    """
    table = WrittenTable(folder, NAME, COLUMNS, faults)
    texts = [table.texts(name) for name in ("queue_id", "employee_id", "agent_name", "endpoint", "shift_id")]
    wholes = [table.wholes(name) for name in ("level", "penalty", "position", "release")]
    spans = [table.instants(name, UTC) for name in ("valid_from", "valid_to")]
    rows = []
    for queue_id, employee_id, name, endpoint, shift_id, *numbers in zip(*texts, *wholes, *spans, strict=True):
        level, penalty, position, release, start, end = numbers
        if None not in numbers:
            rows.append(
                RoutingRow(
                    queue_id=queue_id, employee_id=employee_id, agent_name=name, endpoint=endpoint, level=level,
                    penalty=penalty, position=position, valid_from=start, valid_to=end, shift_id=shift_id,
                    release=release,
                )
            )  # fmt: skip
    return tuple(rows)
