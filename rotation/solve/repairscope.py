"""Whom a repair may ask, and for which shifts: whoever could serve in the gap, then whoever could follow them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rotation.solve.cpmodel import Candidate
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
        depth: 0 for those who can fill the whole gap with one shift, 1 for all who can serve in it.
    """
    wanted = week.gaps()
    if depth == 0:
        return Scope(_fillers(week, wanted, whole=True))
    choices: dict[int, tuple[Candidate, ...]] = {}
    for _ in range(depth):
        choices = _fillers(week, wanted)
        further = wanted | week.tight(choices)
        if (further == wanted).all():
            break
        wanted = further
    return Scope({**choices, **{e: _with_present(week, e, wanted) for e in week.bound() if e not in choices}})


def _fillers(week: Week, wanted: Mask, *, whole: bool = False) -> dict[int, tuple[Candidate, ...]]:
    instance = week.instance
    found = {}
    for e in range(instance.employees):
        if _could(instance, e, wanted):
            shifts = _with_present(week, e, wanted, whole)
            if len(shifts) > int(week.roster.counts[e]):
                found[e] = shifts
    return found


def _could(instance: Instance, e: int, wanted: Mask) -> bool:
    """Whether an employee may serve any of the cells (queue, interval), alone."""
    shape = instance.week
    inside = np.arange(instance.intervals)
    windows = (shape.serve_first[e][:, None] <= inside) & (inside < shape.serve_last[e][:, None])
    return bool((wanted & windows & shape.queue_open & shape.available[e]).any())


def _with_present(week: Week, e: int, wanted: Mask, whole: bool = False) -> tuple[Candidate, ...]:
    """The employee's present shifts, and every legal one that meets a wanted cell and is no longer than it must be.

    A shift that reaches beyond what is wanted, and would still be legal without its end, is left out: the shorter one
    fills as much and binds less.
    """
    shape = week.instance.week
    cost = np.concatenate([[0], np.cumsum(shape.interval_points[e], dtype=np.int64)])
    bonus = {
        (int(shape.promise_queue[p]), int(shape.promise_first[p]), int(shape.promise_length[p])): int(
            shape.promise_points[p]
        )
        for p in np.flatnonzero(shape.promise_employee == e)
    }
    keys = week.present(e)
    if not all(_legal(week.instance, e, key) for key in keys):
        return ()  # who serves against a rule today is not asked for more
    for q in np.flatnonzero(wanted.any(axis=1)).tolist():
        for first, length in _near(week, e, q, wanted[q]):
            fills = not whole or wanted[q, first : first + length].sum() == wanted.sum()
            if fills and (q, first, length) not in keys:
                keys.append((q, first, length))

    def points(q: int, first: int, length: int) -> int:
        own = int(cost[first + length] - cost[first]) + int(shape.length_points[length])
        return own - bonus.get((q, first, length), 0)

    return tuple(Candidate(e, q, first, length, points(q, first, length)) for q, first, length in keys)


def _legal(instance: Instance, e: int, shift: tuple[int, int, int]) -> bool:
    """Whether a present shift is still legal for the employee alone."""
    shape, (q, first, length) = instance.week, shift
    cells = slice(first, first + length)
    free = shape.available[e, cells].all() and shape.queue_open[q, cells].all() and shape.start_allowed[first]
    window = shape.serve_first[e, q] <= first and first + length <= shape.serve_last[e, q]
    return bool(free and window and shape.shortest <= length <= shape.longest)


def _near(week: Week, e: int, q: int, wanted: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Legal shifts (first interval, length) of a queue that meet a wanted interval and reach no further than needed."""
    shape, intervals = week.instance.week, week.instance.intervals
    useful = wanted.copy()
    for queue, first, length in week.present(e):
        if queue == q:
            useful[first : first + length] = True
    inside = np.arange(intervals)
    cells = shape.available[e] & shape.queue_open[q] & (shape.serve_first[e, q] <= inside)
    cells = (cells & (inside < shape.serve_last[e, q])).tolist()
    starts, use, want = shape.start_allowed.tolist(), useful.tolist(), wanted.tolist()
    for first in _starts(wanted, shape.longest, week.begin):
        if not (starts[first] and cells[first]):
            continue
        meets = False
        for length in range(1, min(shape.longest, intervals - first) + 1):
            last = first + length - 1
            if not cells[last]:
                break
            meets = meets or want[last]
            if meets and length >= shape.shortest and not _too_long(use, starts, first, length, shape.shortest):
                yield first, length


def _too_long(use: list[bool], starts: list[bool], first: int, length: int, shortest: int) -> bool:
    """Whether the shift would fill as much without its last interval, or beginning at the next allowed start."""
    if length > shortest and not use[first + length - 1]:
        return True
    step = 1
    while step < length and not starts[first + step]:
        step += 1
    return length - step >= shortest and not any(use[first : first + step])


def _starts(wanted: NDArray[np.bool_], longest: int, begin: int) -> list[int]:
    """Intervals from which a shift can reach a wanted one."""
    near = np.zeros(len(wanted), dtype=np.bool_)
    for t in np.flatnonzero(wanted):
        near[max(begin, t - longest + 1) : t + 1] = True
    return np.flatnonzero(near).tolist()
