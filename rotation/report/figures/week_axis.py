"""The time axis of a whole week: absolute time, so that a repeated hour has room of its own and a skipped one none.

The hours of the night in which no phone rings are left out, the same ones on every day.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

from rotation.plan import Edition
from rotation.report.figures.theme import RULE
from rotation.report.spelling import day


class WeekAxis:
    """Positions of instants on the axis, in hours that are kept.

    Args:
        edition: whose week; kept are the clock times at which on any day the rotation is asked for or anybody serves.
    """

    def __init__(self, edition: Edition) -> None:
        self.horizon = edition.case.horizon
        self.locals = [self.horizon.local(index) for index in range(self.horizon.intervals)]
        minutes = np.array([local.hour * 60 + local.minute for local in self.locals])
        used = ((edition.case.missing > 0) | (edition.coverage.assigned > 0)).any(axis=0)
        if not used.any():
            used = edition.case.is_open.any(axis=0) if edition.case.is_open.any() else np.ones_like(used)
        self.kept = (minutes >= minutes[used].min()) & (minutes <= minutes[used].max())
        self.step_h = self.horizon.interval_min / 60
        self._before = np.concatenate(([0], np.cumsum(self.kept))) * self.step_h

    @property
    def length(self) -> float:
        """Hours kept."""
        return float(self._before[-1])

    @property
    def whole_days(self) -> bool:
        """Whether nothing is left out."""
        return bool(self.kept.all())

    def position(self, instant: dt.datetime) -> float:
        """Where an instant lies, in hours kept since the week's start; outside the week at its ends."""
        index = self.horizon.floor(instant)
        if index < 0:
            return 0.0
        if index >= self.horizon.intervals:
            return self.length
        part = (instant - self.horizon.instant(index)) / self.horizon.step if self.kept[index] else 0.0
        return round(float(self._before[index]) + part * self.step_h, 4)

    def days(self) -> list[tuple[str, float, float]]:
        """For each local day its name and the axis positions of its two ends."""
        numbers = np.array(self.horizon.day_numbers())
        found = []
        for number, date in enumerate(self.horizon.days()):
            inside = np.flatnonzero(numbers == number)
            found.append((day(date), float(self._before[inside[0]]), float(self._before[inside[-1] + 1])))
        return found

    def ticks(self) -> tuple[list[float], list[str]]:
        """Positions and labels of clock times: every third hour, every sixth when nights are kept."""
        every = 3 if self.length <= 7 * 15 else 6
        wanted = [
            index
            for index, local in enumerate(self.locals)
            if self.kept[index] and local.minute == 0 and local.hour % every == 0 and not local.fold
        ]
        return [float(self._before[index]) for index in wanted], [f"{self.locals[index].hour:02d}" for index in wanted]

    def layout(self) -> dict[str, Any]:
        """The x axis with clock times, names of the days above it, lines between days."""
        values, texts = self.ticks()
        axis = {
            "range": [0, self.length],
            "tickvals": values,
            "ticktext": texts,
            "side": "top",
            "showgrid": True,
            "zeroline": False,
            "tickfont": {"size": 10},
            "ticks": "",
        }
        names = [
            {
                "x": (start + end) / 2,
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "yshift": 16,
                "text": f"<b>{name}</b>",
                "showarrow": False,
            }
            for name, start, end in self.days()
        ]
        lines = [
            {"type": "line", "x0": edge, "x1": edge, "y0": 0, "y1": 1, "yref": "paper", "layer": "below"}
            | {"line": {"color": RULE, "width": 1}}
            for edge in [0.0, *(end for _, _, end in self.days())]
        ]
        return {"xaxis": axis, "annotations": names, "shapes": lines}
