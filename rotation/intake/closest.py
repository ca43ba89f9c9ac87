"""The closest known name to an unknown one, for "did you mean". May know nothing of what the names stand for."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

MOST_CANDIDATES = 5_000
MOST_SEARCHES = 50


class Closest:
    """Finds the closest of some known names; each answer is remembered, and the effort is bounded.

    Comparing every unknown id of a broken file with every known id would take minutes, so only the first
    ``MOST_SEARCHES`` unknown names, among at most ``MOST_CANDIDATES`` known ones, are compared.
    """

    def __init__(self, names: Iterable[str], likeness: float = 0.6) -> None:
        self._by_folded = {name.casefold(): name for name in sorted(names)}
        self._likeness = likeness
        self._answers: dict[str, str | None] = {}

    def to(self, name: str) -> str | None:
        """The closest known name, or None when none is near."""
        folded = name.casefold()
        if folded in self._by_folded:
            return self._by_folded[folded]
        if folded not in self._answers:
            if len(self._answers) >= MOST_SEARCHES or len(self._by_folded) > MOST_CANDIDATES:
                return None
            near = difflib.get_close_matches(folded, self._by_folded, n=1, cutoff=self._likeness)
            self._answers[folded] = self._by_folded[near[0]] if near else None
        return self._answers[folded]

    def hint(self, name: str) -> str:
        """``; did you mean 'office'?``, or nothing when no name is near."""
        near = self.to(name)
        return f"; did you mean {near!r}?" if near else ""
