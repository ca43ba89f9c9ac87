"""A binary heap of (time, number) in two arrays; its size stands in an array of one."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, forceinline=True)
def push(times: NDArray[np.float64], numbers: NDArray[np.int64], size: NDArray[np.int64], time: float, n: int) -> None:
    """Add an entry; the arrays must have room."""
    place = size[0]
    size[0] += 1
    while place > 0:
        parent = (place - 1) >> 1
        if times[parent] <= time:
            break
        times[place], numbers[place] = times[parent], numbers[parent]
        place = parent
    times[place], numbers[place] = time, n


@njit(cache=True, forceinline=True)
def pop(times: NDArray[np.float64], numbers: NDArray[np.int64], size: NDArray[np.int64]) -> int:
    """Remove the earliest entry and return its number; the heap must not be empty."""
    first = numbers[0]
    size[0] -= 1
    last = size[0]
    time, n = times[last], numbers[last]
    place = 0
    while True:
        child = 2 * place + 1
        if child >= last:
            break
        if child + 1 < last and times[child + 1] < times[child]:
            child += 1
        if times[child] >= time:
            break
        times[place], numbers[place] = times[child], numbers[child]
        place = child
    times[place], numbers[place] = time, n
    return first
