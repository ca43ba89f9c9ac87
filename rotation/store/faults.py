"""What a database says when it fails -> a word that tells the user what to do. Knows the messages of both databases."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, NoSuchModuleError, SQLAlchemyError

from rotation.errors import StoreFault

WORDS = (
    ("database is locked", "is in use: another program is writing to it; try again in a moment"),
    ("lock timeout", "is in use: another program is writing to it; try again in a moment"),
    ("readonly database", "is read-only; give write permission on the file and its folder, or choose another --store"),
    ("read-only transaction", "is read-only; choose another --store"),
    ("permission denied", "refuses this user; give permission, or choose another --store"),
    ("database or disk is full", "cannot grow: the disk is full; free some space and do it again"),
    ("no space left", "cannot grow: the disk is full; free some space and do it again"),
    ("disk i/o error", "cannot be written: the disk reports an error; check it and do it again"),
    ("unable to open database file", "cannot be opened: check that its folder exists and may be written"),
    ("not a database", "is not a store of rotation; choose another --store"),
    ("malformed", "is damaged; restore it from a backup"),
    ("connection refused", "does not answer; start the database server or choose another --store"),
    ("could not translate host name", "does not answer: the server's name is unknown; correct --store"),
    ("password authentication failed", "refuses the password; correct --store"),
    ("does not exist", "cannot be used"),
)


def shown(url: URL) -> str:
    """A store's address without its password; of a file the path."""
    if url.get_backend_name() == "sqlite" and url.database:
        return url.database
    return url.render_as_string(hide_password=True)


@contextmanager
def told(url: URL) -> Iterator[None]:
    """Turn whatever a database raises into a :class:`StoreFault`; nothing was stored then."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise StoreFault(f"the store {shown(url)} {_word(error)}; nothing was stored") from error


def _word(error: Exception) -> str:
    if isinstance(error, NoSuchModuleError):
        return "is of a kind that is not supported (supported: a file, sqlite:///FILE, postgresql://HOST/NAME)"
    cause = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    for sign, word in WORDS:
        if sign in cause.lower():
            return word if word != "cannot be used" else f"cannot be used: {cause.strip().splitlines()[0]}"
    lines = cause.strip().splitlines() or [type(error).__name__]
    return f"cannot be used: {lines[0]}"
