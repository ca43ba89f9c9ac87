"""Forecast methods: an open family, one method a file that defines ``METHOD``; the file's name is the method's."""

from __future__ import annotations

from rotation.demand.methods._method import Method
from rotation.registry import members

DEFAULT = "profile_level"
BASELINE = "seasonal_naive"

__all__ = ["BASELINE", "DEFAULT", "Method", "methods"]


def methods() -> dict[str, Method]:
    """All methods by name, in alphabetical order."""
    import rotation.demand.methods as family

    return {name: found for name, found in members(family, "METHOD", Method).items() if isinstance(found, Method)}
