"""Imports of attendance: every import is kept, the last of a week counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, func, insert, select

from rotation.intake.attendance import Served
from rotation.store.schema import attendance, attendance_imports, settlements
from rotation.timegrid import IsoWeek


def keep_attendance(
    connection: Connection,
    week: IsoWeek,
    served: Sequence[Served],
    minutes: Mapping[str, tuple[int, int]],
    source: str,
    by: str,
    at: dt.datetime,
) -> int:
    """Store an import and what it settles; returns its number."""
    number = (connection.scalar(select(func.max(attendance_imports.c.import_no))) or 0) + 1
    connection.execute(
        insert(attendance_imports).values(
            import_no=number, week=str(week), source=source, imported_at=at, imported_by=by
        )
    )
    rows = [
        {
            "import_no": number,
            "position": n,
            "employee_id": row.employee_id,
            "queue_id": row.queue_id,
            "start_at": row.start,
            "end_at": row.end,
        }
        for n, row in enumerate(served, 1)
    ]
    if rows:
        connection.execute(insert(attendance), rows)
    settled = [
        {"import_no": number, "employee_id": name, "minutes": total, "unpleasant_minutes": unpleasant}
        for name, (total, unpleasant) in sorted(minutes.items())
    ]
    if settled:
        connection.execute(insert(settlements), settled)
    return number
