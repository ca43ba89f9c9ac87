"""Releases on disk: the only SQL. SQLite in a file by default, PostgreSQL by URL."""

from rotation.store.store import Store
from rotation.store.writing import Writing

__all__ = ["Store", "Writing"]
