"""The account of what a history lost on its way in: how many rows for which reason, and where the first one stands."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

FIRST_DATA_ROW = 2


@dataclass
class Dropped:
    """Counts by reason.

    Args:
        counts: reason to number of rows or values.
        first_row: reason to the first row as a spreadsheet numbers it, where rows are known.
    """

    counts: dict[str, int] = field(default_factory=dict)
    first_row: dict[str, int] = field(default_factory=dict)

    def note(self, reason: str, rows: npt.ArrayLike) -> None:
        """Count rows that are lost, or whose values are.

        Args:
            reason: why, in words.
            rows: their row numbers, shape (k,); nothing is noted when there are none.
        """
        numbers = np.asarray(rows)
        if numbers.size:
            self.counts[reason] = self.counts.get(reason, 0) + int(numbers.size)
            self.first_row[reason] = min(self.first_row.get(reason, int(numbers.min())), int(numbers.min()))

    def lines(self) -> list[str]:
        """One line a reason, the most frequent first."""
        ordered = sorted(self.counts.items(), key=lambda item: (-item[1], item[0]))
        rows = {reason: f" (first in row {row})" for reason, row in self.first_row.items()}
        return [f"{count:,} {reason}{rows.get(reason, '')}" for reason, count in ordered]
