"""What a target cannot hold is told with its place, all at once, before anything is written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rotation.routing import RoutingBook, RoutingRow
from rotation.targets import refused_rows, targets
from tests.routing.tables import HALF_HOUR, NOON

from .books import book_with

FAMILY = targets()
RINGS = [name for name in FAMILY if name.startswith(("asterisk", "freeswitch"))]


def row(queue: str = "q", who: str = "A", endpoint: str = "PJSIP/1", start: int = 0, name: str = "Ann") -> RoutingRow:
    begin = NOON + start * HALF_HOUR
    return RoutingRow(queue, who, name, endpoint, 5, 0, 1, begin, begin + 2 * HALF_HOUR, f"{who}-{start}", 3)


@pytest.mark.parametrize("name", RINGS)
@pytest.mark.parametrize("endpoint", ["", "1001", "PJSIP/", "PJSIP/a b", "PJSIP/a,b", "PJSIP/a;b", "ISDN/ü", "x" * 200])
def test_an_endpoint_that_cannot_be_rung_is_named_and_left_out(name: str, endpoint: str) -> None:
    book = book_with([row(endpoint=endpoint), row(who="B", endpoint="PJSIP/2")])
    (fault,) = FAMILY[name].check(book)
    assert (fault.file, fault.column) == ("employees.csv", "endpoint")
    assert "employee A" in fault.message and fault.allowed
    assert {one.employee_id for one in refused_rows(FAMILY[name], book)} == {"A"}


@pytest.mark.parametrize("name", RINGS)
def test_two_people_at_one_phone_at_one_time_are_named_whatever_the_case(name: str) -> None:
    book = book_with(
        [row(endpoint="PJSIP/a"), row(who="B", endpoint="PJSIP/A", start=1), row(who="C", endpoint="PJSIP/3")]
    )
    (fault,) = FAMILY[name].check(book)
    assert "A and B" in fault.message
    assert [one.employee_id for one in refused_rows(FAMILY[name], book)] == ["B"]


@pytest.mark.parametrize(
    ("name", "queue"),
    [
        ("asterisk", "general"),
        ("asterisk", "a[b"),
        ("asterisk-ami", "q\r\nAction: Command"),
        ("asterisk-realtime", "ü" * 50),
        ("freeswitch", "two words"),
        ("freeswitch", "a'b"),
        ("twilio", 'a"b'),
        ("twilio", "x" * 65),
        ("connect", "x" * 101),
        ("genesys", "x" * 257),
        ("uccx", "x" * 51),
        ("uccx", "a,b"),
    ],
)
def test_a_queue_that_the_target_cannot_hold_is_named_with_what_is_allowed(name: str, queue: str) -> None:
    book = book_with([row(queue), row("q", "B", "PJSIP/2")], {queue: "Bad", "q": "Good"})
    faults = FAMILY[name].check(book)
    assert [(fault.file, fault.column, fault.value) for fault in faults] == [("queues.csv", "queue_id", queue[:60])]
    assert faults[0].allowed
    assert {one.queue_id for one in refused_rows(FAMILY[name], book)} == {queue}


@pytest.mark.parametrize("name", [name for name in FAMILY if name not in ("csv", "json", "crm")])
def test_two_queues_that_differ_in_case_only_clash(name: str) -> None:
    faults = FAMILY[name].check(book_with([row("Q"), row("q", "B", "PJSIP/2")], {"Q": "One", "q": "Two"}))
    assert [fault.value for fault in faults] == ["q"]


@pytest.mark.parametrize("name", ["connect", "crm", "genesys"])
def test_a_login_is_one_address_of_one_person(name: str) -> None:
    book = book_with([row(), row(who="B", endpoint="PJSIP/2"), row(who="C", endpoint="PJSIP/3")])
    agents = dict(book.agents)
    agents["B"] = replace(agents["B"], email="A@example.com")
    agents["C"] = replace(agents["C"], email="")
    faults = FAMILY[name].check(replace(book, agents=agents))
    assert [(fault.column, fault.value) for fault in faults] == [("email", ""), ("email", "a@example.com")]


def test_connect_holds_ten_queues_of_one_agent() -> None:
    queues = {f"q{number:02d}": "Queue" for number in range(12)}
    book = book_with([row(queue) for queue in queues], queues)
    (fault,) = FAMILY["connect"].check(book)
    assert (fault.value, fault.allowed) == ("A", "at most 10 queues at a time")
    kept: RoutingBook = book.without(refused_rows(FAMILY["connect"], book))
    assert len(kept.at(NOON)) == 10
    assert FAMILY["connect"].check(kept) == ()


def test_all_faults_are_told_at_once() -> None:
    book = book_with([row(endpoint=""), row("a b;", "B", "PJSIP/2"), row(who="C", endpoint="x")], {"q": "", "a b;": ""})
    assert len(FAMILY["asterisk"].check(book)) == 3
