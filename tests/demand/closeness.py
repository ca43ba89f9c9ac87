"""What 'equal to the reference' means for every formula: nine digits, or both below what a float can carry."""

import numpy.typing as npt
from mpmath import mp, mpf


def assert_close(value: npt.ArrayLike, truth: mpf, relative: float = 1e-9) -> None:
    got = mpf(float(value))  # type: ignore[arg-type]
    if truth == mp.inf:
        assert got == mp.inf
    elif abs(truth) < mpf(10) ** -250:
        assert abs(got) < mpf(10) ** -249
    else:
        assert abs(got - truth) <= relative * abs(truth), f"{mp.nstr(got, 17)} is not {mp.nstr(truth, 17)}"
