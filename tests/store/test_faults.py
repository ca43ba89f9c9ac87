"""A store that cannot be used says why, in a word that helps, and nothing is half written."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, delete, select, text, update
from sqlalchemy.exc import DBAPIError

from rotation.errors import StoreFault
from rotation.store import Store, migrating
from rotation.store.engine import url_of
from rotation.store.schema import audit_trail, metadata, releases, shift_versions
from tests.store.test_releases import add
from tests.store.weeks import BEFORE, FIRST, proposal


def test_the_migrations_make_exactly_the_tables_of_the_schema(store: Store) -> None:
    with store.engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata)
    # Other parts may keep tables of their own; those of this schema must be as it says.
    assert [change for change in found if change[0] != "remove_table" and "ix_" not in str(change)] == []


def test_rows_can_only_be_added(store: Store) -> None:
    add(store, *FIRST)
    for table in (releases, shift_versions, audit_trail):
        for change in (update(table).values({next(iter(table.c)).name: 99}), delete(table)):
            with (
                pytest.raises(DBAPIError, match=f"rows of {table.name} never change"),
                store.engine.begin() as connection,
            ):
                connection.execute(change)
    assert len(store.history()) == 1


def test_a_store_of_a_newer_version_is_left_alone(place: str) -> None:
    Store.open(place).close()
    engine = create_engine(url_of(place))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreFault, match=r"written by a newer version of rotation \(its schema is 9999\)"):
        Store.open(place)
    engine.dispose()


def test_the_database_of_something_else_is_left_alone(place: str) -> None:
    engine = create_engine(url_of(place))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE customers (name TEXT)"))
    with pytest.raises(StoreFault, match="is the database of something else"):
        Store.open(place)
    with engine.connect() as connection:
        assert not engine.dialect.has_table(connection, "releases")
    engine.dispose()


def test_a_migration_that_fails_halfway_leaves_nothing(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = migrating.command.upgrade

    def broken(config: object, revision: str) -> None:
        real(config, revision)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(migrating.command, "upgrade", broken)
    with pytest.raises(KeyboardInterrupt):
        Store.open(place)
    monkeypatch.undo()
    engine = create_engine(url_of(place))
    with engine.connect() as connection:
        assert not engine.dialect.has_table(connection, "releases")
    engine.dispose()
    with Store.open(place) as store:
        assert store.history() == ()


def test_a_busy_store_says_so(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rotation.store.engine.BUSY_S", 1)
    with Store.open(place) as store, Store.open(place) as other, store.writing() as _:
        wanted = pytest.raises(StoreFault, match="is in use: another program is writing to it; try again")
        with wanted, other.writing() as transaction:
            transaction.note("Ann", "nothing", "", BEFORE)


def test_what_fails_in_the_middle_of_a_release_is_taken_back(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.writing() as transaction:
        transaction.release(proposal(*FIRST), "Ann", BEFORE)
        raise ZeroDivisionError
    assert store.history() == () and store.trail() == ()


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    """A store with one release in a file."""
    path = tmp_path / "some" / "rotation.sqlite"
    path.parent.mkdir()
    with Store.open(str(path)) as store:
        add(store, *FIRST)
    yield path


@pytest.mark.skipif(os.getuid() == 0 and not shutil.which("chattr"), reason="root may write everything")
def test_a_read_only_file_says_so_and_can_still_be_read(file: Path) -> None:
    with Store.open(f"sqlite:///file:{file}?mode=ro&uri=true") as store:
        assert len(store.history()) == 1
        with pytest.raises(StoreFault, match="is read-only; give write permission"), store.writing() as transaction:
            transaction.note("Ann", "nothing", "", BEFORE)


def test_a_full_disk_says_so_and_keeps_what_was_there(file: Path) -> None:
    with Store.open(str(file)) as store:
        with store.engine.connect() as connection:
            pages = connection.execute(text("PRAGMA page_count")).scalar_one()
            connection.connection.cursor().execute(f"PRAGMA max_page_count = {pages}")
        wanted = pytest.raises(StoreFault, match="cannot grow: the disk is full; free some space")
        with wanted, store.writing() as transaction:
            for number in range(2000):
                transaction.note("Ann", f"entry {number} {'x' * 100}", "", BEFORE)
        assert len(store.trail()) == 1 and len(store.history()) == 1
    with sqlite3.connect(file) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"no database at all, just some text that is long enough", "is not a store of rotation"), (b"", None)],
)
def test_a_file_that_is_no_database_says_so(tmp_path: Path, content: bytes, word: str | None) -> None:
    path = tmp_path / "store.sqlite"
    path.write_bytes(content * 10)
    if word is None:
        Store.open(str(path)).close()
        return
    with pytest.raises(StoreFault, match=word):
        Store.open(str(path))
    assert path.read_bytes() == content * 10


@pytest.mark.parametrize(
    ("place", "word"),
    [
        ("/nowhere/at/all/store.sqlite", "cannot be opened: check that its folder exists"),
        ("mysql://ann@host/name", "is not supported; write a file"),
        ("sqlite://", "is not supported; write a file"),
        ("postgresql://ann:secret@127.0.0.1:1/name", "does not answer; start the database server"),
    ],
)
def test_a_place_that_leads_nowhere_says_so(place: str, word: str) -> None:
    with pytest.raises(StoreFault, match=re.escape(word)) as told:
        Store.open(place)
    assert "secret" not in str(told.value)


def test_the_history_stays_when_the_trail_is_read(store: Store) -> None:
    add(store, *FIRST)
    with store.reading() as connection:
        assert connection.scalars(select(audit_trail.c.who)).all() == ["planner"]
