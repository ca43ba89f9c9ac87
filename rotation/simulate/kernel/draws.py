"""Random numbers by address: the n-th number of a stream is a function of the stream's key and n, not of what was drawn
before. So the same caller has the same luck whatever plan he meets (common random numbers), and replications can run
in any order.

Source: Steele, Lea & Flood 2014, "Fast splittable pseudorandom number generators" (SplitMix64).
"""

from __future__ import annotations

import numpy as np
from numba import njit

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_M1 = np.uint64(0xBF58476D1CE4E5B9)
_M2 = np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31, _S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
CHUNK = 500.0


@njit(cache=True, inline="always")
def mixed(x: np.uint64) -> np.uint64:
    """The finalizer of SplitMix64: a bijection that leaves no trace of neighbouring inputs."""
    x = (x ^ (x >> _S30)) * _M1
    x = (x ^ (x >> _S27)) * _M2
    return x ^ (x >> _S31)


@njit(cache=True, inline="always")
def stream(key: np.uint64, number: int) -> np.uint64:
    """The key of a stream's branch."""
    return mixed(mixed(key + GOLDEN) ^ (np.uint64(number) * _M1 + GOLDEN))


@njit(cache=True, inline="always")
def uniform(key: np.uint64, number: int) -> float:
    """The number at a place of a stream, strictly between 0 and 1."""
    return (np.float64(mixed(key + (np.uint64(number) + np.uint64(1)) * GOLDEN) >> _S11) + 0.5) * 2.0**-53


@njit(cache=True)
def poisson(mean: float, key: np.uint64) -> int:
    """A Poisson number by inversion, so that a higher mean never gives fewer calls from the same stream."""
    count, place = 0, 0
    while mean > 0.0:
        part = min(mean, CHUNK)
        mean -= part
        u, chance, found = uniform(key, place), np.exp(-part), 0
        total = chance
        while u > total and found < 10.0 * CHUNK:
            found += 1
            chance *= part / found
            total += chance
        count += found
        place += 1
    return count


@njit(cache=True)
def normal_quantile(u: float) -> float:
    """Quantile of the standard normal law, relative error below 1.2e-9 (P. J. Acklam's rational approximation)."""
    if u < 0.02425 or u > 0.97575:
        q = np.sqrt(-2.0 * np.log(min(u, 1.0 - u)))
        top = ((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838) * q
                - 2.549732539343734) * q + 4.374664141464968) * q + 2.938163982698783  # fmt: skip
        low = (((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996) * q
               + 3.754408661907416) * q + 1.0  # fmt: skip
        return top / low if u < 0.5 else -top / low
    q = u - 0.5
    r = q * q
    top = (((((-3.969683028665376e01 * r + 2.209460984245205e02) * r - 2.759285104469687e02) * r
             + 1.383577518672690e02) * r - 3.066479806614716e01) * r + 2.506628277459239) * q  # fmt: skip
    low = ((((-5.447609879822406e01 * r + 1.615858368580409e02) * r - 1.556989798598866e02) * r
            + 6.680131188771972e01) * r - 1.328068155288572e01) * r + 1.0  # fmt: skip
    return top / low


@njit(cache=True)
def duration(u: float, mean: float, cv: float) -> float:
    """A time with a mean and a coefficient of variation: exponential at 1, constant at 0, lognormal elsewhere."""
    if cv == 1.0:
        return -np.log(u) * mean
    if cv == 0.0:
        return mean
    spread = np.log1p(cv * cv)
    return mean * np.exp(np.sqrt(spread) * normal_quantile(u) - 0.5 * spread)
