"""Patience and handle time from what was seen, with intervals that hold as often as they say."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rotation.demand.estimates import handle_time_of, patience_of
from rotation.demand.handle_time import handle_time

RANDOM = np.random.default_rng(5)


def censored(mean: float, calls: int) -> tuple[float, float]:
    """Total wait and number of those who gave up, when answers come after an exponential time of their own."""
    patience, answer = RANDOM.exponential(mean, calls), RANDOM.exponential(60.0, calls)
    return float(np.minimum(patience, answer).sum()), float((patience < answer).sum())


def test_patience_is_found_although_most_are_answered_first() -> None:
    wait, gone = censored(240.0, 20_000)
    found = patience_of(wait, gone)
    assert found is not None
    assert found.value == pytest.approx(240.0, rel=0.05)
    assert found.low < 240.0 < found.high


def test_the_interval_of_the_patience_holds_as_often_as_it_says() -> None:
    held = 0
    for _ in range(400):
        found = patience_of(*censored(240.0, 60))
        held += found is not None and found.low < 240.0 < found.high
    assert held / 400 == pytest.approx(0.95, abs=0.035)


def test_nobody_who_gave_up_says_nothing_of_patience() -> None:
    assert patience_of(500.0, 0) is None
    assert patience_of(0.0, 3) is None


def test_the_interval_of_the_handle_time_holds_as_often_as_it_says() -> None:
    held = 0
    for _ in range(400):
        calls = pd.Series(RANDOM.poisson(6, 60).astype(float))
        seconds = pd.Series([RANDOM.exponential(200.0, int(n)).sum() for n in calls])
        found = handle_time_of(seconds, calls)
        held += found is not None and found.low < 200.0 < found.high
    assert held / 400 == pytest.approx(0.95, abs=0.035)
    assert handle_time_of(pd.Series([np.nan]), pd.Series([1.0])) is None


def totals(days: int, evening_s: float) -> pd.DataFrame:
    """A month of half-hours, 20 calls each, slower in the evening."""
    starts = pd.date_range("2026-03-02", periods=48 * days, freq="30min", tz="UTC")
    seconds = np.where(starts.hour >= 18, evening_s, 200.0) * 20
    return pd.DataFrame({"queue_id": "q", "start": starts, "answered": 20.0, "handle_s": seconds})


def test_the_time_of_day_is_learnt_and_pulled_to_the_mean() -> None:
    found = handle_time(totals(28, 400.0), "q", dt_utc(), 30, 999.0)
    assert found.is_known
    assert found.by_slot[20] == pytest.approx(200.0, rel=0.05)
    assert 370 < found.by_slot[40] < 400
    assert found.cv < 0.02


def test_too_few_calls_leave_the_stated_handle_time() -> None:
    found = handle_time(totals(28, 400.0).head(1), "q", dt_utc(), 30, 333.0)
    assert not found.is_known and set(found.by_slot) == {333.0}


def dt_utc():  # type: ignore[no-untyped-def]
    import datetime as dt

    return dt.UTC
