"""Messages about shifts: what has been handed to the mail server. A row before the hand-over, a row after it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, func, insert, select

from rotation.plan import ReleasedShift
from rotation.store.calendar_schema import deliveries
from rotation.store.chain import note_of, release_row, shifts_at
from rotation.store.schema import shift_versions

State = Literal["begun", "sent", "refused"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """The last word on one message.

    Args:
        shift_id: about which shift.
        sequence: about which change of it.
        state: ``begun`` (handed over or not: the program ended in between), ``sent`` or ``refused``.
        recipient: the address.
        reply: what the mail server said.
        at: when, aware.
    """

    shift_id: str
    sequence: int
    state: State
    recipient: str
    reply: str
    at: dt.datetime


def changed_by(connection: Connection, number: int) -> tuple[ReleasedShift, ...]:
    """The shifts that a release made, moved or called off, as it left them, by person and time.

    Raises:
        UsageFault: there is no release of that number.
    """
    week = note_of(release_row(connection, number)).week
    query = select(shift_versions.c.shift_id).where(shift_versions.c.release == number)
    changed = set(connection.scalars(query))
    found = shifts_at(connection, week, number)
    return tuple(sorted((found[key] for key in changed), key=lambda s: (s.employee_id, s.start, s.shift_id)))


def deliveries_of(connection: Connection, number: int) -> dict[tuple[str, int], Delivery]:
    """The last word on each message of a release, by shift and sequence."""
    query = select(deliveries).where(deliveries.c.release == number).order_by(deliveries.c.delivery)
    return {
        (row.shift_id, row.sequence): Delivery(row.shift_id, row.sequence, row.state, row.recipient, row.reply, row.at)
        for row in connection.execute(query)
    }


def note_delivery(connection: Connection, number: int, delivery: Delivery) -> None:
    """Add a word on a message.

    Args:
        connection: of a writing transaction.
        number: of the release.
        delivery: the word.
    """
    last = connection.scalar(select(func.max(deliveries.c.delivery))) or 0
    connection.execute(
        insert(deliveries).values(
            delivery=last + 1,
            release=number,
            shift_id=delivery.shift_id,
            sequence=delivery.sequence,
            state=delivery.state,
            recipient=delivery.recipient,
            reply=delivery.reply,
            at=delivery.at,
        )
    )
