"""Who works on the employees: threads of this process, or any other hands with the same promise.

A job is a plain function of the arrays that returns what it found; what comes back never depends on who did it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

import numpy as np

from rotation.solve.instance import Instance
from rotation.solve.kernel.arrays import Arrays, flatten
from rotation.solve.rowtable import Int64

Found = TypeVar("Found")


class Crew(Protocol):
    """Hands that share the work.

    Attributes:
        arrays: the instance as the kernel reads it.
        hands: how many jobs are done at a time.
    """

    arrays: Arrays
    hands: int

    def run(self, job: Callable[..., Found], parts: Sequence[tuple[Any, ...]]) -> list[Found]:
        """Call ``job(arrays, *part)`` for every part; the results are in the order of the parts."""
        ...

    def close(self) -> None:
        """Let the hands go."""
        ...


class Threads:
    """Threads of this process; the kernel releases the interpreter's lock.

    Args:
        instance: the week.
        hands: how many.
    """

    def __init__(self, instance: Instance, hands: int) -> None:
        self.arrays, self.hands = flatten(instance), hands
        self._pool = ThreadPoolExecutor(hands)

    def run(self, job: Callable[..., Found], parts: Sequence[tuple[Any, ...]]) -> list[Found]:
        """See :class:`Crew`."""
        return [future.result() for future in [self._pool.submit(job, self.arrays, *part) for part in parts]]

    def close(self) -> None:
        """See :class:`Crew`."""
        self._pool.shutdown()


def neighbourhoods(arrays: Arrays) -> Int64:
    """To whom everybody is a neighbour: the smallest group that counts an employee on any queue, by its rank, or
    nobody, (E,)."""
    employees, groups = arrays.available.shape[0], arrays.is_week.shape[0]
    owner = np.repeat(np.arange(employees), np.diff(arrays.entry_start))
    together = (arrays.entry_queue < 0) & (arrays.is_week[arrays.entry_group] == 0)
    size = np.bincount(arrays.entry_group[together], minlength=groups)
    rank = np.argsort(np.argsort(size, kind="stable"), kind="stable")
    home: Int64 = groups + np.arange(employees, dtype=np.int64)
    np.minimum.at(home, owner[together], rank[arrays.entry_group[together]])
    return home


def neighbours(arrays: Arrays) -> Int64:
    """Everybody, those who count in one group on any queue beside one another."""
    order: Int64 = np.argsort(neighbourhoods(arrays), kind="stable")
    return order
