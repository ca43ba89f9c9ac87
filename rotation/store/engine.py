"""Connections: one writer at a time on both databases, so that what a writer has read is still true when it commits."""

from __future__ import annotations

import importlib.util
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError

from rotation.errors import StoreFault
from rotation.store.faults import told

BUSY_S = 10
LOCK = 7_236_451
"""Key of the advisory lock that serialises writers on PostgreSQL."""
WRITE = "rotation_write"


def url_of(place: str) -> URL:
    """The URL of a store: ``postgresql://…``, ``sqlite:///FILE``, or a file.

    Raises:
        StoreFault: it is no URL, of a database that is not supported, or its driver is not installed.
    """
    if "://" not in place:
        return URL.create("sqlite", database=str(Path(place)))
    try:
        url = make_url(place)
    except ArgumentError as error:
        raise StoreFault(f"the store {place!r} is no URL; write a file, sqlite:///FILE or postgresql://…") from error
    backend = url.drivername.partition("+")[0]
    if backend in ("postgres", "postgresql"):
        if importlib.util.find_spec("psycopg") is None:
            raise StoreFault("PostgreSQL needs its driver: python -m pip install 'rotation[postgresql]'")
        return url.set(drivername="postgresql+psycopg")
    if backend != "sqlite" or not url.database:
        raise StoreFault(f"the store {place!r} is not supported; write a file, sqlite:///FILE or postgresql://…")
    return url


def engine_of(url: URL) -> Engine:
    """An engine whose transactions begin as this module says."""
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": BUSY_S})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(url, connect_args={"connect_timeout": BUSY_S})


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver must not begin transactions by itself; _begin_sqlite does.
    connection.isolation_level = None
    for pragma in ("foreign_keys = ON", f"busy_timeout = {BUSY_S * 1000}", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get(WRITE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the store.

    Raises:
        StoreFault: the database fails.
    """
    with told(engine.url), engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that nobody else writes beside: all of it is stored, or nothing.

    Raises:
        StoreFault: the database fails or is busy for ten seconds.
    """
    options: dict[str, Any] = {WRITE: True}
    with told(engine.url), engine.connect().execution_options(**options) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SET LOCAL lock_timeout = '{BUSY_S}s'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        yield connection
