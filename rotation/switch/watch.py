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
        beat: told after every run how things stand; a service manager may listen.
    """

    say: Callable[[str], None] = lambda _: None
    beat: Callable[[str], None] = lambda _: None
    connected: bool = False
    connections: int = 0
    runs: int = 0
    actions: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    alarms: tuple[str, ...] = ()
    pending: bool = False
    right_at: dt.datetime | None = None
    """The last instant at which the switch was seen as the table wants it."""

    def standing(self) -> str:
        """How things stand, in a few words."""
        return self.standing_words() if self.connected else "not connected"

    def standing_words(self) -> str:
        """The same of a connection that may have ended."""
        words = "waiting for leavers" if self.pending else "as the table says"
        return f"{words}, {len(self.alarms)} alarms" if self.alarms else words

    def alarm(self, alarms: tuple[str, ...]) -> None:
        """Say what is new among the alarms, and what is over."""
        for text in sorted(set(alarms) - set(self.alarms)):
            self.say(f"ALARM {text}")
        for text in sorted(set(self.alarms) - set(alarms)):
            self.say(f"over: {text}")
        self.alarms = alarms
