"""What must survive a crash: who was put where by this program, and who was drained. Knows no database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from rotation.switch.seats import Key, Owned


class Progress(Protocol):
    """Where progress is kept; every call is durable when it returns."""

    def owned(self) -> dict[Key, Owned]:
        """Members that this program put there."""
        ...

    def record(self, changed: Mapping[Key, Owned | None]) -> None:
        """Remember seats, or forget them (None), all or nothing."""
        ...

    def drained(self, now: dt.datetime) -> frozenset[str]:
        """Employees who must not ring at an instant although the table wants them."""
        ...

    def booted(self) -> dt.datetime | None:
        """When the switch last began, as far as this program has seen."""
        ...

    def record_boot(self, at: dt.datetime) -> None:
        """Remember when the switch began."""
        ...


@dataclass
class Memory:
    """Progress for tests and dry runs: gone with the process."""

    seats: dict[Key, Owned] = field(default_factory=dict)
    drains: dict[str, dt.datetime] = field(default_factory=dict)
    boot: dt.datetime | None = None

    def owned(self) -> dict[Key, Owned]:
        """Members that this program put there."""
        return dict(self.seats)

    def record(self, changed: Mapping[Key, Owned | None]) -> None:
        """Remember or forget seats."""
        for key, owned in changed.items():
            if owned is None:
                self.seats.pop(key, None)
            else:
                self.seats[key] = owned

    def drained(self, now: dt.datetime) -> frozenset[str]:
        """Employees who must not ring now."""
        return frozenset(key for key, until in self.drains.items() if until > now)

    def booted(self) -> dt.datetime | None:
        """When the switch began."""
        return self.boot

    def record_boot(self, at: dt.datetime) -> None:
        """Remember when the switch began."""
        self.boot = at
