"""What an edition looks like to others: an open family, one format a file.

Rendering is pure: an edition in, bytes out; no clock, no file system, no network. A new format is a new module that
defines ``EXPORTER`` (see ``_exporter.py``).
"""

from __future__ import annotations

import sys

from rotation.exporters._exporter import Exporter, Format
from rotation.registry import members


def exporters() -> dict[str, Exporter]:
    """All formats by the name of their module, in alphabetical order."""
    found = members(sys.modules[__name__], "EXPORTER", Exporter)
    return {name: member for name, member in found.items() if isinstance(member, Exporter)}


__all__ = ["Exporter", "Format", "exporters"]
