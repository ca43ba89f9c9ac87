"""The timeline of adds and removes leads from any state of the table to any later one, and is the smallest."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from rotation.routing import RoutingRow, changes, snapshots, who

from .tables import HALF_HOUR, NOON, row, tables

Place = tuple[int, int]
TICK = dt.timedelta(minutes=1)


def places(table: list[RoutingRow], at: dt.datetime) -> dict[tuple[str, str], Place]:
    found = [one for queue_id in "qr" for one in who(table, queue_id, at)]
    return {(one.queue_id, one.employee_id): (one.penalty, one.position) for one in found}


@given(tables(), st.integers(-1, 30), st.integers(0, 30))
def test_whoever_was_right_before_and_takes_the_steps_is_right_after(
    table: list[RoutingRow], first: int, length: int
) -> None:
    start, end = NOON + first * HALF_HOUR, NOON + (first + length) * HALF_HOUR
    state = places(table, start - TICK)
    for step in changes(table, start, end):
        key = (step.row.queue_id, step.row.employee_id)
        if step.action == "remove":
            del state[key]
        else:
            assert (step.action == "set") == (key in state)
            state[key] = (step.row.penalty, step.row.position)
    assert state == places(table, end - TICK if length else start - TICK)


@given(tables())
def test_no_step_touches_somebody_who_stays_as_before(table: list[RoutingRow]) -> None:
    steps = changes(table)
    for step in steps:
        key = (step.row.queue_id, step.row.employee_id)
        before, after = places(table, step.at - TICK).get(key), places(table, step.at).get(key)
        assert before != after
    touched = [(step.at, step.row.queue_id, step.row.employee_id) for step in steps]
    assert len(touched) == len(set(touched))


@given(tables())
def test_at_one_instant_everybody_is_added_before_anybody_is_removed(table: list[RoutingRow]) -> None:
    order = [(step.at, ["add", "set", "remove"].index(step.action)) for step in changes(table)]
    assert order == sorted(order)


def test_a_back_to_back_shift_in_the_same_queue_is_not_touched() -> None:
    steps = changes([row("A", 0, 2), row("A", 2, 4), row("B", 2, 4)])
    assert [(step.at - NOON, step.action, step.row.employee_id) for step in steps] == [
        (0 * HALF_HOUR, "add", "A"),
        (2 * HALF_HOUR, "add", "B"),
        (4 * HALF_HOUR, "remove", "A"),
        (4 * HALF_HOUR, "remove", "B"),
    ]


def test_another_endpoint_is_added_before_the_old_one_goes() -> None:
    steps = changes([row("A", 0, 2), row("A", 2, 4, endpoint="PJSIP/home")])
    assert [(step.action, step.row.endpoint) for step in steps] == [
        ("add", "PJSIP/A"),
        ("add", "PJSIP/home"),
        ("remove", "PJSIP/A"),
        ("remove", "PJSIP/home"),
    ]


def test_another_penalty_is_set_without_leaving_the_queue() -> None:
    assert [step.action for step in changes([row("A", 0, 2), row("A", 2, 4, penalty=3)])] == ["add", "set", "remove"]


@given(tables())
def test_snapshots_cover_the_time_and_agree_with_who(table: list[RoutingRow]) -> None:
    start, end = NOON - HALF_HOUR, NOON + 40 * HALF_HOUR
    cuts = list(snapshots(table, start, end))
    assert [cuts[0].start, *(cut.end for cut in cuts)] == [*(cut.start for cut in cuts), end]
    for cut in cuts:
        at = cut.start
        while at < cut.end:
            rows = [(one.queue_id, one.ringing_order[:3]) for one in cut.rows]
            assert rows == [(one.queue_id, one.ringing_order[:3]) for q in "qr" for one in who(table, q, at)]
            at += HALF_HOUR
