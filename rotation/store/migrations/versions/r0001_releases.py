"""The first schema: releases, shifts, ledger, absences, trades, attendance and the audit trail.

Revision ID: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels = None
depends_on = None

TABLES = (
    "absences",
    "attendance_imports",
    "audit_trail",
    "blobs",
    "attendance",
    "releases",
    "settlements",
    "ledger",
    "shifts",
    "shift_versions",
    "trades",
)


def upgrade() -> None:
    """Create every table, and the triggers that let rows only be added."""
    _create_tables()
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION rotation_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'rows of % never change', TG_TABLE_NAME; END $$"
        )
    for table in TABLES:
        append_only(table)


def append_only(table: str) -> None:
    """Refuse to change or delete rows of a table."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION rotation_append_only()"
        )
        return
    for action in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'rows of {table} never change'); END"
        )


def downgrade() -> None:
    """There is nothing before the first schema."""
    raise NotImplementedError("the first schema cannot be taken back; delete the store instead")


def _create_tables() -> None:
    op.create_table(
        "absences",
        sa.Column("absence_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("employee_id", sa.Text(), nullable=False),
        sa.Column("start_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("absence_id", name=op.f("pk_absences")),
    )
    op.create_index(op.f("ix_absences_employee_id"), "absences", ["employee_id"], unique=False)
    op.create_table(
        "attendance_imports",
        sa.Column("import_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("import_no", name=op.f("pk_attendance_imports")),
    )
    op.create_table(
        "audit_trail",
        sa.Column("entry", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("on_behalf_of", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("entry", name=op.f("pk_audit_trail")),
    )
    op.create_table(
        "blobs",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_blobs")),
    )
    op.create_table(
        "attendance",
        sa.Column("import_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("employee_id", sa.Text(), nullable=False),
        sa.Column("queue_id", sa.Text(), nullable=False),
        sa.Column("start_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["import_no"], ["attendance_imports.import_no"], name=op.f("fk_attendance_import_no")),
        sa.PrimaryKeyConstraint("import_no", "position", name=op.f("pk_attendance")),
    )
    op.create_table(
        "releases",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("parent", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("restored", sa.Integer(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("interval_min", sa.Integer(), nullable=False),
        sa.Column("inputs", sa.String(length=64), nullable=False),
        sa.Column("overlay", sa.String(length=64), nullable=False),
        sa.Column("demanded", sa.String(length=64), nullable=False),
        sa.Column("record", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["demanded"], ["blobs.digest"], name=op.f("fk_releases_demanded")),
        sa.ForeignKeyConstraint(["inputs"], ["blobs.digest"], name=op.f("fk_releases_inputs")),
        sa.ForeignKeyConstraint(["overlay"], ["blobs.digest"], name=op.f("fk_releases_overlay")),
        sa.ForeignKeyConstraint(["record"], ["blobs.digest"], name=op.f("fk_releases_record")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_releases")),
        sa.UniqueConstraint("week", "parent", name=op.f("uq_releases_week_parent")),
    )
    op.create_table(
        "settlements",
        sa.Column("import_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("employee_id", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("unpleasant_minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["import_no"], ["attendance_imports.import_no"], name=op.f("fk_settlements_import_no")),
        sa.PrimaryKeyConstraint("import_no", "employee_id", name=op.f("pk_settlements")),
    )
    op.create_table(
        "ledger",
        sa.Column("release", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("employee_id", sa.Text(), nullable=False),
        sa.Column("eligible", sa.Integer(), nullable=False),
        sa.Column("exact_min", sa.Text(), nullable=False),
        sa.Column("exact_max", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("unpleasant_minutes", sa.Integer(), nullable=False),
        sa.Column("could_unpleasant", sa.Integer(), nullable=False),
        sa.Column("short_notice", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["release"], ["releases.number"], name=op.f("fk_ledger_release")),
        sa.PrimaryKeyConstraint("release", "employee_id", name=op.f("pk_ledger")),
    )
    op.create_table(
        "shifts",
        sa.Column("shift_id", sa.Text(), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("employee_id", sa.Text(), nullable=False),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["release"], ["releases.number"], name=op.f("fk_shifts_release")),
        sa.PrimaryKeyConstraint("shift_id", name=op.f("pk_shifts")),
    )
    op.create_index(op.f("ix_shifts_week"), "shifts", ["week"], unique=False)
    op.create_table(
        "shift_versions",
        sa.Column("shift_id", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("queue_id", sa.Text(), nullable=False),
        sa.Column("start_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=9), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["release"], ["releases.number"], name=op.f("fk_shift_versions_release")),
        sa.ForeignKeyConstraint(["shift_id"], ["shifts.shift_id"], name=op.f("fk_shift_versions_shift_id")),
        sa.PrimaryKeyConstraint("shift_id", "sequence", name=op.f("pk_shift_versions")),
        sa.UniqueConstraint("shift_id", "release", name=op.f("uq_shift_versions_shift_id_release")),
    )
    op.create_index(op.f("ix_shift_versions_release"), "shift_versions", ["release"], unique=False)
    op.create_table(
        "trades",
        sa.Column("trade_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("step", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("shift_id", sa.Text(), nullable=False),
        sa.Column("with_shift_id", sa.Text(), nullable=False),
        sa.Column("employee_id", sa.Text(), nullable=False),
        sa.Column("with_employee_id", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["shift_id"], ["shifts.shift_id"], name=op.f("fk_trades_shift_id")),
        sa.PrimaryKeyConstraint("trade_id", "step", name=op.f("pk_trades")),
    )
    op.create_index(op.f("ix_trades_shift_id"), "trades", ["shift_id"], unique=False)
