"""A release is frozen, numbered, and reads back as it was made."""

from __future__ import annotations

import datetime as dt

import pytest

from rotation.errors import InfeasiblePlan, StoreFault, UsageFault
from rotation.exporters import exporters
from rotation.plan import Edition
from rotation.release import Release
from rotation.store import Store
from tests.store.conftest import Places
from tests.store.weeks import BEFORE, FIRST, WEEK, proposal

HOUR = dt.timedelta(hours=1)


def rendered(edition: Edition) -> dict[str, bytes]:
    """Every file of every format."""
    return {name: data for exporter in exporters().values() for name, data in exporter.render(edition).items()}


def add(store: Store, *texts: str, parent: int = 0, at: dt.datetime = BEFORE) -> Release:
    """Release a week made by hand."""
    with store.writing() as transaction:
        return transaction.release(proposal(*texts, parent=parent), "planner", at)


def test_a_release_reads_back_to_the_same_bytes_in_every_format(store: Store, places: Places) -> None:
    made = add(store, *FIRST)
    with Store.open(store.engine.url.render_as_string(hide_password=False).replace("+psycopg", "")) as again:
        read = again.release(made.number)
    assert read.note == made.note and read.shifts == made.shifts
    assert rendered(read.edition) == rendered(made.edition)
    assert any("ical" in name for name in rendered(read.edition))


def test_ids_stay_with_the_duty_and_sequences_rise_when_it_moves(store: Store) -> None:
    first = add(store, *FIRST)
    moved = [text.replace("E1 q1 mon 08:00-10:00", "E1 q1 mon 09:00-11:00") for text in FIRST]
    second = add(store, *moved, parent=1, at=BEFORE + HOUR)
    was, now = first.shifts[0], next(s for s in second.shifts if s.shift_id == first.shifts[0].shift_id)
    assert (was.sequence, now.sequence) == (0, 1)
    assert now.start == was.start + HOUR and now.changed_at == BEFORE + HOUR
    assert {s.changed_at for s in second.shifts if s is not now} == {BEFORE}


def test_what_is_gone_is_cancelled_and_remembered_until_it_has_passed(store: Store) -> None:
    first = add(store, *FIRST)
    second = add(store, *FIRST[1:], parent=1, at=BEFORE + HOUR)
    assert [(s.shift_id, s.sequence, s.status) for s in second.cancelled] == [
        (first.shifts[0].shift_id, 1, "cancelled")
    ]
    third = add(store, *FIRST[1:], parent=2, at=first.shifts[0].end)
    assert third.cancelled == () and store.release(2).cancelled == second.cancelled


def test_an_id_is_never_used_again(store: Store) -> None:
    first = add(store, *FIRST)
    add(store, *FIRST[1:], parent=1)
    third = add(store, *FIRST, parent=2)
    old = {s.shift_id for s in first.shifts}
    (back,) = [s for s in third.shifts if s.shift_id not in old]
    assert back.shift_id == first.shifts[0].shift_id + "-2" and back.start == first.shifts[0].start
    assert [s.shift_id for s in third.cancelled] == [first.shifts[0].shift_id]


def test_who_releases_second_is_told_who_was_first(store: Store) -> None:
    add(store, *FIRST)
    with pytest.raises(StoreFault, match=r"follows no release, but release 1 by planner .* is effective now"):
        add(store, *FIRST)
    assert [note.number for note in store.history()] == [1]


def test_numbers_rise_through_all_weeks(store: Store) -> None:
    add(store, *FIRST)
    with store.writing() as transaction:
        made = transaction.release(proposal(*FIRST, week=WEEK.following()), "planner", BEFORE)
    assert made.number == 2 and store.current(WEEK) == 1 and store.current(WEEK.following()) == 2


def test_a_week_that_breaks_a_rule_is_never_released(store: Store) -> None:
    with pytest.raises(InfeasiblePlan, match="availability: E1"):
        proposal("E1 q1 mon 11:00-13:00")


def test_unknown_releases_are_named_with_what_there_is(store: Store) -> None:
    with pytest.raises(UsageFault, match="2026-W49 has no release yet"):
        store.release(WEEK)
    with pytest.raises(UsageFault, match=r"no release 7 \(allowed: none is stored yet\)"):
        store.release(7)


def test_a_clock_that_goes_backwards_does_not_undo_the_order(store: Store) -> None:
    add(store, *FIRST)
    second = add(store, *FIRST[1:], parent=1, at=BEFORE - HOUR)
    assert second.note.released_at == BEFORE
