"""Routing tables for tests: any, and by hand."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from rotation.routing import RoutingRow

NOON = dt.datetime(2026, 10, 26, 12, tzinfo=dt.UTC)
HALF_HOUR = dt.timedelta(minutes=30)


def row(
    employee_id: str, start: int, end: int, queue_id: str = "q", penalty: int = 0, position: int = 1, endpoint: str = ""
) -> RoutingRow:
    """A row from and to half-hours after noon."""
    return RoutingRow(
        queue_id=queue_id,
        employee_id=employee_id,
        agent_name=f"Agent {employee_id}",
        endpoint=endpoint or f"PJSIP/{employee_id}",
        level=5 - penalty,
        penalty=penalty,
        position=position,
        valid_from=NOON + start * HALF_HOUR,
        valid_to=NOON + end * HALF_HOUR,
        shift_id=f"{employee_id}-{start}",
        release=1,
    )


@st.composite
def tables(draw: st.DrawFn) -> list[RoutingRow]:
    """Nobody serves twice at a time; back-to-back rows, other queues and other penalties occur."""
    rows = []
    for employee_id in "ABCDE":
        at = draw(st.integers(0, 8))
        for _ in range(draw(st.integers(0, 4))):
            length, queue_id = draw(st.integers(1, 3)), draw(st.sampled_from("qr"))
            rows.append(row(employee_id, at, at + length, queue_id, draw(st.integers(0, 1))))
            at += length + draw(st.sampled_from([0, 0, 1]))
    return draw(st.permutations(rows))
