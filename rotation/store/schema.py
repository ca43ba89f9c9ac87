"""The tables. Rows are only ever added: a release, its shifts and the audit trail never change (triggers see to it)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[dt.datetime]):
    """An aware instant, always UTC; databases without time zones store UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        """To UTC; an instant without zone is a defect."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        """Aware, in UTC."""
        if value is None:
            return None
        found: dt.datetime = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
        return found.astimezone(dt.UTC)


metadata = MetaData(naming_convention=NAMES)

blobs = Table(
    "blobs",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

releases = Table(
    "releases",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("week", String(8), nullable=False),
    Column("parent", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("released_at", Instant, nullable=False),
    Column("released_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("restored", Integer, nullable=False),
    Column("zone", Text, nullable=False),
    Column("interval_min", Integer, nullable=False),
    Column("inputs", String(64), ForeignKey("blobs.digest"), nullable=False),
    Column("overlay", String(64), ForeignKey("blobs.digest"), nullable=False),
    Column("demanded", String(64), ForeignKey("blobs.digest"), nullable=False),
    Column("record", String(64), ForeignKey("blobs.digest"), nullable=False),
    UniqueConstraint("week", "parent"),
)

shifts = Table(
    "shifts",
    metadata,
    Column("shift_id", Text, primary_key=True),
    Column("week", String(8), nullable=False),
    Column("employee_id", Text, nullable=False),
    Column("release", Integer, ForeignKey("releases.number"), nullable=False),
    Index(None, "week"),
)

shift_versions = Table(
    "shift_versions",
    metadata,
    Column("shift_id", Text, ForeignKey("shifts.shift_id"), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("release", Integer, ForeignKey("releases.number"), nullable=False),
    Column("queue_id", Text, nullable=False),
    Column("start_at", Instant, nullable=False),
    Column("end_at", Instant, nullable=False),
    Column("status", String(9), nullable=False),
    Column("changed_at", Instant, nullable=False),
    UniqueConstraint("shift_id", "release"),
    Index(None, "release"),
)

ledger = Table(
    "ledger",
    metadata,
    Column("release", Integer, ForeignKey("releases.number"), primary_key=True, autoincrement=False),
    Column("employee_id", Text, primary_key=True),
    Column("eligible", Integer, nullable=False),
    Column("exact_min", Text, nullable=False),
    Column("exact_max", Text, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("unpleasant_minutes", Integer, nullable=False),
    Column("could_unpleasant", Integer, nullable=False),
    Column("short_notice", Integer, nullable=False),
)

absences = Table(
    "absences",
    metadata,
    Column("absence_id", Integer, primary_key=True, autoincrement=False),
    Column("employee_id", Text, nullable=False),
    Column("start_at", Instant, nullable=False),
    Column("end_at", Instant, nullable=False),
    Column("reason", Text, nullable=False),
    Column("reported_at", Instant, nullable=False),
    Column("reported_by", Text, nullable=False),
    Index(None, "employee_id"),
)

trades = Table(
    "trades",
    metadata,
    Column("trade_id", Integer, primary_key=True, autoincrement=False),
    Column("step", Integer, primary_key=True, autoincrement=False),
    Column("state", String(9), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("week", String(8), nullable=False),
    Column("shift_id", Text, ForeignKey("shifts.shift_id"), nullable=False),
    Column("with_shift_id", Text, nullable=False),
    Column("employee_id", Text, nullable=False),
    Column("with_employee_id", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("release", Integer, nullable=False),
    Index(None, "shift_id"),
)

attendance = Table(
    "attendance",
    metadata,
    Column("import_no", Integer, ForeignKey("attendance_imports.import_no"), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("employee_id", Text, nullable=False),
    Column("queue_id", Text, nullable=False),
    Column("start_at", Instant, nullable=False),
    Column("end_at", Instant, nullable=False),
)

attendance_imports = Table(
    "attendance_imports",
    metadata,
    Column("import_no", Integer, primary_key=True, autoincrement=False),
    Column("week", String(8), nullable=False),
    Column("source", Text, nullable=False),
    Column("imported_at", Instant, nullable=False),
    Column("imported_by", Text, nullable=False),
)

settlements = Table(
    "settlements",
    metadata,
    Column("import_no", Integer, ForeignKey("attendance_imports.import_no"), primary_key=True, autoincrement=False),
    Column("employee_id", Text, primary_key=True),
    Column("minutes", Integer, nullable=False),
    Column("unpleasant_minutes", Integer, nullable=False),
)

audit_trail = Table(
    "audit_trail",
    metadata,
    Column("entry", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("who", Text, nullable=False),
    Column("on_behalf_of", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("week", String(8), nullable=False),
    Column("release", Integer, nullable=False),
)
