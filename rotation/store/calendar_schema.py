"""The tables of calendars: feeds, messages that were sent, and what lies on CalDAV servers."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from rotation.store.schema import Instant, metadata

feeds = Table(
    "feeds",
    metadata,
    Column("feed", Integer, primary_key=True, autoincrement=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("kind", String(10), nullable=False),
    Column("owner_id", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("created_by", Text, nullable=False),
)

feed_revocations = Table(
    "feed_revocations",
    metadata,
    Column("feed", Integer, primary_key=True, autoincrement=False),
    Column("revoked_at", Instant, nullable=False),
    Column("revoked_by", Text, nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("delivery", Integer, primary_key=True, autoincrement=False),
    Column("release", Integer, nullable=False),
    Column("shift_id", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("state", String(8), nullable=False),
    Column("recipient", Text, nullable=False),
    Column("reply", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "shift_id", "sequence"),
)

caldav_resources = Table(
    "caldav_resources",
    metadata,
    Column("collection", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("etag", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("end_at", Instant, nullable=False),
)
