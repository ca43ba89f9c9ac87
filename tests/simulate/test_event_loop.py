"""What the event loop promises: ringing order, priorities, shift ends, no-shows, closings, returns, equal luck."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rotation.simulate.kernel.arrays import (
    ABANDONED,
    ANSWERED,
    BUSY_S,
    IN_TIME,
    MEASURES,
    OFFERED,
    RESOLVED,
    STAFFED_S,
)
from rotation.simulate.outcome import difference
from tests.simulate.weeks import Row, equals, outcome_of, week

BUSY = np.full((1, 8), 30.0)


def sums(found) -> np.ndarray:  # type: ignore[no-untyped-def]
    return found.totals.sum(axis=(0, 1))


def test_every_call_is_answered_or_has_given_up() -> None:
    found = outcome_of(week(BUSY, equals(range(3), 0, 4), patience_s=np.array([90.0])), 50)
    offered, answered, gone = sums(found)[[OFFERED, ANSWERED, ABANDONED]]
    assert offered == answered + gone > 10_000


def test_the_same_seed_gives_the_same_bytes_with_any_number_of_threads() -> None:
    one = week(BUSY, equals(range(4), 0, 4), patience_s=np.array([90.0]), away_share=np.array([0.1]), no_show=0.1)
    first, second = outcome_of(one, 37, 9, workers=1), outcome_of(one, 37, 9, workers=3)
    assert first.totals.tobytes() == second.totals.tobytes()
    assert first.sums.first.tobytes() == second.sums.first.tobytes()
    assert outcome_of(one, 37, 10).totals.tobytes() != first.totals.tobytes()


def test_callers_are_the_same_whatever_plan_they_meet() -> None:
    few, many = (outcome_of(week(BUSY, equals(range(n), 0, 4)), 20) for n in (3, 4))
    assert (few.totals[:, :, OFFERED] == many.totals[:, :, OFFERED]).all()
    gain, half = difference("service_level", many, few)
    alone = np.hypot(*(found.by_queue("service_level")[1][0] for found in (few, many)))
    assert gain[0] > 0.2 and half[0] < alone


def test_more_agents_never_serve_worse_on_the_same_callers() -> None:
    levels = [outcome_of(week(BUSY, equals(range(n), 0, 4)), 20).overall("service_level")[0] for n in range(2, 9)]
    assert levels == sorted(levels)


def test_the_lowest_penalty_rings_first_then_the_lowest_position() -> None:
    rows: list[Row] = [(0, 0, 0, 4, 4, 1, 1), (1, 0, 0, 4, 0, 2, 3), (2, 0, 0, 4, 0, 1, 5)]
    quiet = np.full((1, 8), 0.5)
    # Only the best can resolve; with hardly any call at a time it is the best who is rung.
    resolves = np.array([0.0, 0.0, 0.0, 0.0, 0.0, 1.0])
    found = outcome_of(week(quiet, rows, resolves=resolves), 400)
    assert found.overall("first_contact_resolution")[0] > 0.93
    swapped: list[Row] = [(0, 0, 0, 4, 4, 1, 1), (1, 0, 0, 4, 0, 1, 3), (2, 0, 0, 4, 0, 2, 5)]
    assert outcome_of(week(quiet, swapped, resolves=resolves), 400).overall("first_contact_resolution")[0] < 0.1


def test_a_freed_agent_takes_the_more_important_queue_first() -> None:
    calls = np.full((2, 8), 8.0)
    rows = [row for queue in (0, 1) for row in equals(range(2), queue, 4)]
    found = outcome_of(week(calls, rows, priority=np.array([2, 1])), 100)
    waits, half = found.by_queue("asa_s")
    assert waits[0] - waits[1] > 3 * max(half)


def test_a_shift_end_lets_the_running_call_finish_and_takes_no_other() -> None:
    calls = np.zeros((1, 4))
    calls[0, 0] = 200.0
    found = outcome_of(week(calls, equals(range(1), 0, 0.5), aht_s=np.full((1, 4), 3600.0), service_cv=0.0), 20)
    assert (found.totals[:, 0, ANSWERED] == 1).all()
    # An hour's call, of which the last part is beyond the end of the half-hour's shift.
    busy = found.sums.first[0, :, BUSY_S] / 20
    assert busy.sum() == pytest.approx(3600.0, abs=1e-6) and busy[1] == pytest.approx(1800.0, abs=1e-6)
    staffed = found.sums.first[0, :, STAFFED_S].sum() / 20
    assert staffed == pytest.approx(1800.0 + busy[1:].sum(), abs=1e-6)


def test_hand_over_leaves_nobody_waiting_for_a_shift_that_begins() -> None:
    rows = [*equals(range(5), 0, 2), *equals(range(5, 10), 0, 4, start=2.0)]
    one, through = (outcome_of(week(BUSY, each), 60) for each in (rows, equals(range(5), 0, 4)))
    gain, _ = difference("service_level", one, through)
    assert abs(gain[0]) < 0.05


def test_people_who_do_not_come_are_as_many_as_stated() -> None:
    found = outcome_of(week(np.full((1, 8), 0.01), equals(range(50), 0, 4), no_show=0.2), 100)
    assert sums(found)[STAFFED_S] / (100 * 50 * 4 * 3600) == pytest.approx(0.8, abs=0.02)


def test_shrinkage_takes_its_share_of_the_agents_time() -> None:
    found = outcome_of(week(np.full((1, 8), 0.01), equals(range(50), 0, 4), away_share=np.array([0.3])), 60)
    # Everybody begins present, so that slightly more is there than in the long run.
    assert sums(found)[STAFFED_S] / (60 * 50 * 4 * 3600) == pytest.approx(0.7, abs=0.025)


def test_a_queue_that_closes_sends_its_callers_away() -> None:
    calls = np.zeros((1, 8))
    calls[0, :2] = 40.0
    rows = equals(range(1), 0, 20)
    closing = week(calls, rows, closing_s=np.array([3600.0]), closing_queue=np.array([0]))
    assert sums(outcome_of(closing, 20))[ABANDONED] > 0
    assert sums(outcome_of(week(calls, rows), 20))[ABANDONED] == 0


def test_unresolved_callers_return_and_load_the_queue() -> None:
    resolves = np.full(6, 0.5)
    rows = equals(range(40), 0, 100)
    long = np.full((1, 200), 10.0)
    found = outcome_of(week(long, rows, resolves=resolves, return_share=0.8, return_after_s=600.0), 20)
    plain = outcome_of(week(long, rows), 20)
    # Each call brings 0.4 others: 1 / (1 - 0.4) calls a caller in the long run.
    assert sums(found)[OFFERED] / sums(plain)[OFFERED] == pytest.approx(1 / 0.6, rel=0.03)
    assert sums(found)[RESOLVED] / sums(found)[ANSWERED] == pytest.approx(0.5, abs=0.01)


def test_returns_wait_for_the_next_opening() -> None:
    calls, shut = np.zeros((1, 8)), np.array([[0, 6, 6, 6, 6, 6, 6, 7]])
    calls[0, 0] = 30.0
    one = week(calls, equals(range(40), 0, 4), resolves=np.zeros(6), return_share=1.0, next_open=shut)
    offered = outcome_of(one, 20).sums.first[0, :, OFFERED]
    assert offered[1:6].sum() == 0 and offered[6] > 0


def test_a_call_that_meets_an_understaffed_interval_burdens_the_next() -> None:
    calls = np.full((1, 3), 30.0)
    short = [*equals(range(1), 0, 0.5), *equals(range(1, 6), 0, 1.6, start=0.5)]
    enough = [*equals(range(6, 11), 0, 0.5), *equals(range(1, 6), 0, 1.6, start=0.5)]
    levels = [outcome_of(week(calls, rows), 100).by_interval("service_level")[0, 1] for rows in (short, enough)]
    assert levels[0] < levels[1] - 0.1


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_plan_conserves_calls_and_time(data: st.DataObject) -> None:
    queues, intervals = data.draw(st.integers(1, 3)), data.draw(st.integers(1, 6))
    calls = np.array(data.draw(st.lists(st.lists(st.floats(0, 20), min_size=intervals, max_size=intervals),
                                        min_size=queues, max_size=queues)))  # fmt: skip
    row = st.tuples(
        st.integers(0, 4), st.integers(0, queues - 1), st.floats(0, 2), st.floats(0.01, 2), st.integers(0, 5),
        st.integers(1, 2), st.integers(0, 5),
    )  # fmt: skip
    drawn = data.draw(st.lists(row, min_size=1, max_size=8))
    rows = [(a, q, start, start + length, p, o, level) for a, q, start, length, p, o, level in drawn]
    one = week(
        calls, rows, patience_s=np.full(queues, data.draw(st.sampled_from([30.0, np.inf]))),
        away_share=np.full(queues, data.draw(st.sampled_from([0.0, 0.2]))),
        no_show=data.draw(st.sampled_from([0.0, 0.5])),
        resolves=np.linspace(0.2, 0.9, 6), return_share=data.draw(st.sampled_from([0.0, 0.9])), agents=5,
    )  # fmt: skip
    found = outcome_of(one, 5, data.draw(st.integers(0, 1000)))
    tally = found.sums.first
    assert tally.shape == (queues, intervals, MEASURES) and (tally >= 0).all()
    assert tally[:, :, OFFERED] == pytest.approx(tally[:, :, ANSWERED] + tally[:, :, ABANDONED])
    assert (tally[:, :, IN_TIME] <= tally[:, :, ANSWERED]).all()
    busy = tally[:, :, BUSY_S].sum()
    assert busy <= 5 * 5 * intervals * 1800 + 1e-6
