"""Rows of departments.csv, employees.csv, skills.csv and exemptions.csv."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator

from rotation.intake.cells import Date, Id, OptionalDate, Text, YesNo, Zone
from rotation.intake.schemas.row import Row

EMAIL = r'^[^@\s<>,;:"]+@[^@\s<>,;:"]+$'
ENDPOINT = r"^[\w.@+:/=~*-]*$"


class DepartmentRow(Row):
    """A row of departments.csv."""

    file: ClassVar[str] = "departments.csv"
    department_id: Id
    name: Text
    max_away_pct: int | None = Field(None, ge=1, le=100, description="whole per cent")
    min_present: int = Field(0, ge=0, le=1_000_000, description="whole people")


class EmployeeRow(Row):
    """A row of employees.csv."""

    file: ClassVar[str] = "employees.csv"
    employee_id: Id
    name: Text
    email: str = Field(max_length=254, pattern=EMAIL, description="one address like ann@example.com")
    department_id: Id
    weekly_hours: float = Field(gt=0, le=60, allow_inf_nan=False, description="hours")
    work_pattern_id: Id
    timezone: Zone = ""
    endpoint: str = Field("", max_length=128, pattern=ENDPOINT, description="what the switch rings like PJSIP/1001")
    mentor: YesNo = False
    works_from: Literal["office", "home"] = Field("office", description="office, home")
    region: str = Field("", pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$", description="a country or subdivision like US-CA")
    starts_on: OptionalDate = None
    ends_on: OptionalDate = None

    @field_validator("ends_on")
    @classmethod
    def _in_order(cls, ends_on: dt.date | None, info: ValidationInfo) -> dt.date | None:
        starts_on = info.data.get("starts_on")
        if ends_on and starts_on and ends_on < starts_on:
            raise ValueError(f"is before starts_on {starts_on}")
        return ends_on


class SkillRow(Row):
    """A row of skills.csv."""

    file: ClassVar[str] = "skills.csv"
    employee_id: Id
    queue_id: Id
    level: int = Field(3, ge=1, le=5, description="1 (novice) to 5 (expert)")
    certified_on: OptionalDate = None
    expires_on: OptionalDate = None

    @field_validator("expires_on")
    @classmethod
    def _in_order(cls, expires_on: dt.date | None, info: ValidationInfo) -> dt.date | None:
        certified_on = info.data.get("certified_on")
        if expires_on and certified_on and expires_on < certified_on:
            raise ValueError(f"is before certified_on {certified_on}")
        return expires_on


class ExemptionRow(Row):
    """A row of exemptions.csv."""

    file: ClassVar[str] = "exemptions.csv"
    employee_id: Id
    reason: Text
    approved_by: Text
    until: Date
