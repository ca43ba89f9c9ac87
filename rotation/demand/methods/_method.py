"""What a forecast method must be able to do. Knows no method."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from rotation.demand.series import Days, FloatArray, Series


@runtime_checkable
class Method(Protocol):
    """One way to forecast a queue's calls."""

    @property
    def summary(self) -> str:
        """One line for people."""
        ...

    @property
    def least_weeks(self) -> float:
        """Weeks of history below which the method is not asked."""
        ...

    @property
    def is_bare(self) -> bool:
        """Whether the method is taken as it is, without the corrections for special days and their neighbours."""
        ...

    def predict(self, past: Series, ahead: Days) -> FloatArray:
        """Expected calls of the days ahead, each taken as an ordinary day.

        Args:
            past: the history; :attr:`rotation.demand.series.Series.ordinary` is its evidence.
            ahead: the days that follow, not necessarily at once.

        Returns:
            Shape (days ahead, slots), at least 0; NaN where the method has no basis, also where always closed.
        """
        ...
