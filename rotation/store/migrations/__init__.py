"""Alembic's environment: one revision a file in ``versions``."""
