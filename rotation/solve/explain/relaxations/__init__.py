"""What a planner could loosen for a short stretch: an open family, one kind of change a file.

A new kind is one new module here that defines ``RELAXATION`` and one new test; nothing central changes.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import cast

from rotation.registry import members
from rotation.solve.explain.relaxations._relaxation import Kind, Relaxation, Shortfall

__all__ = ["Kind", "Relaxation", "Shortfall", "relaxations"]


@cache
def relaxations() -> dict[str, Kind]:
    """All kinds by name, in alphabetical order."""
    return cast(dict[str, Kind], members(sys.modules[__name__], "RELAXATION", Kind))
