"""Bringing a database to this program's schema, in one transaction: an interrupted migration leaves the old schema."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

from rotation.errors import StoreFault
from rotation.store.engine import reading, writing
from rotation.store.faults import shown

PLACE = Path(__file__).with_name("migrations")


def configuration() -> Config:
    """Alembic's configuration: the migrations of this package."""
    config = Config()
    config.set_main_option("script_location", str(PLACE).replace("%", "%%"))
    return config


def bring_up_to_date(engine: Engine) -> None:
    """Create or migrate the tables where needed; two programs that begin at once do it one after the other.

    Raises:
        StoreFault: the database was written by a newer version, is something else's, or fails.
    """
    scripts = ScriptDirectory.from_config(configuration())
    heads, known = set(scripts.get_heads()), {script.revision for script in scripts.walk_revisions()}
    with reading(engine) as connection:
        if _found(connection, engine, known) == heads:
            return
    if engine.dialect.name == "sqlite":
        _use_write_ahead_log(engine)
    with writing(engine) as connection:
        if _found(connection, engine, known) != heads:
            config = configuration()
            config.attributes["connection"] = connection
            command.upgrade(config, "heads")


def _found(connection: Connection, engine: Engine, known: set[str]) -> set[str]:
    """Revisions that the database is at; none for an empty one."""
    found = set(MigrationContext.configure(connection).get_current_heads())
    if not found <= known:
        raise StoreFault(
            f"the store {shown(engine.url)} was written by a newer version of rotation "
            f"(its schema is {', '.join(sorted(found - known))}); install that version. Nothing was stored"
        )
    if not found and (tables := inspect(connection).get_table_names()):
        raise StoreFault(
            f"the store {shown(engine.url)} is the database of something else (it has a table {tables[0]!r}); "
            "choose another --store. Nothing was stored"
        )
    return found


def _use_write_ahead_log(engine: Engine) -> None:
    """Readers do not wait for writers then; the setting stays with the file and cannot be made in a transaction."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()
