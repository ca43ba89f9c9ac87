"""Quantiles of calls and rates, and the spread that a backtest speaks for."""

from __future__ import annotations

import numpy as np
import pytest

from rotation.demand.uncertainty import call_quantile, covered, fitted_cv, rate_nodes, rate_quantile, rate_strata


def test_quantiles_of_calls_are_those_of_drawn_ones() -> None:
    random = np.random.default_rng(1)
    drawn = random.poisson(random.gamma(1 / 0.09, 20.0 * 0.09, 200_000))
    for probability in (0.1, 0.5, 0.9):
        assert call_quantile(20.0, 0.3, probability) == pytest.approx(np.quantile(drawn, probability), abs=1)
    assert call_quantile(20.0, 0.0, 0.9) == np.quantile(random.poisson(20.0, 200_000), 0.9)


def test_nobody_expected_is_nobody_and_unknown_stays_unknown() -> None:
    assert call_quantile([0.0, np.nan], 0.2, 0.9)[0] == 0
    assert np.isnan(call_quantile([0.0, np.nan], 0.2, 0.9)[1])


def test_quantiles_rise_with_the_mean_the_spread_and_the_probability() -> None:
    assert rate_quantile(10.0, 0.3, 0.9) > rate_quantile(10.0, 0.1, 0.9) > rate_quantile(10.0, 0.0, 0.9) == 10.0
    assert rate_quantile(10.0, 0.3, 0.9) > rate_quantile(10.0, 0.3, 0.6)


@pytest.mark.parametrize("spread", [0.0, 0.05, 0.2, 0.6, 1.5])
def test_the_nodes_have_the_mean_and_the_spread_of_the_rate(spread: float) -> None:
    factors, weights = rate_nodes(spread)
    assert weights.sum() == pytest.approx(1.0)
    assert (factors * weights).sum() == pytest.approx(1.0, abs=1e-9)
    assert np.sqrt((factors**2 * weights).sum() - 1) == pytest.approx(spread, abs=1e-6)


@pytest.mark.parametrize("spread", [0.0, 0.05, 0.3, 1.0])
def test_the_strata_have_the_mean_and_nearly_the_spread_of_the_rate(spread: float) -> None:
    factors = rate_strata(spread)
    assert factors.mean() == pytest.approx(1.0, abs=1e-9)
    assert factors.std() == pytest.approx(spread, rel=0.03)


@pytest.mark.parametrize("spread", [0.0, 0.1, 0.3, 0.8])
@pytest.mark.parametrize("mean", [2.0, 40.0])
def test_the_spread_of_the_past_is_found_again(spread: float, mean: float) -> None:
    random = np.random.default_rng(7)
    rate = mean * (random.gamma(1 / spread**2, spread**2, 6000) if spread else np.ones(6000))
    actual, forecast = random.poisson(rate).astype(float), np.full(6000, mean)
    # Poisson noise hides a spread below it.
    assert fitted_cv(actual, forecast) == pytest.approx(spread, abs=0.03 + 0.12 / np.sqrt(mean))
    assert covered(actual, forecast, max(fitted_cv(actual, forecast), 0.005)) == pytest.approx(0.8, abs=0.02)
