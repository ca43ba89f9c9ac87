"""How far calls scatter about their forecast: Poisson noise, and a rate that is itself uncertain.

The rate is Gamma with the forecast as mean and a coefficient of variation ``cv``; calls are Poisson at that rate, so
they are negative binomial (Jongbloed & Koole 2001, "Managing uncertainty in call centres using Poisson mixtures").
``cv`` is chosen so that the stated 80 % interval held that share of a backtest's intervals. May know nothing of
methods.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import roots_genlaguerre
from scipy.stats import gamma, nbinom, poisson

from rotation.demand.series import FloatArray

INTERVAL = 0.8
NARROWEST, WIDEST = 0.005, 3.0
STEPS = 40


def call_quantile(mean: npt.ArrayLike, cv: npt.ArrayLike, probability: float) -> FloatArray:
    """Quantile of the number of calls.

    Args:
        mean: expected calls, at least 0; NaN gives NaN.
        cv: coefficient of variation of the rate, broadcast; 0 for Poisson.
        probability: between 0 and 1.
    """
    m, spread = np.broadcast_arrays(np.asarray(mean, dtype=float), np.asarray(cv, dtype=float))
    out = np.full(m.shape, np.nan)
    known = ~np.isnan(m)
    sharp = known & (spread < NARROWEST)
    out[sharp] = poisson.ppf(probability, np.maximum(m[sharp], 1e-12))
    wide = known & ~sharp
    shape = 1.0 / spread[wide] ** 2
    out[wide] = nbinom.ppf(probability, shape, shape / (shape + np.maximum(m[wide], 1e-12)))
    return np.where(known & (m <= 0), 0.0, out)


def rate_quantile(mean: npt.ArrayLike, cv: npt.ArrayLike, probability: float) -> FloatArray:
    """Quantile of the expected calls themselves; the mean where cv is 0."""
    m, spread = np.broadcast_arrays(np.asarray(mean, dtype=float), np.asarray(cv, dtype=float))
    out = m.astype(float).copy()
    wide = (spread >= NARROWEST) & (m > 0)
    shape = 1.0 / spread[wide] ** 2
    out[wide] = gamma.ppf(probability, shape, scale=m[wide] / shape)
    return out


def rate_strata(cv: float, strata: int = 64) -> FloatArray:
    """Factors on the rate that are equally likely: the means of strata of the Gamma law, for functions with a corner.

    Args:
        cv: coefficient of variation of the rate; 0 gives the one factor 1.
        strata: how many factors.
    """
    if cv < NARROWEST:
        return np.ones(1)
    shape = 1.0 / cv**2
    edges = gamma.ppf(np.arange(strata + 1) / strata, shape, scale=1.0 / shape)
    return np.asarray(np.diff(gamma.cdf(edges, shape + 1.0, scale=1.0 / shape)) * strata)


def rate_nodes(cv: float, points: int = 15) -> tuple[FloatArray, FloatArray]:
    """Factors on the rate and their weights, which add up to one: Gauss quadrature, for smooth functions of the rate.

    Args:
        cv: coefficient of variation of the rate; 0 gives the one factor 1.
        points: how many factors.
    """
    if cv < NARROWEST:
        return np.ones(1), np.ones(1)
    shape = 1.0 / cv**2
    if shape > 150:  # the Laguerre nodes overflow; the Gamma law is a normal one there
        nodes, weights = np.polynomial.hermite_e.hermegauss(points)
        return np.maximum(1.0 + cv * nodes, 0.0), weights / weights.sum()
    nodes, weights = roots_genlaguerre(points, shape - 1.0)
    return nodes / shape, weights / weights.sum()


def fitted_cv(actual: FloatArray, forecast: FloatArray) -> float:
    """The coefficient of variation at which the 80 % interval holds 80 % of what happened.

    Args:
        actual: calls, shape (cells,).
        forecast: what was expected of them, same shape.
    """
    known = ~np.isnan(actual) & ~np.isnan(forecast) & (forecast > 0)
    low, high = NARROWEST, WIDEST
    if not known.any() or covered(actual[known], forecast[known], low) >= INTERVAL:
        return 0.0
    for _ in range(STEPS):
        middle = float(np.sqrt(low * high))
        if covered(actual[known], forecast[known], middle) >= INTERVAL:
            high = middle
        else:
            low = middle
        if high / low < 1.01:
            break
    return high


def covered(actual: FloatArray, forecast: FloatArray, cv: float) -> float:
    """Share of the cells inside the 80 % interval; a count on its edge is inside in part, as a count can be.

    The interval's ends are whole calls and hold more than 80 % when few are expected; so what lies on an end counts
    with the share of that end which belongs inside.
    """
    shape = 1.0 / max(cv, NARROWEST) ** 2
    law = nbinom(shape, shape / (shape + forecast))
    tail = (1 - INTERVAL) / 2
    below, upto = law.cdf(actual - 1), law.cdf(actual)
    mass = np.maximum(upto - below, 1e-300)
    inside = np.clip((np.minimum(upto, 1 - tail) - np.maximum(below, tail)) / mass, 0.0, 1.0)
    return float(inside.mean())
