"""Compiles the event loop ahead of its first use."""

from __future__ import annotations

import numpy as np

from rotation.simulate.kernel import is_compiled
from rotation.simulate.kernel.arrays import Week
from rotation.simulate.kernel.week import simulate_week

__all__ = ["compile_ahead", "is_compiled"]


def compile_ahead() -> None:
    """Simulate one empty interval; numba keeps the compiled code on disk."""
    one, whole = np.ones(1), np.zeros(1, dtype=np.int64)
    week = Week(
        60.0, np.zeros((1, 1)), np.ones((1, 1)), np.zeros((1, 1), dtype=np.int64), one, one, whole, np.zeros(1), 60.0,
        whole, whole, np.zeros(1), one, whole, whole, whole, one, np.zeros(1, dtype=np.uint64),
        np.zeros(1, dtype=np.bool_), np.zeros(0), np.zeros(0, dtype=np.int64), np.ones(6), np.ones(6), 1, 0.0, 1.0, 0.0,
        60.0,
    )  # fmt: skip
    simulate_week(week, np.ones((1, 1)), np.uint64(1))
