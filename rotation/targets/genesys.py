"""Genesys Cloud: skills, queue members with their ring, and the week's schedule; changes as requests.

Paths and bodies name users by their login, queues and skills by the queue's id, for which the sender puts Genesys' ids.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from rotation.exporters._writing import json_bytes
from rotation.routing import RoutingBook, RoutingRow
from rotation.targets._limits import CONTROLS, logins, queue_names
from rotation.targets._moments import Moment, by_employee
from rotation.targets._requests import lines
from rotation.targets._target import Refusal, Target

NAME_SIGNS = 256
MEMBERS_A_CALL = 100
RINGS = 6
ON_QUEUE = "0"
"""Genesys' own activity code for work on queues."""
Request = dict[str, object]


def _fits(name: str) -> bool:
    return 0 < len(name) <= NAME_SIGNS and not CONTROLS.search(name)


def refusals(book: RoutingBook) -> Iterator[Refusal]:
    """What Genesys Cloud cannot hold."""
    for fault, queue_id in queue_names(book, _fits, f"1 to {NAME_SIGNS} signs, unique whatever the case"):
        yield Refusal(fault, tuple(book.by_queue.get(queue_id, ())))
    for fault, rows in logins(book):
        yield Refusal(fault, rows)


def ring(row: RoutingRow) -> int:
    """The ring of a member: 1 first, 6 last, so all second skills share the last."""
    return min(row.penalty + 1, RINGS)


def snapshot(book: RoutingBook, at: dt.datetime) -> dict[str, bytes]:
    """Requests for skills and members of an instant, and the schedule of the week for the import."""
    rows = book.at(at)
    requests = [*_skills(book, rows), *_members(book, rows, delete=False), *_rings(book, rows)]
    return {"requests.jsonl": lines(requests).encode("utf-8"), "schedule.json": json_bytes(schedule(book))}


def steps(book: RoutingBook, moment: Moment) -> str:
    """Comers get skill, membership and ring, the others a ring; leavers lose their membership last."""
    added = [step.row for step in moment.steps if step.action == "add"]
    moved = [step.row for step in moment.steps if step.action != "remove"]
    gone = [step.row for step in moment.steps if step.action == "remove"]
    still = {(row.queue_id, row.employee_id) for row in moment.after}
    gone = [row for row in gone if (row.queue_id, row.employee_id) not in still]
    return lines(
        [
            *_skills(book, added),
            *_members(book, added, delete=False),
            *_rings(book, moved),
            *_members(book, gone, delete=True),
        ]
    )


def _skills(book: RoutingBook, rows: Iterable[RoutingRow]) -> Iterator[Request]:
    """PATCH adds to a user's skills; PUT would replace those that others gave."""
    for key, mine in by_employee(rows).items():
        body = [{"id": row.queue_id, "proficiency": float(row.level)} for row in mine]
        yield {"method": "PATCH", "path": f"/api/v2/users/{book.agents[key].email}/routingskills/bulk", "body": body}


def _by_queue(rows: Iterable[RoutingRow]) -> dict[str, list[RoutingRow]]:
    found: dict[str, list[RoutingRow]] = {}
    for row in sorted(rows, key=lambda row: (row.queue_id, row.ringing_order)):
        found.setdefault(row.queue_id, []).append(row)
    return found


def _batches(rows: Sequence[RoutingRow]) -> Iterator[Sequence[RoutingRow]]:
    for start in range(0, len(rows), MEMBERS_A_CALL):
        yield rows[start : start + MEMBERS_A_CALL]


def _members(book: RoutingBook, rows: Iterable[RoutingRow], delete: bool) -> Iterator[Request]:
    for queue_id, mine in _by_queue(rows).items():
        for batch in _batches(mine):
            path = f"/api/v2/routing/queues/{queue_id}/members" + ("?delete=true" if delete else "")
            yield {
                "method": "POST",
                "path": path,
                "body": [{"id": book.agents[row.employee_id].email} for row in batch],
            }


def _rings(book: RoutingBook, rows: Iterable[RoutingRow]) -> Iterator[Request]:
    for queue_id, mine in _by_queue(rows).items():
        for batch in _batches(mine):
            body = [
                {"id": book.agents[row.employee_id].email, "ringNumber": ring(row), "joined": True} for row in batch
            ]
            yield {"method": "PATCH", "path": f"/api/v2/routing/queues/{queue_id}/members", "body": body}


def schedule(book: RoutingBook) -> Request:
    """The week's shifts as Genesys' schedule import wants them; only the shifts' own queues."""
    agents = []
    for key, rows in by_employee(row for row in book.rows if row.primary).items():
        shifts = [_shift(book, row) for row in sorted(rows, key=lambda row: row.valid_from)]
        agents.append({"userId": book.agents[key].email, "shifts": shifts})
    description = f"rotation {book.week}, release {book.release}"
    return {"description": description, "weekCount": 1, "published": False, "agentSchedules": agents}


def _shift(book: RoutingBook, row: RoutingRow) -> Request:
    start = row.valid_from.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    minutes = (row.valid_to - row.valid_from) // dt.timedelta(minutes=1)
    activity = {
        "startDate": start,
        "lengthMinutes": minutes,
        "activityCodeId": ON_QUEUE,
        "description": book.queues.get(row.queue_id, row.queue_id),
        "paid": True,
    }
    return {"startDate": start, "lengthMinutes": minutes, "manuallyEdited": True, "activities": [activity]}


TARGET = Target(
    "skills, queue members and a schedule to import, and requests for the changes (Genesys Cloud)",
    (
        f"queue ids: 1 to {NAME_SIGNS} signs, unique whatever the case",
        "logins: one e-mail address a person",
        f"members a call: {MEMBERS_A_CALL}, written in batches",
        f"rings: 1 to {RINGS}, ring is penalty + 1",
    ),
    refusals,
    snapshot,
    steps,
    ".jsonl",
)
