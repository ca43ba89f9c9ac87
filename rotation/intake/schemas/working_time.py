"""Rows of work_patterns.csv, absences.csv, preferences.csv and pins.csv."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from pydantic import Field, ValidationInfo, field_validator

from rotation.intake.cells import Clock, ClockEnd, DayOrInstant, Id, Instant, Text, Weekday
from rotation.intake.schemas.row import Row


def after_start(end: int, start: int | None) -> int:
    """A clock time that must be later than another of the same day."""
    if start is not None and end <= start:
        raise ValueError(
            f"is not after {start // 60:02d}:{start % 60:02d}; a span over midnight is two rows, "
            "one to 24:00 and one from 00:00 of the next day"
        )
    return end


class WorkPatternRow(Row):
    """A row of work_patterns.csv."""

    file: ClassVar[str] = "work_patterns.csv"
    work_pattern_id: Id
    weekday: Weekday
    start: Clock
    end: ClockEnd

    @field_validator("end")
    @classmethod
    def _in_order(cls, end: int, info: ValidationInfo) -> int:
        return after_start(end, info.data.get("start"))


class AbsenceRow(Row):
    """A row of absences.csv; a date is the whole day on the person's own clock."""

    file: ClassVar[str] = "absences.csv"
    employee_id: Id
    start: DayOrInstant
    end: DayOrInstant
    reason: Text = ""


class PreferenceRow(Row):
    """A row of preferences.csv."""

    file: ClassVar[str] = "preferences.csv"
    employee_id: Id
    weekday: Weekday
    start: Clock
    end: ClockEnd
    weight: int = Field(ge=-3, le=3, description="-3 (refuses if at all possible) to +3 (likes)")

    @field_validator("end")
    @classmethod
    def _in_order(cls, end: int, info: ValidationInfo) -> int:
        return after_start(end, info.data.get("start"))


class PinRow(Row):
    """A row of pins.csv."""

    file: ClassVar[str] = "pins.csv"
    employee_id: Id
    queue_id: Id
    start: Instant
    end: Instant

    @field_validator("end")
    @classmethod
    def _in_order(cls, end: dt.datetime, info: ValidationInfo) -> dt.datetime:
        if (start := info.data.get("start")) and end <= start:
            raise ValueError("is not after the start")
        return end
