"""The compiled heart: one employee's cheapest week at given prices, and sweeps of it over all employees.

Knows arrays only, no rule by name. Compiled by numba on first use and kept in its cache; releases the interpreter's
lock, so that threads share the work.
"""

from __future__ import annotations

from pathlib import Path


def is_compiled() -> bool:
    """Whether compiled code waits in numba's cache, so that the first call need not compile."""
    from rotation.solve.kernel.rebuilding import rebuild

    return any(Path(rebuild.stats.cache_path or ".").glob("rebuilding.rebuild-*.nbc"))
