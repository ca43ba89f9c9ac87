"""A shift as a release promises it: with a stable id, the number of its last change, and when that was."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from rotation.plan.plan import Shift

Status = Literal["confirmed", "cancelled"]


@dataclass(frozen=True, slots=True)
class ReleasedShift:
    """One promised shift, or one that was promised and is called off.

    Args:
        shift_id: stable id; the same person's same duty keeps it, and it is never used for anything else.
        employee_id: who.
        queue_id: which queue.
        start: first instant, aware, UTC.
        end: first instant after it, aware, UTC.
        sequence: number of the last change, from 0; it never falls (RFC 5545 SEQUENCE).
        status: ``confirmed`` or ``cancelled``.
        changed_at: instant of the release that changed it last, aware, UTC.
    """

    shift_id: str
    employee_id: str
    queue_id: str
    start: dt.datetime
    end: dt.datetime
    sequence: int
    status: Status
    changed_at: dt.datetime

    @property
    def cancelled(self) -> bool:
        """Whether it is called off."""
        return self.status == "cancelled"

    def as_shift(self) -> Shift:
        """The shift in a plan, with the stable id."""
        return Shift(self.start, self.end, self.employee_id, self.queue_id, self.shift_id)
