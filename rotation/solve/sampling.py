"""A part of the company that stands for all of it: whole neighbourhoods, each row's activity blown up to its size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rotation.solve.crew import neighbourhoods
from rotation.solve.kernel.arrays import Arrays
from rotation.solve.rowtable import Int64


@dataclass(frozen=True)
class Sample:
    """Some employees for all.

    Args:
        who: they, neighbours beside one another.
        weight: all member entries of each group over those of the sample; 0 where it has none, (G,).
        times: all employees over those of the sample.
    """

    who: Int64
    weight: NDArray[np.float64]
    times: float


def sample_of(arrays: Arrays, size: int, rng: np.random.Generator) -> Sample:
    """Draw whole neighbourhoods until there are so many employees; everybody where there are no more.

    A neighbourhood in part would seem to be as large as the whole and meet limits that it does not meet.
    """
    employees, groups = arrays.available.shape[0], arrays.is_week.shape[0]
    home = neighbourhoods(arrays)
    order = np.argsort(home, kind="stable").astype(np.int64)
    if size >= employees:
        return Sample(order, np.ones(groups), 1.0)
    name, count = np.unique(home, return_counts=True)
    drawn = rng.permutation(len(name))
    taken = name[drawn[: int(np.searchsorted(np.cumsum(count[drawn]), size)) + 1]]
    who = order[np.isin(home[order], taken)]
    owner = np.repeat(np.arange(employees), np.diff(arrays.entry_start))
    inside = np.zeros(employees, dtype=np.bool_)
    inside[who] = True
    everybody = np.bincount(arrays.entry_group, minlength=groups)
    some = np.bincount(arrays.entry_group[inside[owner]], minlength=groups)
    return Sample(who, np.where(some > 0, everybody / np.maximum(some, 1), 0.0), employees / max(len(who), 1))
