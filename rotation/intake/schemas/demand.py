"""Rows of demand.csv, call_history.csv, special_days.csv, adjustments.csv, required.csv and core_staff.csv."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from rotation.intake.cells import Date, Id, Instant, Text
from rotation.intake.schemas.row import Row

Calls = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False, description="calls")]
SomeCalls = Annotated[float | None, Field(ge=0, le=1_000_000, allow_inf_nan=False, description="calls")]
Seconds = Annotated[float | None, Field(ge=0, le=1_000_000_000, allow_inf_nan=False, description="seconds")]
Agents = Annotated[int, Field(ge=0, le=100_000, description="whole agents")]


class DemandRow(Row):
    """A row of demand.csv."""

    file: ClassVar[str] = "demand.csv"
    queue_id: Id
    start: Instant
    calls: Calls
    aht_s: float | None = Field(None, gt=0, le=36_000, allow_inf_nan=False, description="seconds; empty: the queue's")
    rate_cv: float = Field(0.0, ge=0, le=3, allow_inf_nan=False, description="0: the calls are certain")


class IntervalRow(Row):
    """A row of call_history.csv with the totals of an interval."""

    file: ClassVar[str] = "call_history.csv"
    queue_id: Id
    start: Instant
    offered: Calls
    answered: SomeCalls = None
    abandoned: SomeCalls = None
    wait_s: Seconds = None
    handle_s: Seconds = None


class CallRow(Row):
    """A row of call_history.csv that is one call: the header has no ``offered``."""

    file: ClassVar[str] = "call_history.csv"
    queue_id: Id
    start: Instant
    answered: float | None = Field(None, ge=0, le=1, description="1 if an agent took the call, else 0")
    abandoned: float | None = Field(None, ge=0, le=1, description="1 if the caller gave up, else 0")
    wait_s: Seconds = None
    handle_s: Seconds = None


class SpecialDayRow(Row):
    """A row of special_days.csv."""

    file: ClassVar[str] = "special_days.csv"
    day: Date
    kind: Text
    queue_id: Id | None = None


class AdjustmentRow(Row):
    """A row of adjustments.csv; that it has a factor or calls, not both, is a check's business."""

    file: ClassVar[str] = "adjustments.csv"
    queue_id: Id
    start: Instant
    end: Instant
    reason: Text
    factor: float | None = Field(None, ge=0, le=100, allow_inf_nan=False, description="times the forecast")
    calls: SomeCalls = None


class RequiredRow(Row):
    """A row of required.csv."""

    file: ClassVar[str] = "required.csv"
    queue_id: Id
    start: Instant
    agents: Agents


class CoreStaffRow(Row):
    """A row of core_staff.csv."""

    file: ClassVar[str] = "core_staff.csv"
    queue_id: Id
    start: Instant
    agents: Agents
