"""An event loop whose clock jumps over idle time: hours of model time in seconds, with real sockets on the loopback."""

from __future__ import annotations

import asyncio
import datetime as dt
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")
EPOCH = dt.datetime(2026, 11, 30, 8, tzinfo=dt.UTC)


class _JumpingSelector(selectors.DefaultSelector):
    """Where nothing is ready, the time of the next timer is now."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        if timeout is None:
            return super().select(None)
        self.now += max(timeout, 1e-6)
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """A loop on jumping time."""

    def __init__(self) -> None:
        self._jumping = _JumpingSelector()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now


def run(main: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine in virtual time."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(main)


def now() -> dt.datetime:
    """The instant of the running loop."""
    return EPOCH + dt.timedelta(seconds=asyncio.get_running_loop().time())


def at(seconds: float) -> dt.datetime:
    """An instant after the epoch."""
    return EPOCH + dt.timedelta(seconds=seconds)
