"""The compiled event loop. Knows arrays only: no company, no clock time, no words."""

from __future__ import annotations

from pathlib import Path


def is_compiled() -> bool:
    """Whether compiled code waits in numba's cache."""
    from rotation.simulate.kernel.week import simulate_week

    return any(Path(simulate_week.stats.cache_path or ".").glob("week.simulate_week-*.nbc"))
