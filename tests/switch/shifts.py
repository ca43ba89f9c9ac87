"""Timetables and keepers for the tests of live switches."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterable

from rotation.routing import RoutingRow
from rotation.switch import Access
from rotation.switch.keeper import Keeper
from rotation.switch.kinds.asterisk_ami import AsteriskManager, agent_of
from rotation.switch.pace import Pace
from rotation.switch.progress import Memory, Progress
from rotation.switch.reconcile import Grace
from rotation.switch.timetable import Timetable
from rotation.switch.watch import Watch

from .virtual_time import at, now


def row(
    employee: str, start_s: float, end_s: float, queue: str = "billing", penalty: int = 0, phone: str = ""
) -> RoutingRow:
    """A row from and to seconds after the epoch."""
    endpoint = phone or f"Local/{employee[1:]}@agents"
    name = f"Agent {employee}"
    return RoutingRow(
        queue, employee, name, endpoint, 5, penalty, 1, at(start_s), at(end_s), f"{employee}-{start_s:g}", 1
    )


def timetable(rows: Iterable[RoutingRow], queues: Iterable[str] = ("billing", "sales")) -> Timetable:
    """A timetable of Asterisk."""
    return Timetable(tuple(rows), frozenset(queues), agent_of)


def keeper(
    port: int,
    table: Timetable,
    progress: Progress | None = None,
    instant: dt.datetime | None = None,
    grace: Grace | None = None,
    secret: str = "s3cret",
    timeout_s: float = 5,
) -> Keeper:
    """A keeper of the fake Asterisk, on the loop's time or beginning at a fixed instant."""

    async def tables(_: dt.datetime) -> Timetable:
        return table

    began = asyncio.get_running_loop().time()

    def fixed() -> dt.datetime:
        assert instant is not None
        return instant + dt.timedelta(seconds=asyncio.get_running_loop().time() - began)

    driver = AsteriskManager(Access("127.0.0.1", port, "roster", secret, timeout_s=timeout_s))
    lines: list[str] = []
    found = Keeper(
        driver,
        tables,
        progress if progress is not None else Memory(),
        now if instant is None else fixed,
        grace or Grace(),
        Pace(),
        Watch(lines.append),
    )
    found.lines = lines  # type: ignore[attr-defined]
    return found
