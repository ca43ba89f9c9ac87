"""The best prices of wide rows together, where people answer as a quadratic model says.

Turn by turn finds at which corner of its cost each row ends. Between rows that rise and fall together turns get
nowhere, so that those that stay at their corners are solved for at once, and turns go on from there.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import LinAlgError, solve

from rotation.solve.kernel.arrays import Arrays
from rotation.solve.kernel.climbing import FAR, climb_in_turn, find_corners
from rotation.solve.rowtable import Int64

ROUNDS, SWEEPS = 4, 12
"""How often rows are solved for at once, and turns before and after each."""

Float = NDArray[np.float64]


def climb_together(
    arrays: Arrays, spots: Int64, model: Float, there: Float, price: Float, trusted: tuple[Float, Float]
) -> None:
    """Raise prices to the best of the model.

    Args:
        arrays: the instance.
        spots: the rows (group, interval) by position, group -1 for none, (N, 2).
        model: how fast the people's activity falls with the prices, (N, N).
        there: that activity at today's prices, (N,); changed with them.
        price: today's prices, (N,); changed.
        trusted: the lowest and the highest prices at which the model is trusted, (N,) each.
    """
    corner, edges = np.empty(len(spots), dtype=np.int64), np.zeros((len(spots), 2))
    climb_in_turn(arrays, spots, model, there, price, trusted, SWEEPS)
    for _ in range(ROUNDS):
        find_corners(arrays, spots, price, corner, edges)
        free = corner < FAR
        where = np.flatnonzero(free)
        try:
            step = solve(model[np.ix_(where, where)], (there - corner)[where], assume_a="pos", check_finite=False)
        except LinAlgError:  # so flat that rounding tilts it
            return
        fresh = price.copy()
        least, most = np.maximum(edges[:, 0], trusted[0])[where], np.minimum(edges[:, 1], trusted[1])[where]
        fresh[where] = np.clip(price[where] + step, least, most)
        there -= model @ (fresh - price)
        price[:] = fresh
        climb_in_turn(arrays, spots, model, there, price, trusted, SWEEPS)
