"""What a running hand-over tells others: counters for metrics, and lines for the log. Holds no secret."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Watch:
    """Figures of one daemon since it began.

    Args:
        say: takes a line for people, already without secrets.
    """

    say: Callable[[str], None] = lambda _: None
    connected: bool = False
    connections: int = 0
    runs: int = 0
    actions: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    alarms: tuple[str, ...] = ()
    pending: bool = False
    right_at: dt.datetime | None = None
    """The last instant at which the switch was seen as the table wants it."""

    def alarm(self, alarms: tuple[str, ...]) -> None:
        """Say what is new among the alarms, and what is over."""
        for text in sorted(set(alarms) - set(self.alarms)):
            self.say(f"ALARM {text}")
        for text in sorted(set(self.alarms) - set(alarms)):
            self.say(f"over: {text}")
        self.alarms = alarms
