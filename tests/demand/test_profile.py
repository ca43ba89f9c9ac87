"""The mean of the last comparable weeks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rotation.demand.profile import MissingHistory, weekday_profile

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=BERLIN)


def frame(rows: list[tuple[str, datetime, float]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["queue_id", "start", "offered"])
    return table.assign(start=pd.to_datetime(table["start"], utc=True), offered=table["offered"].astype(float))


def wanted(*starts: datetime, queue_id: str = "support") -> pd.DataFrame:
    return frame([(queue_id, start, 0.0) for start in starts])[["queue_id", "start"]]


def mondays(values: list[float], queue_id: str = "support") -> list[tuple[str, datetime, float]]:
    """Calls of earlier Mondays at nine, the most recent first."""
    return [(queue_id, MONDAY - timedelta(weeks=k + 1), value) for k, value in enumerate(values)]


def test_mean_rests_on_the_last_six_weeks_only() -> None:
    forecast = weekday_profile(frame(mondays([1, 2, 3, 4, 5, 6, 1000])), wanted(MONDAY), zone=BERLIN)
    assert forecast.complete()["calls"].tolist() == [3.5]
    assert forecast.table["weeks"].tolist() == [6]


def test_missing_closed_and_holiday_weeks_are_left_out_and_an_older_week_steps_in() -> None:
    history = frame(mondays([np.nan, 0.0, 99.0, 4, 4, 4, 4, 10, 10, 1000])).assign(open=[True, False] + [True] * 8)
    holiday = (MONDAY - timedelta(weeks=3)).date()
    forecast = weekday_profile(history, wanted(MONDAY), zone=BERLIN, holidays=[holiday])
    assert forecast.table["calls"].tolist() == [6.0]


def test_a_zero_that_was_observed_counts() -> None:
    assert weekday_profile(frame(mondays([0, 4])), wanted(MONDAY), zone=BERLIN).table["calls"].tolist() == [2.0]


def test_short_history_is_used_and_says_how_short() -> None:
    forecast = weekday_profile(frame(mondays([8.0])), wanted(MONDAY), zone=BERLIN)
    assert forecast.table[["calls", "weeks"]].to_numpy().tolist() == [[8.0, 1.0]]


def test_the_same_clock_time_is_compared_across_a_clock_change() -> None:
    before, after = datetime(2026, 10, 19, 9, tzinfo=BERLIN), datetime(2026, 10, 26, 9, tzinfo=BERLIN)
    assert before.utcoffset() != after.utcoffset()
    history = frame([("support", before, 7.0), ("support", before + timedelta(hours=1), 70.0)])
    assert weekday_profile(history, wanted(after), zone=BERLIN).table["calls"].tolist() == [7.0]


def test_a_repeated_hour_counts_as_one_interval_of_its_day() -> None:
    twice = [datetime(2026, 10, 25, 2, 30, fold=fold, tzinfo=BERLIN) for fold in (0, 1)]
    once = datetime(2026, 10, 18, 2, 30, tzinfo=BERLIN)
    history = frame([("support", twice[0], 2.0), ("support", twice[1], 4.0), ("support", once, 9.0)])
    forecast = weekday_profile(history, wanted(datetime(2026, 11, 1, 2, 30, tzinfo=BERLIN)), zone=BERLIN)
    assert forecast.table[["calls", "weeks"]].to_numpy().tolist() == [[6.0, 2.0]]


def test_history_of_the_planned_week_itself_is_not_looked_at() -> None:
    history = frame([*mondays([5.0]), ("support", MONDAY, 500.0)])
    assert weekday_profile(history, wanted(MONDAY), zone=BERLIN).table["calls"].tolist() == [5.0]
    early = MONDAY - timedelta(weeks=1)
    assert weekday_profile(history, wanted(MONDAY), zone=BERLIN, known_until=early).gaps


def test_history_too_old_to_compare_is_a_gap() -> None:
    history = frame([("support", MONDAY - timedelta(weeks=27), 5.0)])
    assert len(weekday_profile(history, wanted(MONDAY), zone=BERLIN).gaps) == 1


def test_every_interval_without_history_is_listed_and_none_is_zero() -> None:
    targets = pd.concat([wanted(MONDAY, MONDAY + timedelta(minutes=30)), wanted(MONDAY, queue_id="billing")])
    forecast = weekday_profile(frame(mondays([5.0])), targets, zone=BERLIN)
    assert [(gap.queue_id, gap.start) for gap in forecast.gaps] == [
        ("support", MONDAY + timedelta(minutes=30)),
        ("billing", MONDAY),
    ]
    assert np.isnan(forecast.table["calls"].to_numpy()).tolist() == [False, True, True]
    with pytest.raises(MissingHistory, match="2 intervals have no comparable history: support at") as caught:
        forecast.complete()
    assert caught.value.gaps == forecast.gaps


def test_without_any_history_everything_is_a_gap() -> None:
    forecast = weekday_profile(frame([]), wanted(MONDAY), zone=BERLIN)
    assert len(forecast.gaps) == 1
    assert weekday_profile(frame([]), wanted(), zone=BERLIN).complete().empty


def test_a_target_on_a_holiday_says_so() -> None:
    forecast = weekday_profile(frame(mondays([5.0])), wanted(MONDAY), zone=BERLIN, holidays={date(2026, 11, 30)})
    assert forecast.table["holiday"].tolist() == [True]


def test_targets_keep_their_order_and_queues_their_own_calls() -> None:
    history = frame(mondays([5.0]) + mondays([7.0], queue_id="billing"))
    targets = pd.concat([wanted(MONDAY, queue_id="billing"), wanted(MONDAY)])
    table = weekday_profile(history, targets, zone=BERLIN).table
    assert table[["queue_id", "calls"]].to_numpy().tolist() == [["billing", 7.0], ["support", 5.0]]


@given(values=st.lists(st.floats(0, 1e6), min_size=1, max_size=12), seed=st.randoms())
def test_the_order_of_the_history_does_not_matter(values: list[float], seed: object) -> None:
    rows = mondays(values)
    straight = weekday_profile(frame(rows), wanted(MONDAY), zone=BERLIN).table["calls"].iloc[0]
    seed.shuffle(rows)  # type: ignore[attr-defined]
    shuffled = weekday_profile(frame(rows), wanted(MONDAY), zone=BERLIN).table["calls"].iloc[0]
    assert straight == shuffled == pytest.approx(np.mean(values[:6]))


def test_faulty_tables_are_refused() -> None:
    good = frame(mondays([5.0]))
    naive = good.assign(start=good["start"].dt.tz_localize(None))
    for history, message in [
        (good.drop(columns="offered"), "lacks the columns"),
        (naive, "time zone"),
        (pd.concat([good, good]), "twice"),
        (good.assign(offered=-1.0), "negative"),
    ]:
        with pytest.raises(ValueError, match=message):
            weekday_profile(history, wanted(MONDAY), zone=BERLIN)
    with pytest.raises(ValueError, match="at least 1"):
        weekday_profile(good, wanted(MONDAY.astimezone(UTC)), zone=BERLIN, weeks=0)
