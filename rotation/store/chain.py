"""A week's shifts and ledger at one of its releases, folded from the changes that each release brought."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, func, select

from rotation.errors import UsageFault
from rotation.plan import ReleasedShift
from rotation.release import ReleaseNote
from rotation.store.schema import releases, shift_versions, shifts
from rotation.timegrid import IsoWeek


def note_of(row: Row[Any]) -> ReleaseNote:
    """A row of the releases as a value."""
    return ReleaseNote(
        row.number,
        IsoWeek.parse(row.week),
        row.parent,
        row.kind,
        row.released_at,
        row.released_by,
        row.reason,
        row.restored,
    )


def current_number(connection: Connection, week: IsoWeek) -> int:
    """Number of a week's effective release, 0 when it has none."""
    return connection.scalar(select(func.max(releases.c.number)).where(releases.c.week == str(week))) or 0


def release_row(connection: Connection, number: int) -> Row[Any]:
    """The row of a release.

    Raises:
        UsageFault: there is none of that number.
    """
    row = connection.execute(select(releases).where(releases.c.number == number)).first()
    if row is None:
        last = connection.scalar(select(func.max(releases.c.number))) or 0
        allowed = f"1 to {last}" if last else "none is stored yet"
        raise UsageFault(f"there is no release {number} (allowed: {allowed})")
    return row


def shifts_at(connection: Connection, week: IsoWeek, number: int) -> dict[str, ReleasedShift]:
    """The latest word on every shift of a week at one of its releases, by id."""
    query = (
        select(shift_versions, shifts.c.employee_id)
        .join(shifts)
        .where(shifts.c.week == str(week), shift_versions.c.release <= number)
        .order_by(shift_versions.c.release)
    )
    return {
        row.shift_id: ReleasedShift(
            row.shift_id,
            row.employee_id,
            row.queue_id,
            row.start_at,
            row.end_at,
            row.sequence,
            row.status,
            row.changed_at,
        )
        for row in connection.execute(query)
    }


def remembered(found: Mapping[str, ReleasedShift], at: dt.datetime) -> tuple[ReleasedShift, ...]:
    """Cancelled shifts that are not over at an instant, in order of time."""
    rows = [shift for shift in found.values() if shift.cancelled and shift.end > at]
    return tuple(sorted(rows, key=lambda s: (s.start, s.shift_id)))
