"""Rows of attendance.csv: who really served."""

from __future__ import annotations

from typing import ClassVar

from rotation.intake.schemas.working_time import PinRow


class AttendanceRow(PinRow):
    """One stretch in which somebody answered a queue."""

    file: ClassVar[str] = "attendance.csv"
