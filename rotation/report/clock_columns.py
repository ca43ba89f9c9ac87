"""The columns of a picture that has one row a day: clock times, with extra columns for an hour that comes twice.

Knows local times only. A day that skips an hour leaves its columns empty.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from rotation.report.spelling import MINUS


@dataclass(frozen=True, slots=True)
class ClockColumn:
    """One clock time of a day.

    Args:
        minute: minutes after midnight on the clock.
        repeated: whether it is the second time that the clock shows it.
        label: such as ``01:00``, or ``01:00 −08:00`` for the second time.
    """

    minute: int
    repeated: bool
    label: str

    @property
    def key(self) -> tuple[int, bool]:
        """What tells columns apart."""
        return self.minute, self.repeated


def column_key(local: dt.datetime) -> tuple[int, bool]:
    """The column of a local time."""
    return local.hour * 60 + local.minute, bool(local.fold)


def clock_columns(times: Iterable[dt.datetime]) -> tuple[ClockColumn, ...]:
    """The columns that hold some local times, in the order in which a day passes through them.

    Args:
        times: aware local times of one zone; ``fold`` tells the second of two equal clock times.
    """
    offsets: dict[tuple[int, bool], str] = {}
    for local in times:
        offsets.setdefault(column_key(local), _offset(local) if local.fold else "")
    second = [minute for minute, repeated in offsets if repeated]
    first = max(second, default=0)

    def passing(key: tuple[int, bool]) -> tuple[int, bool, int]:
        minute, repeated = key
        return (first if repeated else minute), repeated, minute

    return tuple(
        ClockColumn(key[0], key[1], f"{key[0] // 60:02d}:{key[0] % 60:02d} {offsets[key]}".rstrip())
        for key in sorted(offsets, key=passing)
    )


def _offset(local: dt.datetime) -> str:
    text = f"{local:%z}"
    return f"{text[:3]}:{text[3:5]}".replace("-", MINUS)
