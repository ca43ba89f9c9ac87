"""What the replications add up to: service level, waits, abandonment, occupancy and resolution with 95 % confidence.

Shares are ratios of sums over all replications, never means of ratios: an interval that sometimes has no call would
count too much. Their confidence comes from the linearized ratio (delta method) over replications. Service level belongs
to the interval in which the call arrived, and counts answered in time over offered. May know nothing of how it was run.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rotation.simulate.kernel.arrays import (
    ABANDONED,
    ANSWERED,
    BUSY_S,
    IN_TIME,
    MEASURES,
    OFFERED,
    RESOLVED,
    STAFFED_S,
    WAITED_S,
    Floats,
)

Z = 1.959963984540054
RATIOS = {
    "service_level": (IN_TIME, OFFERED),
    "asa_s": (WAITED_S, ANSWERED),
    "abandonment": (ABANDONED, OFFERED),
    "occupancy": (BUSY_S, STAFFED_S),
    "first_contact_resolution": (RESOLVED, ANSWERED),
}


@dataclass(frozen=True)
class Sums:
    """Sums over replications.

    Args:
        first: of each measure, (queues, intervals, measures).
        in_time_squared, in_time_offered, offered_squared: of products, (queues, intervals), for the confidence of the
            service level.
    """

    first: Floats
    in_time_squared: Floats
    in_time_offered: Floats
    offered_squared: Floats

    @classmethod
    def of_shape(cls, shape: tuple[int, ...]) -> Sums:
        """No replication yet."""
        return cls(np.zeros((*shape, MEASURES)), np.zeros(shape), np.zeros(shape), np.zeros(shape))

    def with_week(self, tally: Floats) -> Sums:
        """One replication more."""
        x, y = tally[:, :, IN_TIME], tally[:, :, OFFERED]
        return self.plus(Sums(tally, x * x, x * y, y * y))

    def plus(self, other: Sums) -> Sums:
        """The sums of both."""
        return Sums(
            self.first + other.first,
            self.in_time_squared + other.in_time_squared,
            self.in_time_offered + other.in_time_offered,
            self.offered_squared + other.offered_squared,
        )


@dataclass(frozen=True)
class Outcome:
    """What happened to the callers.

    Args:
        sums: by queue and interval.
        totals: of each replication's week, (replications, queues, measures).
        replications: how many.
    """

    sums: Sums
    totals: Floats
    replications: int

    def by_interval(self, name: str) -> Floats:
        """A ratio of :data:`RATIOS` by queue and interval, NaN where nothing happened, (queues, intervals)."""
        top, below = RATIOS[name]
        return _ratio(self.sums.first[:, :, top], self.sums.first[:, :, below])

    def calls(self) -> Floats:
        """Calls offered, those of returning callers included, the mean of a week, (queues, intervals)."""
        return np.asarray(self.sums.first[:, :, OFFERED] / self.replications)

    def half_width(self) -> Floats:
        """Half the 95 % confidence interval of the service level by interval, (queues, intervals)."""
        level, s, n = self.by_interval("service_level"), self.sums, self.replications
        mean = s.first[:, :, OFFERED] / n
        spread = (s.in_time_squared - 2 * level * s.in_time_offered + level**2 * s.offered_squared) / max(n - 1, 1)
        with np.errstate(invalid="ignore", divide="ignore"):
            half = np.sqrt(np.maximum(spread, 0.0) / n) / mean * Z
        return np.where(mean > 0, half, np.nan)

    def by_queue(self, name: str) -> tuple[Floats, Floats]:
        """A ratio of the whole week and half its confidence interval, (queues,) each."""
        return self._week(name, self.totals)

    def overall(self, name: str) -> tuple[float, float]:
        """A ratio of all queues and half its confidence interval."""
        value, half = self._week(name, self.totals.sum(axis=1, keepdims=True))
        return float(value[0]), float(half[0])

    def _week(self, name: str, totals: Floats) -> tuple[Floats, Floats]:
        top, below = RATIOS[name]
        value = _ratio(totals[:, :, top].sum(axis=0), totals[:, :, below].sum(axis=0))
        return value, np.asarray(Z * influence(name, totals).std(axis=0, ddof=1) / np.sqrt(len(totals)))


def influence(name: str, totals: Floats) -> Floats:
    """How each replication moves a week's ratio (the linearized ratio), (replications, queues)."""
    top, below = RATIOS[name]
    x, y = totals[:, :, top], totals[:, :, below]
    value, mean = _ratio(x.sum(axis=0), y.sum(axis=0)), y.mean(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((x - value * y) / mean)


def difference(name: str, one: Outcome, other: Outcome) -> tuple[Floats, Floats]:
    """A week's ratio under one scenario minus that under another on the same callers, and half its confidence interval.

    Args:
        name: of :data:`RATIOS`.
        one: the outcome that is looked at.
        other: the outcome that it is compared with; same seed and replications.

    Returns:
        (queues + 1,) each, the last for all queues together. The same luck on both sides cancels, so that the interval
        is far narrower than those of the two sides.
    """
    values, halves = [], []
    for totals in ((one.totals, other.totals), (_pooled(one.totals), _pooled(other.totals))):
        top, below = RATIOS[name]
        a, b = (_ratio(t[:, :, top].sum(axis=0), t[:, :, below].sum(axis=0)) for t in totals)
        moved = influence(name, totals[0]) - influence(name, totals[1])
        values.append(a - b)
        halves.append(Z * moved.std(axis=0, ddof=1) / np.sqrt(len(moved)))
    return np.concatenate(values), np.concatenate(halves)


def _pooled(totals: Floats) -> Floats:
    return np.asarray(totals.sum(axis=1, keepdims=True))


def _ratio(top: Floats, below: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(below > 0, top / below, np.nan))
