"""What this program has put on CalDAV servers: each resource with the entity tag that the server gave it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from rotation.store.calendar_schema import caldav_resources


@dataclass(frozen=True, slots=True)
class Pushed:
    """A resource as it was last pushed.

    Args:
        name: last part of its address.
        etag: entity tag that the server gave it.
        digest: SHA-256 of what was pushed.
        end_at: when the shift ends, aware.
    """

    name: str
    etag: str
    digest: str
    end_at: dt.datetime


def pushed_to(connection: Connection, collection: str) -> dict[str, Pushed]:
    """The resources in a collection by name."""
    query = select(caldav_resources).where(caldav_resources.c.collection == collection)
    rows = connection.execute(query.order_by(caldav_resources.c.name))
    return {row.name: Pushed(row.name, row.etag, row.digest, row.end_at) for row in rows}


def note_pushed(connection: Connection, collection: str, pushed: Pushed) -> None:
    """Remember a resource that was pushed."""
    forget_pushed(connection, collection, pushed.name)
    connection.execute(
        insert(caldav_resources).values(
            collection=collection,
            name=pushed.name,
            etag=pushed.etag,
            digest=pushed.digest,
            end_at=pushed.end_at,
        )
    )


def forget_pushed(connection: Connection, collection: str, name: str) -> None:
    """Forget a resource that was removed."""
    rows = (caldav_resources.c.collection == collection) & (caldav_resources.c.name == name)
    connection.execute(delete(caldav_resources).where(rows))
