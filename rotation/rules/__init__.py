"""The rules of a rotation: an open family, one rule a file, each with its declaration and its plain witness.

A new rule is one new module here that defines ``RULE`` and one new test; nothing central changes.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import cast

from rotation.declaration import Rule
from rotation.registry import members


@cache
def rules() -> dict[str, Rule]:
    """All rules by name, in alphabetical order."""
    return cast(dict[str, Rule], members(sys.modules[__name__], "RULE", Rule))
