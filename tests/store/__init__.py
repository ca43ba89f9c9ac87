"""Tests of the store of releases, the same on SQLite and PostgreSQL."""
