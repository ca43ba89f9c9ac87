"""Limits that several targets have: names of queues, kinds of endpoints, queues of one agent, sizes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from rotation.errors import InputFault
from rotation.routing import RoutingBook, RoutingRow
from rotation.targets._moments import moments

CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def label(name: str, otherwise: str, most_octets: int, forbidden: str = "") -> str:
    """A name for people in one line that a target can hold: cut between characters, forbidden signs as blanks.

    Args:
        name: the name.
        otherwise: what to show when nothing is left of it.
        most_octets: length in UTF-8.
        forbidden: signs that corrupt the target.
    """
    text = CONTROLS.sub(" ", name).translate({ord(sign): " " for sign in forbidden})
    text = " ".join(text.split())
    cut = text.encode("utf-8")[:most_octets].decode("utf-8", errors="ignore").strip()
    return cut or otherwise


def queue_names(
    book: RoutingBook, fits: Callable[[str], bool], allowed: str, reserved: tuple[str, ...] = ()
) -> Iterator[tuple[InputFault, str]]:
    """Queues whose id a target cannot hold, or holds only once whatever the case.

    Args:
        book: the book.
        fits: whether a target can hold a name.
        allowed: that in words.
        reserved: names in lower case that the target keeps for itself.

    Yields:
        Faults with the queue's id.
    """
    seen = set(reserved)
    for queue_id in book.queues:
        if not fits(queue_id) or queue_id.casefold() in seen:
            message = "cannot be the name of a queue there"
            yield InputFault("queues.csv", 0, "queue_id", queue_id[:60], message, allowed), queue_id
        seen.add(queue_id.casefold())


def endpoints(
    book: RoutingBook, fits: Callable[[str], bool], allowed: str
) -> Iterator[tuple[InputFault, tuple[RoutingRow, ...]]]:
    """People with shifts whose endpoint a target cannot ring, with their rows."""
    bad: dict[tuple[str, str], list[RoutingRow]] = {}
    for row in book.rows:
        if not fits(row.endpoint):
            bad.setdefault((row.employee_id, row.endpoint), []).append(row)
    for (employee_id, endpoint), rows in sorted(bad.items()):
        message = "cannot be rung" if endpoint else "has shifts but no endpoint"
        message = f"{message} (employee {employee_id})"
        fault = InputFault("employees.csv", 0, "endpoint", endpoint[:100], message, allowed)
        yield fault, tuple(rows)


def shared_endpoints(book: RoutingBook) -> Iterator[tuple[InputFault, tuple[RoutingRow, ...]]]:
    """Two people at one endpoint at one time, with the rows of whoever comes later."""
    by_phone: dict[str, list[RoutingRow]] = {}
    for row in book.rows:
        if row.endpoint:
            by_phone.setdefault(row.endpoint.casefold(), []).append(row)
    for rows in by_phone.values():
        if len({row.employee_id for row in rows}) == 1:
            continue
        rows.sort(key=lambda row: (row.valid_from, row.ringing_order))
        for number, row in enumerate(rows):
            for other in rows[number + 1 :]:
                if other.valid_from >= row.valid_to:
                    break
                if other.employee_id != row.employee_id:
                    pair = " and ".join(sorted((row.employee_id, other.employee_id)))
                    message = f"rings for {pair} at the same time"
                    allowed = "one phone for one person"
                    yield InputFault("employees.csv", 0, "endpoint", row.endpoint[:100], message, allowed), (other,)


def queues_of_an_agent(book: RoutingBook, most: int) -> Iterator[tuple[InputFault, tuple[RoutingRow, ...]]]:
    """People who ring in more queues at a time than a target allows."""
    if len(book.queues) <= most:
        return
    told = set()
    for moment in moments(book, book.valid_from, book.valid_to):
        count: dict[str, int] = {}
        for row in moment.after:
            count[row.employee_id] = count.get(row.employee_id, 0) + 1
        for employee_id in moment.touched:
            if count.get(employee_id, 0) > most and employee_id not in told:
                told.add(employee_id)
                rows = sorted(
                    (row for row in moment.after if row.employee_id == employee_id), key=lambda row: row.ringing_order
                )
                message = f"rings in {count[employee_id]} queues at {moment.at:%Y-%m-%d %H:%M} UTC"
                fault = InputFault(
                    "skills.csv", 0, "employee_id", employee_id, message, f"at most {most} queues at a time"
                )
                gone = {row.queue_id for row in rows[most:]}
                yield fault, tuple(row for row in book.rows if row.employee_id == employee_id and row.queue_id in gone)


def agent_ids(
    book: RoutingBook, fits: Callable[[str], bool], allowed: str
) -> Iterator[tuple[InputFault, tuple[RoutingRow, ...]]]:
    """People whose id a target cannot hold, or holds only once whatever the case."""
    rows_of: dict[str, list[RoutingRow]] = {}
    for row in book.rows:
        rows_of.setdefault(row.employee_id, []).append(row)
    names = sorted(rows_of, key=lambda key: (key.casefold(), key))
    twice = {after for before, after in pairwise(names) if before.casefold() == after.casefold()}
    for employee_id in names:
        if not fits(employee_id) or employee_id in twice:
            fault = InputFault(
                "employees.csv", 0, "employee_id", employee_id[:60], "cannot be an agent's id there", allowed
            )
            yield fault, tuple(rows_of[employee_id])


def logins(book: RoutingBook) -> Iterator[tuple[InputFault, tuple[RoutingRow, ...]]]:
    """People without an e-mail address, or two with one: cloud systems know people by it."""
    rows_of: dict[str, list[RoutingRow]] = {}
    for row in book.rows:
        rows_of.setdefault(row.employee_id, []).append(row)
    seen: dict[str, str] = {}
    for employee_id in sorted(rows_of):
        agent = book.agents.get(employee_id)
        email = agent.email.casefold() if agent else ""
        if "@" not in email or email in seen:
            other = f", which {seen[email]} has as well" if email in seen else ""
            message = f"is no login (employee {employee_id}){other}"
            yield (
                InputFault("employees.csv", 0, "email", email, message, "an address of one person"),
                tuple(rows_of[employee_id]),
            )
        seen.setdefault(email, employee_id)
