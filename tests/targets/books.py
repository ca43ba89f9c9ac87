"""Routing books for tests: any, and one with nasty names."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from rotation.routing import Agent, RoutingBook, RoutingRow, in_order
from tests.routing.tables import HALF_HOUR, NOON

QUEUES = {"q": "Queue", "r": 'Other; queue, "r"'}
NASTY = [
    "",
    "a,b",
    "x;y|z",
    '"quoted"',
    "new\nline",
    "👩‍💻 Łuczak",
    "ü" * 60,
    "back\\slash",
    "'; DROP TABLE queues;--",
    "] [x",
]


def book_with(rows: list[RoutingRow], queues: dict[str, str] | None = None, emails: bool = True) -> RoutingBook:
    """A book of the rows, good from an hour before noon for two days."""
    agents = {
        row.employee_id: Agent(
            row.employee_id, row.agent_name, f"{row.employee_id}@example.com".casefold() if emails else ""
        )
        for row in rows
    }
    start = NOON - 2 * HALF_HOUR
    return RoutingBook("2026-W44", "UTC", 3, start, start + 96 * HALF_HOUR, queues or QUEUES, agents, in_order(rows))


@st.composite
def books(draw: st.DrawFn) -> RoutingBook:
    """Nobody has two shifts at a time; second skills, back-to-back shifts, new penalties and nasty names occur."""
    rows = []
    for number, employee_id in enumerate("ABCDE"):
        at, name = draw(st.integers(0, 6)), draw(st.sampled_from(NASTY))
        for _ in range(draw(st.integers(0, 4))):
            length, queue_id = draw(st.integers(1, 3)), draw(st.sampled_from("qr"))
            level = draw(st.integers(0, 5))
            start, end = NOON + at * HALF_HOUR, NOON + (at + length) * HALF_HOUR
            common = (employee_id, name, f"PJSIP/{1000 + number}", level)
            rest = (draw(st.integers(1, 2)), start, end, f"{employee_id}-{at}", 3)
            rows.append(RoutingRow(queue_id, *common, 5 - level, *rest))
            if draw(st.booleans()):
                other = "r" if queue_id == "q" else "q"
                rows.append(RoutingRow(other, *common, 15 - level, *rest, primary=False))
            at += length + draw(st.sampled_from([0, 0, 1]))
    return book_with(draw(st.permutations(rows)))


def instants(book: RoutingBook) -> list[dt.datetime]:
    """Every half-hour of a book's day that can matter."""
    return [NOON + number * HALF_HOUR for number in range(-1, 26)]
