"""The quadrature against integrals known in closed form or by mpmath's own quadrature."""

import numpy as np
import pytest
from mpmath import mp, mpf

from rotation.demand.gamma_integral import bend, decay_integral

from .closeness import assert_close

SHAPES = [(0.0, 1.0), (0.0, 5000.0), (0.0, 1e13), (3.0, 2.0), (1.0, 1e-9), (1e6, 1e-3), (0.5, 1e8), (2e5, 1e5)]


@pytest.mark.parametrize("s", [-700.0, -3.0, -0.1, -0.0999, -1e-5, -1e-150, 0.0, 1e-9, 0.05, 0.1, 0.11, 2.0, 800.0])
def test_bend_keeps_its_digits_near_zero(s: float) -> None:
    with mp.workdps(400):
        exact = mpf(s) - 1 + mp.exp(-mpf(s))
    assert_close(bend(s), exact, relative=1e-14)


@pytest.mark.parametrize(
    ("slope", "curvature", "side"),
    [(*shape, 1) for shape in SHAPES] + [(*shape, -1) for shape in SHAPES if shape[1] >= 1.0],
)
@pytest.mark.parametrize("part", [1e-6, 0.3, 4.0])
def test_decay_integral_agrees_with_adaptive_quadrature(slope: float, curvature: float, side: int, part: float) -> None:
    limit = part / (slope + curvature**0.5)
    with mp.workdps(40):
        exact = mp.quad(
            lambda d: mp.exp(-slope * d - curvature * (side * d - 1 + mp.exp(-side * d))),
            mp.linspace(0, mpf(limit), 9),
        )
    one = np.ones(1)
    value = decay_integral(slope * one, curvature * one, limit * one, 1 if side == 1 else -1)
    assert_close(value[0], exact, relative=1e-12)


def test_an_empty_span_has_no_integral() -> None:
    assert decay_integral(np.zeros(1), np.ones(1), np.zeros(1), 1)[0] == 0.0
