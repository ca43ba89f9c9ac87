"""Feeds in the store: who may read whose calendar under which secret address. Secrets are kept as digests only."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, func, insert, select

from rotation.errors import UsageFault
from rotation.store.calendar_schema import feed_revocations, feeds

Kind = Literal["employee", "department", "queue", "company"]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed.

    Args:
        number: its number.
        kind: whose shifts it shows.
        owner_id: id of that employee, department or queue; empty for the company.
        token_hash: SHA-256 of its secret.
        created_at: when.
        created_by: by whom.
        revoked_at: when it ended, None while it lives.
    """

    number: int
    kind: Kind
    owner_id: str
    token_hash: str
    created_at: dt.datetime
    created_by: str
    revoked_at: dt.datetime | None


def digest_of(token: str) -> str:
    """What the store keeps of a secret; 128 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def all_feeds(connection: Connection) -> tuple[Feed, ...]:
    """Every feed, ended ones included, in the order of their numbers."""
    query = select(feeds, feed_revocations.c.revoked_at).outerjoin(
        feed_revocations, feeds.c.feed == feed_revocations.c.feed
    )
    return tuple(
        Feed(row.feed, row.kind, row.owner_id, row.token_hash, row.created_at, row.created_by, row.revoked_at)
        for row in connection.execute(query.order_by(feeds.c.feed))
    )


def feed_version(connection: Connection) -> tuple[int, int]:
    """A pair that changes whenever a feed is created or revoked."""
    made = connection.scalar(select(func.count()).select_from(feeds)) or 0
    ended = connection.scalar(select(func.count()).select_from(feed_revocations)) or 0
    return made, ended


def create_feed(connection: Connection, kind: Kind, owner_id: str, token: str, by: str, at: dt.datetime) -> int:
    """Add a feed; returns its number.

    Args:
        connection: of a writing transaction.
        kind: whose shifts it shows.
        owner_id: the id.
        token: the secret.
        by: who creates it.
        at: when, aware.
    """
    number = (connection.scalar(select(func.max(feeds.c.feed))) or 0) + 1
    values = {"feed": number, "token_hash": digest_of(token), "kind": kind, "owner_id": owner_id}
    connection.execute(insert(feeds).values(**values, created_at=at, created_by=by))
    return number


def revoke_feed(connection: Connection, number: int, by: str, at: dt.datetime) -> Feed:
    """End a feed; returns it as it was.

    Raises:
        UsageFault: there is none of that number that lives.
    """
    living = {feed.number: feed for feed in all_feeds(connection) if feed.revoked_at is None}
    if number not in living:
        allowed = ", ".join(map(str, living)) or "none lives"
        raise UsageFault(f"there is no feed {number} (allowed: {allowed})")
    connection.execute(insert(feed_revocations).values(feed=number, revoked_at=at, revoked_by=by))
    return living[number]
