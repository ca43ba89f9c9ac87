"""Compiles the kernel ahead of a search, so that a search's time limit is search alone."""

from __future__ import annotations

import numpy as np

from rotation.declaration import Hinge, Members, RowFamily, ServedIntervals
from rotation.solve.annealing import UNCORRECTED, Annealing
from rotation.solve.crew import Threads
from rotation.solve.descent import greedy
from rotation.solve.instance import Instance
from rotation.solve.kernel import is_compiled
from rotation.solve.momentum import MomentumAscent
from rotation.solve.prices import PriceAscent, cheapest_weeks
from rotation.solve.rebuilding import Rebuilding
from rotation.solve.rowtable import stack_rows
from rotation.solve.weekshape import shape_weeks

__all__ = ["compile_ahead", "is_compiled"]


def compile_ahead() -> None:
    """Run every compiled function once on a week of one person and two intervals; numba keeps the result on disk."""
    size = (1, 1, 2)
    limit = np.ones((1, 2), dtype=np.int32)
    family = RowFamily(
        ("queue",), Members.of([(0, 0, 0, 1)]), "interval", (Hinge("missing", "below", limit, limit.copy()),)
    )
    shape = shape_weeks(size, [ServedIntervals("above", np.ones(1, dtype=np.int32), None)])
    instance = Instance(shape, stack_rows(size, [family]))
    crew = Threads(instance, 1)
    try:
        roster = greedy(instance, crew.arrays, 1, 0)
        ascent = PriceAscent(instance, crew)
        ascent.step(1)
        MomentumAscent(instance, crew).step(1)
        annealing = Annealing(instance, crew, ascent, cheapest_weeks(crew, ascent))
        annealing.plan(lambda sweeps: sweeps / (UNCORRECTED + 2), 0)
        Rebuilding(instance, crew, annealing).round(roster, np.random.default_rng(0), 0.0)
    finally:
        crew.close()
