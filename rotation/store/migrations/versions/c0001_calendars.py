"""Feeds with hashed tokens, messages that were sent, resources on CalDAV servers.

Revision ID: calendars1
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from rotation.store.migrations.versions.r0001_releases import append_only

revision = "calendars1"
down_revision: str | None = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; rows of all but the last are only ever added."""
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "feeds",
        sa.Column("feed", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("owner_id", sa.Text, nullable=False),
        sa.Column("created_at", instant, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("feed", name="pk_feeds"),
        sa.UniqueConstraint("token_hash", name="uq_feeds_token_hash"),
    )
    op.create_table(
        "feed_revocations",
        sa.Column("feed", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("revoked_at", instant, nullable=False),
        sa.Column("revoked_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("feed", name="pk_feed_revocations"),
    )
    op.create_table(
        "deliveries",
        sa.Column("delivery", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("release", sa.Integer, nullable=False),
        sa.Column("shift_id", sa.Text, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("reply", sa.Text, nullable=False),
        sa.Column("at", instant, nullable=False),
        sa.PrimaryKeyConstraint("delivery", name="pk_deliveries"),
    )
    op.create_index("ix_deliveries_shift_id_sequence", "deliveries", ["shift_id", "sequence"])
    op.create_table(
        "caldav_resources",
        sa.Column("collection", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("etag", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("end_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("collection", "name", name="pk_caldav_resources"),
    )
    for table in ("feeds", "feed_revocations", "deliveries"):
        append_only(table)


def downgrade() -> None:
    """Feeds and what was sent would be forgotten."""
    raise NotImplementedError("feeds and deliveries cannot be taken back; restore a backup instead")
