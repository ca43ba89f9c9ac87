"""Live switches: who was put where, when a switch began, who was drained.

Revision ID: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; their rows change."""
    op.create_table(
        "switch_seats",
        sa.Column("switch", sa.Text(), nullable=False),
        sa.Column("queue_id", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("phase", sa.String(length=7), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("switch", "queue_id", "agent", name=op.f("pk_switch_seats")),
    )
    op.create_table(
        "switch_boots",
        sa.Column("switch", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("switch", name=op.f("pk_switch_boots")),
    )
    op.create_table(
        "switch_drains",
        sa.Column("employee_id", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ordered_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("employee_id", name=op.f("pk_switch_drains")),
    )


def downgrade() -> None:
    """Drop the tables: the switch keeps its members, which are then nobody's."""
    for table in ("switch_drains", "switch_boots", "switch_seats"):
        op.drop_table(table)
