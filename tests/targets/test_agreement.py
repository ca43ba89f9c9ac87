"""Every target gives the answer of ``who`` at any instant, by snapshot, by steps and by steps taken back."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from rotation.routing import RoutingBook, RoutingRow
from rotation.targets import moments, targets, timeline
from tests.routing.tables import HALF_HOUR, NOON

from .books import book_with, books, instants
from .readers import READERS, State

FAMILY = targets()


def agent(name: str, row: RoutingRow) -> str:
    """How a target calls somebody."""
    if name in ("connect", "crm", "genesys"):
        return f"{row.employee_id}@example.com".casefold()
    if name == "uccx":
        return row.employee_id
    if name in ("csv", "json"):
        return row.employee_id + row.endpoint
    return row.endpoint.replace("PJSIP/", "user/") if name == "freeswitch" else row.endpoint


def in_ranks(state: State, queue_id: str) -> list[set[str]]:
    """The people of one queue, rank by rank."""
    ranks: dict[int, set[str]] = {}
    for (queue, one), rank in state.items():
        if queue == queue_id:
            ranks.setdefault(rank, set()).add(one)
    return [ranks[rank] for rank in sorted(ranks)]


def expected(name: str, book: RoutingBook, queue_id: str, at: object) -> list[set[str]]:
    """The answer of ``who``, rank by rank; as coarse as the target is."""
    ranks: dict[int, set[str]] = {}
    for row in book.who(queue_id, at):  # type: ignore[arg-type]
        coarse = {"genesys": min(row.penalty, 5), "uccx": min(row.penalty, 9), "crm": 0}.get(name, row.penalty)
        ranks.setdefault(coarse, set()).add(agent(name, row))
    return [ranks[rank] for rank in sorted(ranks)]


def test_every_target_has_a_second_reader() -> None:
    assert set(READERS) == set(FAMILY)


@pytest.mark.parametrize("name", FAMILY)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(book=books())
def test_a_snapshot_of_any_instant_says_what_who_says(name: str, book: RoutingBook) -> None:
    assert FAMILY[name].check(book) == ()
    for at in instants(book)[::3]:
        reader = READERS[name]()
        reader.load(FAMILY[name].snapshot(book, at))
        for queue_id in book.queues:
            assert in_ranks(reader.state, queue_id) == expected(name, book, queue_id, at)


@pytest.mark.parametrize("name", FAMILY)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(book=books())
def test_steps_lead_from_one_answer_to_the_next_and_back(name: str, book: RoutingBook) -> None:
    target, reader = FAMILY[name], READERS[name]()
    reader.load(target.snapshot(book, book.valid_from))
    for moment in moments(book, book.valid_from, book.valid_to):
        before = dict(reader.state)
        reader.take(target.steps(book, moment))
        for queue_id in book.queues:
            assert in_ranks(reader.state, queue_id) == expected(name, book, queue_id, moment.at)
        after = dict(reader.state)
        reader.take(target.steps(book, moment.undone()))
        assert reader.state == before
        reader.take(target.steps(book, moment))
        assert reader.state == after


@pytest.mark.parametrize("name", FAMILY)
def test_a_timeline_has_a_file_and_its_rollback_for_each_change(name: str) -> None:
    row = RoutingRow("q", "A", "Ann", "PJSIP/1", 5, 0, 1, NOON, NOON + HALF_HOUR, "A-0", 3)
    files = timeline(FAMILY[name], book_with([row]), NOON - HALF_HOUR, NOON + HALF_HOUR)
    suffix = FAMILY[name].suffix
    assert list(files) == [f"20261026T120000Z-apply{suffix}", f"20261026T120000Z-rollback{suffix}"]
