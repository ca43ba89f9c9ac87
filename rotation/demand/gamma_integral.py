"""The one integral behind Erlang B, C and A, over a whole array of queues at once.

Each of the three formulas is an incomplete gamma function, and each is needed only relative to its own largest
integrand. So the integrand exp(delta*s - r*(s - 1 + e**-s)) is taken to one side of an anchor where it is largest;
there it is a log-concave decay from 1, which Gauss-Legendre nodes on its effective support integrate to machine
accuracy for every size of queue, without factorials, overflow or differences of nearly equal numbers.

May not know: agents, loads, patience or any other word of a contact centre.
"""

from typing import Literal

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
Side = Literal[-1, 1]

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(48)
_UNIT_NODES = (_NODES + 1.0) / 2.0
_UNIT_WEIGHTS = _WEIGHTS / 2.0
_DROPPED_EXPONENT = 38.0  # what lies beyond the support is below exp(-38) of the integral
_SERIES_BELOW = 0.1


def bend(s: npt.ArrayLike) -> FloatArray:
    """Return s - 1 + exp(-s), about s**2/2, to full relative accuracy near zero.

    Args:
        s: Any shape, any sign, dimensionless.

    Returns:
        Array of the same shape, never negative.
    """
    value = np.asarray(s, dtype=np.float64)
    small = np.abs(value) < _SERIES_BELOW
    return np.where(small, _bend_series(np.where(small, value, 0.0)), value + np.expm1(-value))


def decay_nodes(
    slope: FloatArray, curvature: FloatArray, limit: FloatArray, side: Side
) -> tuple[FloatArray, FloatArray]:
    """Return nodes d and weights w so that sum(w * f(d)) is the integral of f times the decay.

    The decay is exp(-slope*d - curvature*bend(side*d)) for d from 0 to `limit`.

    Args:
        slope: Shape (m,), at least 0.
        curvature: Shape (m,), positive; on the left side (-1) at least about 1.
        limit: Shape (m,), end of the integral, 0 to infinity.
        side: 1 when d runs to larger s, -1 when it runs to smaller s.

    Returns:
        Two arrays of shape (m, 48): distances from the anchor and weights.
    """
    support = _right_support(slope, curvature) if side == 1 else _left_support(slope, curvature)
    span = np.minimum(support, limit)
    d = span[:, None] * _UNIT_NODES
    exponent = _row_bend(d, span, side)
    exponent *= curvature[:, None]
    exponent += slope[:, None] * d
    weights = np.exp(np.negative(exponent, out=exponent), out=exponent)
    weights *= span[:, None] * _UNIT_WEIGHTS
    return d, weights


def decay_integral(slope: FloatArray, curvature: FloatArray, limit: FloatArray, side: Side) -> FloatArray:
    """Return the integral of the decay itself; arguments as for `decay_nodes`, result of shape (m,)."""
    total: FloatArray = decay_nodes(slope, curvature, limit, side)[1].sum(axis=1)
    return total


def _right_support(slope: FloatArray, curvature: FloatArray) -> FloatArray:
    # bend(d) >= d**2/(2+d), so the positive root of this quadratic lies beyond the true end, and close to it.
    total = slope + curvature
    b = 2.0 * slope - _DROPPED_EXPONENT
    root = np.hypot(b, np.sqrt(8.0 * _DROPPED_EXPONENT * total))
    return np.where(b > 0.0, 4.0 * _DROPPED_EXPONENT / (np.abs(b) + root), (root - b) / (2.0 * total))


def _left_support(slope: FloatArray, curvature: FloatArray) -> FloatArray:
    # bend(-d) >= d**2/2 bounds small supports; one fixed-point step bounds the doubly exponential ones.
    root = np.hypot(slope, np.sqrt(2.0 * _DROPPED_EXPONENT * curvature))
    quadratic = 2.0 * _DROPPED_EXPONENT / (slope + root)
    return np.minimum(quadratic, np.log1p(_DROPPED_EXPONENT / curvature + quadratic))


def _row_bend(d: FloatArray, span: FloatArray, side: Side) -> FloatArray:
    # A row with a wide span has a curvature too small for cancellation at its first nodes to matter.
    narrow = span < _SERIES_BELOW
    if narrow.all():
        return _bend_series(side * d)
    if not narrow.any():
        return side * d + np.expm1(-side * d)
    out = np.empty_like(d)
    out[narrow] = _bend_series(side * d[narrow])
    wide = side * d[~narrow]
    out[~narrow] = wide + np.expm1(-wide)
    return out


def _bend_series(s: FloatArray) -> FloatArray:
    value = np.ones_like(s)
    for k in range(11, 2, -1):
        value *= s
        value *= -1.0 / k
        value += 1.0
    value *= s
    value *= s
    value *= 0.5
    return value
