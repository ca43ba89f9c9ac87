"""An end to reading that would take for ever."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from rotation.errors import InputFault, InputFaults

LONGEST_S = 10.0
REPEATED_S = 0.5


class _OutOfTime(BaseException):
    """Not an Exception: libraries that catch everything must not catch this."""


@contextmanager
def time_limit(file: str, seconds: float = LONGEST_S) -> Iterator[None]:
    """Give up the reading of a calendar after a time.

    It needs the main thread and the timers of Unix; elsewhere reading goes on unlimited.

    Args:
        file: its name for the fault.
        seconds: at most.

    Raises:
        InputFaults: the time is up.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def give_up(_number: int, _frame: FrameType | None) -> None:
        raise _OutOfTime

    before = signal.signal(signal.SIGALRM, give_up)
    # A library that swallows the first interruption meets the next one.
    signal.setitimer(signal.ITIMER_REAL, seconds, REPEATED_S)
    try:
        yield
    except _OutOfTime:
        message = f"takes more than {seconds:g} seconds to read"
        raise InputFaults([InputFault(file, 0, "", "", message, "a calendar with fewer or simpler events")]) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
