"""Rows of calendars.csv."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from rotation.intake.cells import Id
from rotation.intake.schemas.row import Row

ADDRESS = r"^(https?://[^\s<>\"]+)?$"


class CalendarRow(Row):
    """A row of calendars.csv: where a person's calendar is and what in it counts as busy."""

    file: ClassVar[str] = "calendars.csv"
    employee_id: Id
    url: str = Field("", max_length=2000, pattern=ADDRESS, description="an address like https://example.com/ann.ics")
    kind: Literal["ics", "caldav"] = Field("ics", description="ics, caldav")
    tentative: Literal["policy", "busy", "free"] = Field("policy", description="policy, busy, free")
    all_day: Literal["as_marked", "busy", "free"] = Field("as_marked", description="as_marked, busy, free")
    marked_free: Literal["free", "busy"] = Field("free", description="free, busy")
