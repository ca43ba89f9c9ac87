"""Forecast methods, their backtest, and every bad history with the fallback or the word that it must get."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rotation.demand.backtest import backtest, predict
from rotation.demand.forecast import forecast_queue
from rotation.demand.methods import BASELINE, DEFAULT, Method, methods
from rotation.demand.series import Days
from rotation.demand.special_days import day_effects
from tests.demand.histories import MONDAY, WEEKDAY, ahead, course, expected, is_open, noisy, series

FAMILY = sorted(methods())


def forecast(calls: np.ndarray, labels: dict[int, str] | None = None, days: Days | None = None, method: str = "auto"):  # type: ignore[no-untyped-def]
    days = days or ahead(after=len(calls) // 7)
    return forecast_queue(series(calls, labels), days, is_open(days), method)


def test_the_family_has_its_default_and_its_baseline() -> None:
    assert {DEFAULT, BASELINE} <= set(FAMILY)
    assert all(isinstance(each, Method) and each.summary for each in methods().values())


@pytest.mark.parametrize("name", FAMILY)
def test_what_repeats_every_week_is_forecast_as_it_is(name: str) -> None:
    past = series(expected(9))
    found = methods()[name].predict(past, ahead(after=9))
    known = ~np.isnan(expected(1))
    assert found.shape == (7, 48)
    assert np.abs(found - expected(1))[known].sum() < 0.06 * np.nansum(expected(1))


@pytest.mark.parametrize("name", FAMILY)
@settings(max_examples=25, deadline=None)
@given(st.data())
def test_no_history_breaks_a_method(name: str, data: st.DataObject) -> None:
    weeks = data.draw(st.integers(1, 9))
    calls = noisy(weeks, data.draw(st.integers(0, 99)), data.draw(st.sampled_from([0.0, 0.05, 3.0, 400.0])))
    for day in data.draw(st.sets(st.integers(0, 7 * weeks - 1))):
        calls[day] = data.draw(st.sampled_from([np.nan, 0.0, 1e5]))
    found = methods()[name].predict(series(calls), ahead(after=weeks))
    assert found.shape == (7, 48) and not np.isinf(found).any()
    assert (np.nan_to_num(found) >= 0).all()


def test_noise_is_smoothed_better_than_by_the_last_week() -> None:
    scores = backtest(series(noisy(16)), methods())
    assert scores[DEFAULT].wape < 0.8 * scores[BASELINE].wape
    assert abs(scores[DEFAULT].bias) < 0.03


def test_the_backtest_knows_nothing_of_the_week_it_forecasts() -> None:
    calls = noisy(12)
    changed = calls.copy()
    changed[70:] *= 9
    for method in methods().values():
        one, other = (predict(series(each), method, 70, 7) for each in (calls, changed))
        np.testing.assert_array_equal(one, other)


def test_a_backtest_further_ahead_uses_older_weeks_only() -> None:
    calls = noisy(14)
    calls[84:91] *= 1.5
    near, far = (backtest(series(calls), {"seasonal_naive": methods()["seasonal_naive"]}, lead, 1) for lead in (1, 3))
    assert near["seasonal_naive"].forecast.sum() == calls[84:91][~np.isnan(calls[84:91])].sum()
    assert far["seasonal_naive"].forecast.sum() < 0.8 * near["seasonal_naive"].forecast.sum()


def test_a_level_that_rises_is_followed() -> None:
    calls = expected(9)
    calls[42:] *= 1.4
    found = forecast(calls, method=DEFAULT)
    assert 1.25 < np.nansum(found.calls) / np.nansum(expected(1)) < 1.45


def test_the_position_in_the_month_is_learnt() -> None:
    days = Days(MONDAY, ("",) * 7 * 26)
    boost = np.where(days.month_phase < 0.3, 1.5, 1.0)
    calls = expected(26) * boost[:, None]
    name = backtest(series(calls), methods())
    assert name[DEFAULT].wape < 0.65 * name["weekday_mean"].wape


def test_one_huge_day_is_no_evidence_and_is_named() -> None:
    calls = noisy(10)
    calls[64] *= 8
    found = forecast(calls)
    assert any("8" in note and "times the usual" in note for note in found.notes)
    assert np.nansum(found.calls) == pytest.approx(np.nansum(expected(1)), rel=0.12)


def test_a_month_of_silence_is_not_a_month_of_zeros() -> None:
    calls = noisy(14)
    calls[56:84] = np.where(np.isnan(calls[56:84]), np.nan, 0.0)
    found = forecast(calls)
    assert any("no call all day" in note for note in found.notes)
    assert np.nansum(found.calls) == pytest.approx(np.nansum(expected(1)), rel=0.12)


def test_missing_intervals_are_counted_and_not_zero() -> None:
    calls = noisy(10)
    calls[30:33, 16:36] = np.nan
    calls[40, 20] = np.nan
    found = forecast(calls)
    assert any(note.startswith("61 open intervals of the history are missing") for note in found.notes)
    assert np.nansum(found.calls) == pytest.approx(np.nansum(expected(1)), rel=0.1)


def test_a_single_week_is_repeated_and_says_so() -> None:
    found = forecast(noisy(1))
    assert found.method == "weekday_mean"
    np.testing.assert_array_equal(found.calls, noisy(1))
    assert any("only 1.0 weeks of history" in note for note in found.notes)
    assert any("too little history for a backtest" in note for note in found.notes)


def test_two_days_stand_for_the_others_and_the_words_say_how_many() -> None:
    calls = np.full((7, 48), np.nan)
    calls[:2] = noisy(1)[:2]
    found = forecast(calls)
    wanted = is_open(found.days)
    assert not np.isnan(found.calls[wanted]).any()
    assert any("take the mean of the other working days" in note for note in found.notes)
    assert any("take the mean of all days" in note for note in found.notes)


def test_all_zero_is_said_aloud() -> None:
    found = forecast(np.where(np.isnan(expected(9)), np.nan, 0.0))
    assert np.nansum(found.calls) == 0
    assert any("not one call in 9.0 weeks" in note for note in found.notes)


def test_no_history_at_all_gives_no_number() -> None:
    found = forecast(np.full((56, 48), np.nan))
    assert np.isnan(found.calls).all()
    assert found.notes[0] == "no history at all"


def test_an_old_history_says_when_it_ended() -> None:
    calls = np.concatenate([noisy(10), np.full((28, 48), np.nan)])
    found = forecast(calls)
    assert any("the history ends on" in note for note in found.notes)
    assert np.nansum(found.calls) == pytest.approx(np.nansum(expected(1)), rel=0.15)


def test_hours_that_were_never_open_take_the_nearest_and_say_so() -> None:
    days = ahead(after=9)
    wanted = is_open(days)
    wanted[:, 36:38] = True
    found = forecast_queue(series(noisy(9)), days, wanted)
    assert not np.isnan(found.calls[wanted]).any()
    assert any("nearest clock time" in note for note in found.notes)


def test_a_holiday_stays_out_of_the_profile_and_has_its_own_level() -> None:
    calls = noisy(12)
    calls[[37, 52]] *= 0.25
    labels = {37: "Spring day", 52: "Other day"}
    plain = forecast(calls, labels)
    assert np.nansum(plain.calls) == pytest.approx(np.nansum(expected(1)), rel=0.1)
    again = forecast(calls, labels, ahead(after=12, labels={2: "Spring day"}))
    share = np.nansum(again.calls[2]) / np.nansum(plain.calls[2])
    assert 0.15 < share < 0.4


def test_a_holiday_like_none_before_gives_no_number_but_a_word() -> None:
    found = forecast(noisy(9), None, ahead(after=9, labels={4: "New day"}))
    assert np.isnan(found.calls[4]).all() and not np.isnan(found.calls[3]).all()
    assert found.is_closed(found.days.date(4))
    assert any("New day" in note for note in found.notes)


def test_days_beside_a_holiday_are_learnt_with_caution() -> None:
    calls = expected(26)
    labels = dict.fromkeys(range(9, 170, 21), "Holiday")
    for day in labels:
        calls[day] *= 0.2
        calls[day + 1] *= 1.5
    effects = day_effects(series(calls, labels))
    assert 1.15 < effects.after < 1.5
    assert effects.before == pytest.approx(1.0, abs=0.02)
    assert effects.of_kind["Holiday"] == pytest.approx(0.2, abs=0.05)


def test_a_forecast_worse_than_repeating_the_last_week_says_so() -> None:
    # A level that doubles and halves every other week: the week before last would be right.
    calls = expected(16) * np.repeat(np.tile([1.0, 1.0, 1.0, 3.0, 3.0, 3.0, 1.0, 1.0], 2), 7)[:, None]
    found = forecast(calls, method="weekday_median")
    assert found.is_worse_than_naive
    assert any("worse than repeating the last week" in note for note in found.notes)
    assert not forecast(calls).is_worse_than_naive


def test_rare_calls_are_forecast_by_their_mean_and_not_by_the_usual_zero() -> None:
    calls = noisy(20, 3, 0.15)
    found = forecast(calls)
    assert np.nansum(found.calls) == pytest.approx(np.nansum(expected(1, 0.15)), rel=0.35)
    assert abs(found.scores[found.method].bias) < 0.25


def test_weekdays_keep_their_own_level() -> None:
    found = forecast(noisy(12))
    share = np.nansum(found.calls, axis=1) / np.nansum(course())
    np.testing.assert_allclose(share, WEEKDAY, atol=0.12)
