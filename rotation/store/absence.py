"""Absences that were reported to the store, and what they mean for a week."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, func, insert, select

from rotation.company import Absence
from rotation.release import Overlay
from rotation.store import chain
from rotation.store.inputs import fetch
from rotation.store.schema import absences, releases
from rotation.timegrid import IsoWeek

NEAR = dt.timedelta(days=2)
"""Beyond a week's own days on both sides: more than any two zones differ."""


def report(connection: Connection, absence: Absence, by: str, at: dt.datetime) -> None:
    """Remember an absence."""
    number = (connection.scalar(select(func.max(absences.c.absence_id))) or 0) + 1
    connection.execute(
        insert(absences).values(
            absence_id=number,
            employee_id=absence.employee_id,
            start_at=absence.start,
            end_at=absence.end,
            reason=absence.reason,
            reported_at=at,
            reported_by=by,
        )
    )


def overlay_of(connection: Connection, week: IsoWeek) -> Overlay:
    """The absences that concern a week, and the pins that its effective release has waived.

    An absence is late when it was reported after the week's first release.
    """
    first = connection.scalar(select(func.min(releases.c.released_at)).where(releases.c.week == str(week)))
    begin = dt.datetime.combine(week.monday(), dt.time(), dt.UTC)
    query = (
        select(absences)
        .where(absences.c.start_at < begin + dt.timedelta(weeks=1) + NEAR, absences.c.end_at > begin - NEAR)
        .order_by(absences.c.absence_id)
    )
    found = tuple(
        Absence(row.employee_id, row.start_at, row.end_at, row.reason, first is not None and row.reported_at >= first)
        for row in connection.execute(query)
    )
    current = chain.current_number(connection, week)
    if not current:
        return Overlay(found)
    stored = Overlay.from_json(fetch(connection, chain.release_row(connection, current).overlay))
    return Overlay(found, stored.waived)
