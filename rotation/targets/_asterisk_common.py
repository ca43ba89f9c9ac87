"""What every way into Asterisk has in common: interfaces, section names, names of members, one phone for one person."""

from __future__ import annotations

from collections.abc import Iterator

from rotation.exporters._asterisk import INTERFACE, INTERFACE_IN_WORDS, SECTION, SECTION_IN_WORDS, fits
from rotation.routing import RoutingBook, RoutingRow
from rotation.targets._limits import endpoints, label, queue_names, shared_endpoints
from rotation.targets._target import Refusal

LIMITS = (
    f"queue ids: {SECTION_IN_WORDS}",
    f"endpoints: {INTERFACE_IN_WORDS}",
    "one endpoint for one person at a time, whatever the case",
)
NAME_LIMIT = "names of members: one line, cut at 79 octets between characters; , ; | become blanks"
FORBIDDEN = ",;|"
"""Signs in a dynamic member's name that leave ghost members in Asterisk's database after a restart."""


def interface_fits(endpoint: str) -> bool:
    """Whether Asterisk can ring an endpoint."""
    return bool(INTERFACE.fullmatch(endpoint)) and fits(endpoint)


def section_fits(name: str) -> bool:
    """Whether Asterisk can hold a queue of that name."""
    return bool(SECTION.fullmatch(name)) and fits(name)


def member_name(row: RoutingRow) -> str:
    """The name of a dynamic or realtime member, which the manager and the database can carry."""
    return label(row.agent_name, row.employee_id, 79, FORBIDDEN)


def refusals(book: RoutingBook) -> Iterator[Refusal]:
    """What Asterisk cannot hold."""
    for fault, queue_id in queue_names(book, section_fits, SECTION_IN_WORDS, ("general",)):
        yield Refusal(fault, tuple(book.by_queue.get(queue_id, ())))
    for fault, rows in endpoints(book, interface_fits, INTERFACE_IN_WORDS):
        yield Refusal(fault, rows)
    for fault, rows in shared_endpoints(book):
        yield Refusal(fault, rows)
