"""Histories of one queue, made for tests."""

from __future__ import annotations

import datetime as dt

import numpy as np

from rotation.demand.series import Days, FloatArray, Series, with_oddities

MONDAY = dt.date(2026, 3, 2)
SLOTS = 48
WEEKDAY = np.array([1.3, 1.0, 1.0, 0.9, 1.1, 0.3, 0.2])


def course(peak: float = 20.0) -> FloatArray:
    """A day's calls: open from 8 to 18, most in the morning."""
    hours = np.arange(SLOTS) / 2
    rate = peak * np.exp(-((hours - 10.5) ** 2) / 12)
    return np.where((hours >= 8) & (hours < 18), rate, np.nan)


def expected(weeks: int, peak: float = 20.0) -> FloatArray:
    """The rate of each day and slot, shape (days, slots)."""
    return WEEKDAY[np.arange(7 * weeks) % 7][:, None] * course(peak)


def series(calls: FloatArray, labels: dict[int, str] | None = None, first: dt.date = MONDAY) -> Series:
    """A series from its first Monday on; labels by day number; open where the course is."""
    days = Days(first, tuple((labels or {}).get(n, "") for n in range(len(calls))))
    is_open = np.repeat(~np.isnan(course())[None, :], len(calls), axis=0)
    return with_oddities(Series("q", days, np.where(is_open, calls, np.nan), is_open, {}))


def noisy(weeks: int, seed: int = 1, peak: float = 20.0) -> FloatArray:
    """Poisson calls at the expected rate."""
    rate = expected(weeks, peak)
    drawn = np.random.default_rng(seed).poisson(np.nan_to_num(rate))
    return np.where(np.isnan(rate), np.nan, drawn)


def ahead(weeks: int = 1, after: int = 8, labels: dict[int, str] | None = None) -> Days:
    """The days that follow a history of ``after`` weeks."""
    return Days(MONDAY + dt.timedelta(weeks=after), tuple((labels or {}).get(n, "") for n in range(7 * weeks)))


def is_open(days: Days) -> np.ndarray:
    """Opening hours of days ahead."""
    return np.repeat(~np.isnan(course())[None, :], len(days), axis=0)
