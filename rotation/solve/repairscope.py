"""Whom a repair may ask, and for which shifts: whoever could serve in the gap, then whoever could follow them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rotation.solve.cpmodel import Candidate, candidates
from rotation.solve.instance import Instance
from rotation.solve.repairmodel import Week

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Scope:
    """The people who are free, each with the shifts that may be taken: the present ones and those that help."""

    choices: Mapping[int, tuple[Candidate, ...]]

    @property
    def size(self) -> int:
        """Number of legal shifts."""
        return sum(len(shifts) for shifts in self.choices.values())


def scope_of(week: Week, depth: int) -> Scope:
    """The scope after so many steps: gap, gaps of those who fill it, and so on.

    Args:
        week: the week with its gaps.
        depth: 1 for those who can serve in the gap.
    """
    wanted = week.gaps()
    choices: dict[int, tuple[Candidate, ...]] = {}
    for _ in range(depth):
        choices = _fillers(week, wanted)
        further = wanted | week.tight(choices)
        if (further == wanted).all():
            break
        wanted = further
    return Scope({**choices, **{e: _with_present(week, e, wanted) for e in week.bound() if e not in choices}})


def _fillers(week: Week, wanted: Mask) -> dict[int, tuple[Candidate, ...]]:
    instance = week.instance
    found = {}
    for e in range(instance.employees):
        if _could(instance, e, wanted):
            shifts = _with_present(week, e, wanted)
            if len(shifts) > int(week.roster.counts[e]):
                found[e] = shifts
    return found


def _could(instance: Instance, e: int, wanted: Mask) -> bool:
    """Whether an employee may serve any of the cells (queue, interval), alone."""
    shape = instance.week
    inside = np.arange(instance.intervals)
    windows = (shape.serve_first[e][:, None] <= inside) & (inside < shape.serve_last[e][:, None])
    return bool((wanted & windows & shape.queue_open & shape.available[e]).any())


def _with_present(week: Week, e: int, wanted: Mask) -> tuple[Candidate, ...]:
    """The employee's present shifts, and every legal one that meets a wanted cell."""
    shape = week.instance.week
    near = np.flatnonzero(wanted.any(axis=0))
    mask = np.zeros(week.instance.intervals, dtype=np.bool_)
    for t in near:
        mask[max(0, t - shape.longest + 1) : t + shape.longest] = True
    present = set(week.present(e))
    for _, first, length in present:
        mask[first : first + length] = True
    narrowed = replace(week.instance, week=replace(shape, available=_row(shape.available, e, mask)))
    found = []
    for shift in candidates(narrowed, e):
        cells = slice(shift.first, shift.first + shift.length)
        helps = shift.first >= week.begin and bool(wanted[shift.queue, cells].any())
        if helps or (shift.queue, shift.first, shift.length) in present:
            found.append(shift)
    return tuple(found)


def _row(available: Mask, e: int, mask: Mask) -> Mask:
    """Availability of everybody, with one row narrowed; the other rows are not looked at."""
    rows = np.zeros_like(available)
    rows[e] = available[e] & mask
    return rows
