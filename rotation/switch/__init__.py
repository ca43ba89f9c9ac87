"""The live switch: an open family of drivers, one a file, and the daemon that keeps a switch as the routing table says.

``reconcile`` decides, drivers do, ``keeper`` repeats it for ever. A new driver is a new module that defines ``DRIVER``.
"""

from __future__ import annotations

import sys

from rotation.registry import members
from rotation.switch._driver import Access, Driver, DriverKind


def drivers() -> dict[str, DriverKind]:
    """All kinds of switches by the name that the command line knows."""
    from rotation.switch import kinds

    found = members(sys.modules[kinds.__name__], "DRIVER", DriverKind)
    return {name.replace("_", "-"): one for name, one in found.items() if isinstance(one, DriverKind)}


__all__ = ["Access", "Driver", "DriverKind", "drivers"]
