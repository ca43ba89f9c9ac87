"""A limit on guessing secrets: so many wrong ones from one address, then a pause. The clock is handed in."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

MOST_WRONG = 20
REFILL_S = 6.0
MOST_ADDRESSES = 10_000


class Attempts:
    """Counts wrong secrets by address; one is forgiven every ``REFILL_S`` seconds.

    Args:
        clock: seconds that never go backwards.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._wrong: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wrong(self, address: str) -> int:
        """Note a wrong secret.

        Returns:
            0, or the seconds after which the address may try again.
        """
        at = self._clock()
        count, last = self._wrong.pop(address, (0.0, at))
        count = max(0.0, count - (at - last) / REFILL_S)
        allowed = count < MOST_WRONG
        self._wrong[address] = (count + 1 if allowed else count, at)
        while len(self._wrong) > MOST_ADDRESSES:
            self._wrong.popitem(last=False)
        return 0 if allowed else max(1, round((count + 1 - MOST_WRONG) * REFILL_S))
