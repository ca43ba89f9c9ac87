"""What was promised before and must be respected when a week is planned again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from rotation.plan.plan import Shift

DAY = dt.timedelta(days=1)
NEAR_DAYS = 7


@dataclass(frozen=True, slots=True)
class Published:
    """The effective release of a week that is planned again.

    Args:
        shifts: promised shifts that can still be kept.
        now: the instant of planning, aware.
        frozen_until: before this instant nothing moves, aware; at least ``now``.
    """

    shifts: tuple[Shift, ...]
    now: dt.datetime
    frozen_until: dt.datetime

    @classmethod
    def at(cls, shifts: Iterable[Shift], now: dt.datetime, freeze_h: float) -> Published:
        """What is promised, with a freeze window of so many hours from now."""
        return cls(tuple(sorted(shifts)), now, now + dt.timedelta(hours=freeze_h))

    @property
    def frozen(self) -> tuple[Shift, ...]:
        """Shifts that begin inside the freeze window."""
        return tuple(shift for shift in self.shifts if shift.start < self.frozen_until)

    @property
    def open(self) -> tuple[Shift, ...]:
        """Shifts that begin after it."""
        return tuple(shift for shift in self.shifts if shift.start >= self.frozen_until)

    def nearness(self, shift: Shift) -> int:
        """1 for a shift a week or more away, one more for each day nearer, up to 8."""
        days = (shift.start - self.now) // DAY
        return 1 + max(0, NEAR_DAYS - max(0, days))
