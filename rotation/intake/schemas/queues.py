"""Rows of queues.csv and opening_hours.csv."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field, ValidationInfo, field_validator

from rotation.intake.cells import Clock, ClockEnd, Id, Text, Weekday
from rotation.intake.schemas.row import Row
from rotation.intake.schemas.working_time import after_start

EXTENSION = r"^[0-9A-Za-z*#+._-]*$"


class QueueRow(Row):
    """A row of queues.csv."""

    file: ClassVar[str] = "queues.csv"
    queue_id: Id
    name: Text
    aht_s: float = Field(gt=0, le=36_000, allow_inf_nan=False, description="seconds")
    service_level_pct: float = Field(80.0, gt=0, lt=100, allow_inf_nan=False, description="per cent")
    service_level_s: float = Field(20.0, ge=0, le=3_600, allow_inf_nan=False, description="seconds")
    patience_s: float | None = Field(
        None, gt=0, le=86_400, allow_inf_nan=False, description="seconds; empty: callers wait for ever"
    )
    shrinkage_pct: float = Field(0.0, ge=0, le=95, allow_inf_nan=False, description="per cent")
    max_occupancy_pct: float = Field(90.0, gt=0, le=100, allow_inf_nan=False, description="per cent")
    min_agents: int = Field(1, ge=0, le=10_000, description="whole agents")
    priority: int = Field(3, ge=1, le=5, description="1 (most important) to 5")
    pool: Id | None = None
    extension: str = Field("", max_length=32, pattern=EXTENSION, description="digits, letters and * # + . _ -")


class OpeningHoursRow(Row):
    """A row of opening_hours.csv."""

    file: ClassVar[str] = "opening_hours.csv"
    queue_id: Id
    weekday: Weekday
    open: Clock
    close: ClockEnd

    @field_validator("close")
    @classmethod
    def _in_order(cls, close: int, info: ValidationInfo) -> int:
        return after_start(close, info.data.get("open"))
