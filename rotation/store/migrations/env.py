"""Run by Alembic: migrates over the connection, and in the transaction, that it is handed."""

from __future__ import annotations

from alembic import context

from rotation.store import calendar_schema  # noqa: F401 - its tables belong to the metadata
from rotation.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
context.run_migrations()
