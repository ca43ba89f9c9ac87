"""The realtime SQL on SQLite and PostgreSQL: the answers of ``who``, foreign members as they were, new ids."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from rotation.routing import RoutingBook, RoutingRow
from rotation.targets import moments, targets
from rotation.targets.asterisk_realtime import FIRST_ID
from tests.routing.tables import HALF_HOUR, NOON
from tests.store.cluster import new_database

from .books import book_with
from .readers import Realtime
from .test_agreement import expected, in_ranks

TARGET = targets()["asterisk-realtime"]
FOREIGN = (
    "INSERT INTO queue_members (queue_name, interface, membername, penalty, paused, uniqueid, ringinuse) VALUES "
    "('q', 'PJSIP/foreign', 'Foreign', 7, 0, 1, 'no'), ('r', 'PJSIP/1001', 'Same phone', 7, 0, 2, 'no');"
)


class RealtimePostgres(Realtime):
    """The same on PostgreSQL."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.connection = psycopg.connect(url, autocommit=True)

    def run(self, text: str) -> None:
        self.connection.execute(text)  # type: ignore[call-overload]

    def rows(self) -> list[tuple[Any, ...]]:
        columns = "queue_name, interface, penalty, uniqueid, ringinuse, paused"
        return list(self.connection.execute(f"SELECT {columns} FROM queue_members"))  # type: ignore[call-overload]


@pytest.fixture(params=["sqlite", "postgresql"])
def reader(request: pytest.FixtureRequest) -> Realtime:
    if request.param == "sqlite":
        return Realtime()
    return RealtimePostgres(new_database(request.getfixturevalue("postgres"), "realtime"))


def row(
    who: str, phone: str, start: int, end: int, queue: str = "q", penalty: int = 0, name: str = "Ann"
) -> RoutingRow:
    begin, last = NOON + start * HALF_HOUR, NOON + end * HALF_HOUR
    return RoutingRow(queue, who, name, phone, 5, penalty, 1, begin, last, f"{who}-{start}", 3)


BOOK = book_with(
    [
        row("A", "PJSIP/1001", 0, 2, name="O'Neil; DROP TABLE queues; \\ --"),
        row("A", "PJSIP/1001", 2, 4, penalty=2),
        row("A", "PJSIP/1001", 6, 8),
        row("B", "PJSIP/1002", 1, 3, "r"),
        row("C", "PJSIP/1003", 2, 6, "r", 4, "Zoë 👩 Łuczak"),
    ]
)


def check(reader: Realtime, book: RoutingBook, at: Any) -> None:
    for queue_id in book.queues:
        assert in_ranks(reader.state, queue_id) == expected("asterisk-realtime", book, queue_id, at)


def test_snapshot_steps_and_rollback_give_the_answers_of_who(reader: Realtime) -> None:
    reader.load(TARGET.snapshot(BOOK, BOOK.valid_from))
    for moment in moments(BOOK, BOOK.valid_from, BOOK.valid_to):
        before = dict(reader.state)
        reader.take(TARGET.steps(BOOK, moment))
        check(reader, BOOK, moment.at)
        reader.take(TARGET.steps(BOOK, moment.undone()))
        assert reader.state == before
        reader.take(TARGET.steps(BOOK, moment))
        reader.take(TARGET.snapshot(BOOK, moment.at)["members.sql"].decode())
        check(reader, BOOK, moment.at)


def test_a_snapshot_leads_from_any_state_to_its_own_and_twice_changes_nothing(reader: Realtime) -> None:
    reader.load(TARGET.snapshot(BOOK, NOON + 2 * HALF_HOUR))
    later = TARGET.snapshot(BOOK, NOON + 7 * HALF_HOUR)["members.sql"].decode()
    reader.take(later)
    rows = sorted(reader.rows())
    reader.take(later)
    assert sorted(reader.rows()) == rows
    check(reader, BOOK, NOON + 7 * HALF_HOUR)


def test_members_of_others_are_never_touched_even_at_the_same_phone(reader: Realtime) -> None:
    reader.load({"schema.sql": TARGET.snapshot(BOOK, NOON)["schema.sql"], "members.sql": FOREIGN.encode()})
    book = book_with([*BOOK.rows, row("A", "PJSIP/1001", 0, 4, "r")])
    for number in range(10):
        reader.take(TARGET.snapshot(book, NOON + number * HALF_HOUR)["members.sql"].decode())
        foreign = sorted(one for one in reader.rows() if one[3] < FIRST_ID)
        assert foreign == [("q", "PJSIP/foreign", 7, 1, "no", 0), ("r", "PJSIP/1001", 7, 2, "no", 0)]


def test_every_assignment_has_an_id_of_its_own() -> None:
    reader = Realtime()
    reader.load(TARGET.snapshot(BOOK, NOON))
    first = {one[1]: one[3] for one in reader.rows()}
    reader.take(TARGET.snapshot(BOOK, NOON + 7 * HALF_HOUR)["members.sql"].decode())
    again = {one[1]: one[3] for one in reader.rows()}
    assert first["PJSIP/1001"] != again["PJSIP/1001"]
    assert all(FIRST_ID <= number < 2**31 for number in (*first.values(), *again.values()))


ASTERISKS_OWN = """
CREATE TYPE yesno_values AS ENUM ('yes', 'no');
CREATE TYPE queue_strategy_values AS ENUM ('ringall', 'leastrecent', 'fewestcalls', 'random', 'rrmemory', 'linear');
CREATE TYPE queue_autopause_values AS ENUM ('yes', 'no', 'all');
CREATE TABLE queues (
  name VARCHAR(128) NOT NULL PRIMARY KEY, musiconhold VARCHAR(128), announce VARCHAR(128), context VARCHAR(128),
  timeout INTEGER, ringinuse yesno_values, setinterfacevar yesno_values, retry INTEGER, wrapuptime INTEGER,
  autofill yesno_values, autopause queue_autopause_values, maxlen INTEGER, strategy queue_strategy_values
);
CREATE TABLE queue_members (
  queue_name VARCHAR(80) NOT NULL, interface VARCHAR(80) NOT NULL, membername VARCHAR(80), state_interface VARCHAR(80),
  penalty INTEGER, paused INTEGER, uniqueid INTEGER NOT NULL UNIQUE, wrapuptime INTEGER, ringinuse yesno_values,
  reason_paused VARCHAR(80), PRIMARY KEY (queue_name, interface)
);
CREATE TABLE queue_rules (
  rule_name VARCHAR(80) NOT NULL, time VARCHAR(32) NOT NULL, min_penalty VARCHAR(32) NOT NULL,
  max_penalty VARCHAR(32) NOT NULL
);
"""


def test_tables_with_asterisks_own_types_take_the_same_sql(postgres: str) -> None:
    reader = RealtimePostgres(new_database(postgres, "asterisk"))
    reader.run(ASTERISKS_OWN)
    reader.load(TARGET.snapshot(BOOK, BOOK.valid_from))
    for moment in moments(BOOK, BOOK.valid_from, BOOK.valid_to):
        reader.take(TARGET.steps(BOOK, moment))
        reader.take(TARGET.snapshot(BOOK, moment.at)["members.sql"].decode())
        check(reader, BOOK, moment.at)
    assert reader.connection.execute("SELECT name, strategy FROM queues ORDER BY name").fetchall() == [
        ("q", "leastrecent"),
        ("r", "leastrecent"),
    ]
