"""The live switch: an open family of drivers, one a file, and the daemon that keeps a switch as the routing table says.

``reconcile`` decides, drivers do, ``keeper`` repeats it for ever. A new driver is a new module that defines ``DRIVER``.
"""

from __future__ import annotations

import pkgutil
import sys

from rotation.registry import members
from rotation.switch._driver import Access, Driver, DriverKind


def driver_names() -> list[str]:
    """Names of all kinds, without loading their libraries."""
    from rotation.switch import kinds

    return sorted(info.name.replace("_", "-") for info in pkgutil.iter_modules(kinds.__path__))


def drivers() -> dict[str, DriverKind]:
    """All kinds of switches by the name that the command line knows."""
    from rotation.switch import kinds

    found = members(sys.modules[kinds.__name__], "DRIVER", DriverKind)
    return {name.replace("_", "-"): one for name, one in found.items() if isinstance(one, DriverKind)}


__all__ = ["Access", "Driver", "DriverKind", "driver_names", "drivers"]
