"""SQL for Asterisk's realtime tables queues and queue_members, the same text for SQLite and PostgreSQL.

Our rows carry a ``uniqueid`` of 2^30 or more, drawn from queue, endpoint and first instant: each assignment has a new
one, because Asterisk keeps ringing the old phone when the interface of a known uniqueid changes. Rows below are
somebody else's and are never touched.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from weakref import WeakKeyDictionary

from rotation.exporters.asterisk_queues import QueueSettings
from rotation.routing import RoutingBook, RoutingChange, RoutingRow, changes
from rotation.targets._asterisk_common import LIMITS, NAME_LIMIT, member_name, refusals
from rotation.targets._limits import label
from rotation.targets._moments import Moment
from rotation.targets._target import Target

FIRST_ID = 2**30
SCHEMA = """\
CREATE TABLE IF NOT EXISTS queues (
  name VARCHAR(128) NOT NULL PRIMARY KEY, strategy VARCHAR(128), timeout INTEGER, retry INTEGER, wrapuptime INTEGER,
  ringinuse VARCHAR(5), autofill VARCHAR(5)
);
CREATE TABLE IF NOT EXISTS queue_members (
  queue_name VARCHAR(80) NOT NULL, interface VARCHAR(80) NOT NULL, membername VARCHAR(80), state_interface VARCHAR(80),
  penalty INTEGER, paused INTEGER, uniqueid INTEGER NOT NULL UNIQUE, wrapuptime INTEGER, ringinuse VARCHAR(5),
  reason_paused VARCHAR(80), PRIMARY KEY (queue_name, interface)
);
CREATE TABLE IF NOT EXISTS queue_rules (
  rule_name VARCHAR(80) NOT NULL, time VARCHAR(32) NOT NULL, min_penalty VARCHAR(32) NOT NULL,
  max_penalty VARCHAR(32) NOT NULL
);
"""
COLUMNS = "queue_name, interface, membername, state_interface, penalty, paused, uniqueid, wrapuptime, ringinuse"
Key = tuple[str, str, str]
Assignments = dict[Key, list[tuple[dt.datetime, int]]]
_assignments: WeakKeyDictionary[RoutingBook, Assignments] = WeakKeyDictionary()


def assignments(book: RoutingBook) -> Assignments:
    """By queue, person and endpoint the instants of its adds, each with a number of 2^30 to 2^31 - 1 of its own."""
    if book not in _assignments:
        taken: set[int] = set()
        found: Assignments = {}
        for step in changes(book.rows):
            if step.action == "add":
                key = _key(step.row)
                words = "|".join((*key, step.at.isoformat()))
                number = (
                    FIRST_ID + int.from_bytes(hashlib.sha256(words.encode("utf-8", "replace")).digest()[:4]) % FIRST_ID
                )
                while number in taken:
                    number = FIRST_ID + (number + 1) % FIRST_ID
                taken.add(number)
                found.setdefault(key, []).append((step.at, number))
        _assignments[book] = found
    return _assignments[book]


def unique_id(book: RoutingBook, row: RoutingRow, at: dt.datetime) -> int:
    """The number of the assignment that holds at an instant, or that was the last before it."""
    begun = assignments(book)[_key(row)]
    return begun[bisect_right(begun, (at, 2**31)) - 1][1]


def _key(row: RoutingRow) -> Key:
    return (row.queue_id, row.employee_id, row.endpoint)


def _text(value: str) -> str:
    """A literal that both databases read alike."""
    return "'" + value.replace("'", "''") + "'"


def _values(row: RoutingRow, number: int) -> str:
    phone, wrapup = _text(row.endpoint), QueueSettings().wrapuptime_s
    name = _text(member_name(row))
    return f"{_text(row.queue_id)}, {phone}, {name}, {phone}, {row.penalty}, 0, {number}, {wrapup}, 'no'"


def snapshot(book: RoutingBook, at: dt.datetime) -> dict[str, bytes]:
    """The tables, and one transaction that makes our members those of an instant and leaves all others alone."""
    wanted = [_values(row, unique_id(book, row, at)) for row in _first_of_each(book.at(at))]
    return {"schema.sql": SCHEMA.encode(), "members.sql": "".join(_reconciled(book, wanted)).encode("utf-8")}


def _first_of_each(rows: Iterable[RoutingRow]) -> list[RoutingRow]:
    found: dict[Key, RoutingRow] = {}
    for row in rows:
        found.setdefault(_key(row), row)
    return list(found.values())


def _reconciled(book: RoutingBook, wanted: list[str]) -> Iterator[str]:
    settings = QueueSettings()
    yield "BEGIN;\n"
    for queue_id in book.queues:
        name = _text(label(queue_id, queue_id, 79))
        yield (
            "INSERT INTO queues (name, strategy, timeout, retry, wrapuptime, ringinuse, autofill) "
            f"SELECT {name}, '{settings.strategy}', {settings.timeout_s}, {settings.retry_s}, {settings.wrapuptime_s}, "
            f"'no', 'yes' WHERE NOT EXISTS (SELECT 1 FROM queues WHERE name = {name});\n"
        )
    yield "CREATE TEMPORARY TABLE rotation_now AS SELECT * FROM queue_members WHERE 1 = 0;\n"
    for values in wanted:
        yield f"INSERT INTO rotation_now ({COLUMNS}) VALUES ({values});\n"
    yield _RECONCILE
    yield "DROP TABLE rotation_now;\nCOMMIT;\n"


_SAME = "n.queue_name = queue_members.queue_name AND n.interface = queue_members.interface"
_RECONCILE = f"""\
DELETE FROM queue_members WHERE uniqueid >= {FIRST_ID}
  AND NOT EXISTS (SELECT 1 FROM rotation_now n WHERE {_SAME} AND n.uniqueid = queue_members.uniqueid);
UPDATE queue_members SET penalty = (SELECT n.penalty FROM rotation_now n WHERE {_SAME}),
  membername = (SELECT n.membername FROM rotation_now n WHERE {_SAME})
  WHERE uniqueid >= {FIRST_ID} AND EXISTS (SELECT 1 FROM rotation_now n WHERE {_SAME}
  AND (n.penalty <> queue_members.penalty OR n.membername <> queue_members.membername));
INSERT INTO queue_members ({COLUMNS}) SELECT {COLUMNS} FROM rotation_now n
  WHERE NOT EXISTS (SELECT 1 FROM queue_members WHERE {_SAME});
"""


def steps(book: RoutingBook, moment: Moment) -> str:
    """One transaction: inserts, new penalties, deletes."""
    lines = [_statement(book, step) for step in moment.steps]
    return "".join(["BEGIN;\n", *lines, "COMMIT;\n"])


def _statement(book: RoutingBook, step: RoutingChange) -> str:
    row, number = step.row, unique_id(book, step.row, step.at)
    place = f"queue_name = {_text(row.queue_id)} AND interface = {_text(row.endpoint)}"
    if step.action == "add":
        return (
            f"INSERT INTO queue_members ({COLUMNS}) SELECT {_values(row, number)} "
            f"WHERE NOT EXISTS (SELECT 1 FROM queue_members WHERE {place});\n"
        )
    if step.action == "set":
        name = _text(member_name(row))
        return f"UPDATE queue_members SET penalty = {row.penalty}, membername = {name} WHERE uniqueid = {number};\n"
    return f"DELETE FROM queue_members WHERE uniqueid = {number};\n"


TARGET = Target(
    "SQL for the realtime tables queues and queue_members (SQLite and PostgreSQL)",
    (*LIMITS, NAME_LIMIT, "members of others (uniqueid below 2^30) are never touched"),
    refusals,
    snapshot,
    steps,
    ".sql",
)
