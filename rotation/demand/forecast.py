"""The forecast of one queue: the method that its own history trusts most, fallbacks where history is thin, and words
for everything that a planner should know of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rotation.demand.backtest import LEAST_ORIGINS, Score, backtest, best
from rotation.demand.fallback import filled
from rotation.demand.methods import BASELINE, DEFAULT, methods
from rotation.demand.series import BoolArray, Days, FloatArray, Series
from rotation.demand.special_days import DayEffects, day_effects, with_effects

AUTO = "auto"
ASSUMED_CV = 0.3
STALE_DAYS = 14
FALLBACK = "weekday_mean"


@dataclass(frozen=True, eq=False)
class QueueForecast:
    """Expected calls of one queue.

    Args:
        queue_id: the queue.
        method: name of the method that was used.
        days: the days ahead.
        calls: expected calls, shape (days, slots); NaN where nothing can be said.
        cv: coefficient of variation of the rate for each day ahead, shape (days,).
        scores: the backtest a week ahead, by method; empty when the history is too short.
        notes: what a planner should know, in words.
    """

    queue_id: str
    method: str
    days: Days
    calls: FloatArray
    cv: FloatArray
    scores: Mapping[str, Score]
    notes: tuple[str, ...]

    def is_closed(self, day: dt.date) -> bool:
        """Whether a day ahead is special and the history has no such day with calls: the queue is taken for closed."""
        number = (day - self.days.first).days
        return bool(self.days.special[number]) and bool(np.isnan(self.calls[number]).all())

    @property
    def is_worse_than_naive(self) -> bool:
        """Whether the backtest found more error than repeating the last week would have made."""
        own, naive = self.scores.get(self.method), self.scores.get(BASELINE)
        return own is not None and naive is not None and self.method != BASELINE and own.wape > naive.wape


def forecast_queue(series: Series, ahead: Days, is_open: BoolArray, method: str = AUTO) -> QueueForecast:
    """Forecast a queue.

    Args:
        series: its history up to the day before the first day ahead.
        ahead: the days wanted.
        is_open: opening hours of these days, shape (days, slots).
        method: a method's name, or ``auto`` for the best in a backtest of the last weeks.

    Returns:
        The forecast; days and slots about which the history says nothing stay NaN, also on special days on which the
        queue took no calls.
    """
    family, notes = methods(), _notes(series, ahead)
    able = {name: each for name, each in family.items() if series.weeks >= each.least_weeks + 1}
    scores = backtest(series, able) if able else {}
    name = best(scores, DEFAULT) if method == AUTO else method
    if series.weeks < family[name].least_weeks:
        if method != AUTO:
            notes.append(f"{name} needs {family[name].least_weeks:g} weeks of history; {FALLBACK} is used instead")
        name = FALLBACK
    effects = day_effects(series)
    past_special = bool(len(series.days) and series.days.special[-1])
    calls = np.maximum(family[name].predict(series, ahead), 0.0)
    calls, words = filled(series, ahead, is_open, calls)
    if not family[name].is_bare:
        calls = with_effects(calls, ahead, effects, past_special, False)
    notes += [*words, *_words_on_special_days(effects, ahead, calls)]
    cv = _cv_of_days(series, ahead, name, scores, notes)
    found = QueueForecast(series.queue_id, name, ahead, calls, cv, scores, ())
    if found.is_worse_than_naive:
        notes.append(
            f"{name} was worse than repeating the last week in the backtest: "
            f"WAPE {scores[name].wape:.1%} against {scores[BASELINE].wape:.1%}"
        )
    return QueueForecast(series.queue_id, name, ahead, calls, cv, scores, tuple(notes))


def _cv_of_days(series: Series, ahead: Days, name: str, scores: Mapping[str, Score], notes: list[str]) -> FloatArray:
    """Uncertainty by week ahead, from backtests of that lead; the last one that can be tested stands for the rest."""
    own = scores.get(name)
    if own is None or own.origins < LEAST_ORIGINS:
        notes.append(f"too little history for a backtest: an uncertainty of {ASSUMED_CV:.0%} of the rate is assumed")
        return np.full(len(ahead), ASSUMED_CV)
    by_lead = [own.cv]
    for lead in range(2, -(-len(ahead) // 7) + 1):
        score = backtest(series, {name: methods()[name]}, lead).get(name)
        usable = score is not None and score.origins >= LEAST_ORIGINS
        by_lead.append(max(score.cv, by_lead[-1]) if usable and score else by_lead[-1])
    return np.array([by_lead[min(day // 7, len(by_lead) - 1)] for day in range(len(ahead))])


def _words_on_special_days(effects: DayEffects, ahead: Days, calls: FloatArray) -> list[str]:
    new = [
        n
        for n in np.flatnonzero(ahead.special)
        if ahead.labels[n] not in effects.of_kind and not np.isnan(calls[n]).all()
    ]
    words = [f"{ahead.date(int(n))} ({ahead.labels[n]}) takes the mean of the other special days" for n in new]
    silent = [n for n in np.flatnonzero(ahead.special) if np.isnan(calls[n]).all()]
    if not silent:
        return words
    names = ", ".join(f"{ahead.date(int(n))} ({ahead.labels[n]})" for n in silent)
    return [*words, f"no calls forecast on {names}: the history has no such day with calls"]


def _notes(series: Series, ahead: Days) -> list[str]:
    known = np.flatnonzero(~np.isnan(series.calls).all(axis=1))
    if not known.size:
        return ["no history at all"]
    notes = []
    if series.weeks < 3:
        notes.append(f"only {series.weeks:.1f} weeks of history: the plain mean of what is known")
    age = (ahead.first - series.days.date(int(known[-1]))).days
    if age > STALE_DAYS:
        notes.append(f"the history ends on {series.days.date(int(known[-1]))}, {age} days before the week")
    if series.missing:
        notes.append(f"{series.missing} open intervals of the history are missing and were not taken for zero")
    if np.nansum(series.calls) == 0:
        notes.append(f"not one call in {series.weeks:.1f} weeks of history: none is expected; was it recorded?")
    odd = [f"{day} ({why})" for day, why in sorted(series.left_out.items())]
    if odd:
        shown = ", ".join(odd[:4]) + (f" and {len(odd) - 4} more" if len(odd) > 4 else "")
        notes.append(f"{len(odd)} odd days are no evidence of ordinary ones: {shown}")
    return notes
