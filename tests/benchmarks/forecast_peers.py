"""Forecast a real series a week ahead, side by side with peers, rolling origin.

    python -m pip install -e '.[benchmark]'
    python -m tests.benchmarks.forecast_peers

The series is data/history/bank_1999.csv.gz: half-hours of a real call centre, January to August 1999. Every Sunday from
the ninth week on, the week ahead is forecast from what was known before; every method is judged on the same half-hours,
those of ordinary days that have a number. Peers: MSTL with ETS (statsmodels), AutoETS of day totals times the weekday's
profile (statsforecast), and the mean of the last six same weekdays. Peers get the series without holidays, gaps filled
with the median of the weekday's last weeks, because they cannot do without numbers.
"""

from __future__ import annotations

import datetime as dt
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays
import numpy as np
import pandas as pd

from rotation.demand.backtest import predict_from
from rotation.demand.forecast import forecast_queue
from rotation.demand.history import interval_totals
from rotation.demand.methods import methods
from rotation.demand.series import Days, FloatArray, Series, series_of
from rotation.intake.history import read_raw_history

ROOT = Path(__file__).parents[2]
BANK = ZoneInfo("Asia/Jerusalem")
FIRST_ORIGIN, WEEK, SLOTS = 58, 7, 48
Forecaster = Callable[[Series, Series, int], FloatArray]


def bank() -> Series:
    """The real series by day and half-hour, Israel's public holidays labelled."""
    raw = read_raw_history(ROOT / "data/history/bank_1999.csv.gz", BANK)
    frame = raw.frame.dropna(subset=["offered"])
    totals = interval_totals(frame, False, BANK, 30)
    first = totals["start"].min().tz_convert(BANK).date()
    count = (totals["start"].max().tz_convert(BANK).date() - first).days + 1
    known = holidays.country_holidays("IL", years=[1999])
    labels = tuple(known.get(first + dt.timedelta(days=n), "") for n in range(count))
    return series_of(totals, "bank", Days(first, labels), np.ones((7, SLOTS), dtype=bool), BANK, 30, False)


def filled(past: Series) -> FloatArray:
    """Ordinary days with every gap filled by the median of the same weekday."""
    calls = past.ordinary.copy()
    for day in np.flatnonzero(np.isnan(calls).any(axis=1)):
        same = calls[(past.days.weekday == past.days.weekday[day]) & ~np.isnan(calls).any(axis=1)]
        calls[day] = np.where(np.isnan(calls[day]), np.median(same[-8:], axis=0), calls[day])
    return calls


def mstl_ets(past: Series, _series: Series, _first: int) -> FloatArray:
    """MSTL on days and weeks; ETS of what remains, the seasons carried on."""
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel
    from statsmodels.tsa.seasonal import MSTL

    values = np.sqrt(filled(past).ravel())
    parts = MSTL(values, periods=(SLOTS, SLOTS * WEEK)).fit()
    ahead = SLOTS * WEEK
    rest = ETSModel(parts.trend + parts.resid, error="add", trend=None).fit(disp=False).forecast(ahead)
    daily, weekly = parts.seasonal[:, 0], parts.seasonal[:, 1]
    carried = np.tile(daily[-SLOTS:], WEEK) + weekly[-ahead:]
    return np.maximum(rest + carried, 0).reshape(WEEK, SLOTS) ** 2


def autoets_profile(past: Series, _series: Series, _first: int) -> FloatArray:
    """AutoETS of day totals with a week's season, times each weekday's share of the last six weeks."""
    from statsforecast.models import AutoETS

    calls = filled(past)
    totals = AutoETS(season_length=WEEK).forecast(calls.sum(axis=1), h=WEEK)["mean"]
    out = np.zeros((WEEK, SLOTS))
    for day in range(WEEK):
        same = calls[(len(calls) + day) % WEEK :: WEEK][-6:]
        out[day] = max(totals[day], 0.0) * same.sum(axis=0) / same.sum()
    return out


def ours(name: str) -> Forecaster:
    """A method of the family."""
    method = methods()[name]
    return lambda past, series, first: predict_from(past, series, method, first, WEEK)


def auto(past: Series, series: Series, first: int) -> FloatArray:
    """What `rotation forecast` does without being told a method."""
    ahead = series.days.part(first, first + WEEK)
    return forecast_queue(past, ahead, np.ones((WEEK, SLOTS), dtype=bool)).calls


def main() -> None:
    """Print the table."""
    warnings.simplefilter("ignore")
    pd.options.mode.chained_assignment = None
    series = bank()
    contest: dict[str, Forecaster] = {
        "seasonal naive": ours("seasonal_naive"),
        "mean of six same weekdays": ours("weekday_mean"),
        "MSTL + ETS (statsmodels)": mstl_ets,
        "AutoETS x profile (statsforecast)": autoets_profile,
        "weekday_median": ours("weekday_median"),
        "profile_level": ours("profile_level"),
        "rotation forecast (auto)": auto,
    }
    origins = range(FIRST_ORIGIN, len(series.days) - WEEK + 1, WEEK)
    error, bias, took = (dict.fromkeys(contest, 0.0) for _ in range(3))
    calls = 0.0
    for first in origins:
        past, came = series.until(first), series.calls[first : first + WEEK]
        special = series.days.special[first : first + WEEK]
        found = {}
        for name, forecaster in contest.items():
            started = time.perf_counter()
            found[name] = forecaster(past, series, first)
            took[name] += time.perf_counter() - started
        judged = ~np.isnan(came) & ~special[:, None] & np.all([~np.isnan(each) for each in found.values()], axis=0)
        calls += came[judged].sum()
        for name, each in found.items():
            error[name] += np.abs(each - came)[judged].sum()
            bias[name] += (each - came)[judged].sum()
    naive = error["seasonal naive"]
    print(f"{len(origins)} weeks, {calls:,.0f} calls, one week ahead in half-hours")
    print(f"{'method':34} {'WAPE':>7} {'bias':>7} {'of naive':>9} {'s/week':>7}")
    for name in contest:
        print(
            f"{name:34} {error[name] / calls:7.2%} {bias[name] / calls:+7.2%} "
            f"{error[name] / naive:9.1%} {took[name] / len(origins):7.3f}"
        )


if __name__ == "__main__":
    main()
