"""An open family: one module is one member, found by its file name.

A family is a package; each of its modules that does not start with an underscore defines one constant, the member.
Adding a member is adding a file. May know nothing about what the members are.
"""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType


class NotAMember(TypeError):
    """A module of a family does not define the member it must define."""


def members(family: ModuleType, constant: str, kind: type) -> dict[str, object]:
    """Collect the members of a family.

    Args:
        family: the package whose modules are the members.
        constant: the name of the constant that each module defines, for example ``RULE``.
        kind: the runtime-checkable protocol or class that each member must be.

    Returns:
        Module name to member, in alphabetical order of the names.

    Raises:
        NotAMember: when a module lacks the constant or it is of another kind.
    """
    found: dict[str, object] = {}
    for info in sorted(pkgutil.iter_modules(family.__path__), key=lambda info: info.name):
        if info.name.startswith("_"):
            continue
        module = importlib.import_module(f"{family.__name__}.{info.name}")
        member = getattr(module, constant, None)
        if not isinstance(member, kind):
            raise NotAMember(f"{module.__name__} must define {constant}, a {kind.__name__}; it has {member!r}")
        found[info.name] = member
    return found
