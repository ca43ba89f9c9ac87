"""Amazon Connect: routing profiles, one a user, and proficiencies; changes as calls of its API.

Calls name the instance ``{instance}``; users by their login, queues and profiles by their name, for which the
sender puts ids.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence

from rotation.routing import RoutingBook, RoutingRow
from rotation.targets._limits import CONTROLS, logins, queue_names, queues_of_an_agent
from rotation.targets._moments import Moment, by_employee, moments
from rotation.targets._requests import lines
from rotation.targets._target import Refusal, Target

NAME_SIGNS = 100
MOST_QUEUES = 10
OFF_DUTY = "rotation off duty"
ATTRIBUTE = "rotation:queue"
Call = dict[str, object]
Ranks = tuple[tuple[str, int], ...]


def _fits(name: str) -> bool:
    return 0 < len(name) <= NAME_SIGNS and not CONTROLS.search(name) and name == name.strip()


def refusals(book: RoutingBook) -> Iterator[Refusal]:
    """What Connect cannot hold."""
    words = f"1 to {NAME_SIGNS} signs, no blanks at the ends, unique whatever the case"
    for fault, queue_id in queue_names(book, _fits, words):
        yield Refusal(fault, tuple(book.by_queue.get(queue_id, ())))
    for fault, rows in logins(book):
        yield Refusal(fault, rows)
    for fault, rows in queues_of_an_agent(book, MOST_QUEUES):
        yield Refusal(fault, rows)


def ranks(rows: Sequence[RoutingRow]) -> Ranks:
    """Queue and priority, 1 rings first."""
    return tuple(sorted((row.queue_id, min(row.penalty + 1, 99)) for row in rows))


def profile_name(wanted: Ranks) -> str:
    """The name of the routing profile for queues and priorities: what it holds, or a digest when that is long."""
    if not wanted:
        return OFF_DUTY
    name = "rotation " + " ".join(f"{queue_id}:{priority}" for queue_id, priority in wanted)
    return name if len(name) <= 127 else "rotation " + hashlib.sha256(name.encode()).hexdigest()[:32]


def profiles(book: RoutingBook) -> list[Call]:
    """A call that makes each routing profile of the week, and one for those off duty."""
    wanted: set[Ranks] = {()}
    for moment in moments(book, book.valid_from, book.valid_to):
        wanted |= {ranks(rows) for rows in by_employee(moment.after).values()}
    return [_create(one, next(iter(book.queues), "")) for one in sorted(wanted)]


def _create(wanted: Ranks, outbound: str) -> Call:
    configs = [
        {"QueueReference": {"QueueId": queue_id, "Channel": "VOICE"}, "Priority": priority, "Delay": 0}
        for queue_id, priority in wanted
    ]
    parameters: Call = {
        "InstanceId": "{instance}",
        "Name": profile_name(wanted),
        "Description": "on shift in the queues of its name" if wanted else "no shift",
        "DefaultOutboundQueueId": outbound,
        "MediaConcurrencies": [{"Channel": "VOICE", "Concurrency": 1}],
    }
    return {
        "operation": "CreateRoutingProfile",
        "parameters": parameters | ({"QueueConfigs": configs} if configs else {}),
    }


def snapshot(book: RoutingBook, at: dt.datetime) -> dict[str, bytes]:
    """The week's profiles, and the profile and proficiencies of everybody with a shift that week."""
    held = by_employee(book.at(at))
    calls = [call for key in sorted(book.agents) for call in _user(book, key, [], held.get(key, []))]
    return {"profiles.jsonl": lines(profiles(book)).encode("utf-8"), "users.jsonl": lines(calls).encode("utf-8")}


def steps(book: RoutingBook, moment: Moment) -> str:
    """Profile and proficiencies of each user whom the moment concerns: leavers last."""
    before, after = by_employee(moment.before), by_employee(moment.after)
    order = sorted(moment.touched, key=lambda key: (key not in after, key))
    return lines(call for key in order for call in _user(book, key, before.get(key, []), after.get(key, [])))


def _user(book: RoutingBook, key: str, old: Sequence[RoutingRow], new: Sequence[RoutingRow]) -> Iterator[Call]:
    login: Call = {"InstanceId": "{instance}", "UserId": book.agents[key].email}
    parameters = login | {"RoutingProfileId": profile_name(ranks(new))}
    yield {"operation": "UpdateUserRoutingProfile", "parameters": parameters}
    gone = sorted({row.queue_id for row in old} - {row.queue_id for row in new})
    if gone:
        values = [{"AttributeName": ATTRIBUTE, "AttributeValue": queue_id} for queue_id in gone]
        yield {"operation": "DisassociateUserProficiencies", "parameters": login | {"UserProficiencies": values}}
    skills = _proficiencies(row for row in new if row.queue_id not in {other.queue_id for other in old})
    if skills:
        yield {"operation": "AssociateUserProficiencies", "parameters": login | {"UserProficiencies": skills}}


def _proficiencies(rows: Iterable[RoutingRow]) -> list[Call]:
    levels = {row.queue_id: max(row.level, 1) for row in rows}
    return [
        {"AttributeName": ATTRIBUTE, "AttributeValue": queue_id, "Level": float(level)}
        for queue_id, level in sorted(levels.items())
    ]


TARGET = Target(
    "routing profiles and proficiencies, and calls for the changes (Amazon Connect)",
    (
        f"queue ids: 1 to {NAME_SIGNS} signs, unique whatever the case",
        "logins: one e-mail address a person",
        f"queues of one agent at a time: {MOST_QUEUES}",
        "priority is penalty + 1, at most 99",
    ),
    refusals,
    snapshot,
    steps,
    ".jsonl",
)
