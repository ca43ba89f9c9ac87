"""The tables of live switches. Unlike releases they are progress: rows change and go."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, Text

from rotation.store.schema import Instant, metadata

switch_seats = Table(
    "switch_seats",
    metadata,
    Column("switch", Text, primary_key=True),
    Column("queue_id", Text, primary_key=True),
    Column("agent", Text, primary_key=True),
    Column("phase", String(7), nullable=False),
    Column("since", Instant, nullable=False),
)

switch_boots = Table(
    "switch_boots",
    metadata,
    Column("switch", Text, primary_key=True),
    Column("began_at", Instant, nullable=False),
)

switch_drains = Table(
    "switch_drains",
    metadata,
    Column("employee_id", Text, primary_key=True),
    Column("until", Instant, nullable=False),
    Column("ordered_at", Instant, nullable=False),
    Column("ordered_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
)
