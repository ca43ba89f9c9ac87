"""What a member of the family must be able to do. Knows no switch."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from rotation.routing import RoutingRow
from rotation.switch.seats import Action, Outcome, SwitchState


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach a switch. The secret is never printed.

    Args:
        host: name or address; of a cloud the API's base URL.
        port: 0 takes the driver's own.
        user: login name.
        secret: password or token.
        tls: whether the connection is encrypted, with the server's certificate checked.
        ca_file: certificates to trust; empty for the system's.
        timeout_s: longest wait for an answer, seconds.
    """

    host: str
    port: int = 0
    user: str = ""
    secret: str = ""
    tls: bool = False
    ca_file: str = ""
    timeout_s: float = 10

    def __repr__(self) -> str:
        return f"Access({self.user}@{self.host}:{self.port})"


class Driver(Protocol):
    """A connection to a switch. No answer is an ``OSError``; what no retry mends is a ``SwitchFault``."""

    changed: asyncio.Event
    """Set when the switch says that something changed by itself, and when the connection ends."""

    async def connect(self) -> None:
        """Connect and log in."""
        ...

    def uptime_s(self) -> float | None:
        """How long the switch had run when the connection began, seconds; None when it does not say."""
        ...

    async def read(self, queues: Collection[str]) -> SwitchState:
        """Ask for everything that matters of some queues."""
        ...

    async def apply(self, actions: Sequence[Action]) -> list[Outcome]:
        """Take steps that do not depend on one another; outcomes in the same order."""
        ...

    async def registered(self, endpoints: Collection[str]) -> Mapping[str, bool]:
        """Of the endpoints that the switch can tell, whether they are registered.

        Raises:
            SwitchFault: it may not be asked.
        """
        ...

    async def close(self) -> None:
        """End the connection; changes nothing."""
        ...


@dataclass(frozen=True)
class DriverKind:
    """A kind of switch.

    Args:
        summary: one line for people.
        port: where it listens by default.
        connect: access to a driver that is not connected yet.
        agent_of: how the switch calls the person of a row; empty when it cannot ring that person.
        with_position: whether it orders people of one penalty.
        pause_per_queue: whether a pause holds for one queue only.
    """

    summary: str
    port: int
    connect: Callable[[Access], Driver]
    agent_of: Callable[[RoutingRow], str]
    with_position: bool = False
    pause_per_queue: bool = True
