"""What telephone systems and customer databases load: an open family, one target a file.

A target renders a routing book as it holds at an instant, and the smallest steps of one instant with the steps that
take them back. Rendering is pure. A new target is a new module that defines ``TARGET`` (see ``_target.py``).
"""

from __future__ import annotations

import sys

from rotation.registry import members
from rotation.targets._moments import Moment, moments
from rotation.targets._target import Refusal, Target, refused_rows, timeline


def targets() -> dict[str, Target]:
    """All targets by the name that the command line knows: the module's, with ``-`` for ``_``."""
    found = members(sys.modules[__name__], "TARGET", Target)
    return {name.replace("_", "-"): member for name, member in found.items() if isinstance(member, Target)}


__all__ = ["Moment", "Refusal", "Target", "moments", "refused_rows", "targets", "timeline"]
