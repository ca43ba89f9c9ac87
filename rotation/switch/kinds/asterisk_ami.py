"""Asterisk 16 and later over its manager interface; members are dynamic.

Rights that suffice: ``read=agent,call,system`` and ``write=agent``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence

from rotation.errors import SwitchFault
from rotation.routing import RoutingRow
from rotation.switch._ami import ManagerConnection, Message
from rotation.switch._driver import Access, DriverKind
from rotation.switch.seats import Action, Outcome, Rank, Seat, SwitchState
from rotation.targets._asterisk_common import FORBIDDEN, interface_fits
from rotation.targets._limits import label

AT_ONCE = 50
"""Actions on their way at a time."""
BUSY = {"2", "3", "6", "7", "8"}
"""AST_DEVICE_INUSE, BUSY, RINGING, RINGINUSE, ONHOLD."""
UNREACHABLE = {"4", "5"}
"""AST_DEVICE_INVALID, UNAVAILABLE."""
CHANGES = {"FullyBooted", "QueueMemberAdded", "QueueMemberRemoved", "Reload"}
GONE = ("interface not found", "not in queue", "not there")


class AsteriskManager:
    """The driver; see :class:`rotation.switch._driver.Driver`."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self.changed = asyncio.Event()
        self._connection = ManagerConnection(access, self._event)
        self._mine = 0

    async def connect(self) -> None:
        """Connect and log in."""
        self.changed.clear()
        self._connection = ManagerConnection(self._access, self._event)
        await self._connection.open()
        self._ending = asyncio.create_task(self._wake_at_end(self._connection))

    def uptime_s(self) -> float | None:
        """From the FullyBooted event of the login; None without the right ``read=system``."""
        return self._connection.uptime_s

    async def read(self, queues: Collection[str]) -> SwitchState:
        """All members of all queues that are asked for."""
        events = await self._connection.list({"Action": "QueueStatus"})
        known = frozenset(event["Queue"] for event in events if event.get("Event") == "QueueParams")
        wanted = {queue for queue in queues if queue in known}
        seats = {}
        for event in events:
            if event.get("Event") == "QueueMember" and event.get("Queue") in wanted:
                seat = _seat(event)
                seats[seat.key] = seat
        return SwitchState(known, seats)

    async def apply(self, actions: Sequence[Action]) -> list[Outcome]:
        """Send actions, several on their way at a time.

        Raises:
            SwitchFault: the user of the manager lacks the right.
            OSError: the connection has ended; some actions may have been taken.
        """
        room = asyncio.Semaphore(AT_ONCE)

        async def send(action: Action) -> Outcome:
            async with room:
                return _outcome(action, await self._connection.ask(_message(action)))

        self._mine += 1
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(send(action)) for action in actions]
        except* (OSError, TimeoutError) as errors:
            raise errors.exceptions[0] from None
        except* SwitchFault as faults:
            raise faults.exceptions[0] from None
        finally:
            self._mine -= 1
        return [task.result() for task in tasks]

    async def registered(self, endpoints: Collection[str]) -> Mapping[str, bool]:
        """Device states of all telephones that Asterisk knows."""
        events = await self._connection.list({"Action": "DeviceStateList"})
        states = {event["Device"].casefold(): event.get("State", "") for event in events if "Device" in event}
        return {
            one: states[one.casefold()] not in ("UNAVAILABLE", "INVALID")
            for one in endpoints
            if one.casefold() in states
        }

    async def close(self) -> None:
        """End the connection."""
        await self._connection.close()

    def _event(self, message: Message) -> None:
        # Our own actions come back as events too; only what happens by itself is news.
        if message.get("Event") in CHANGES and not self._mine:
            self.changed.set()

    async def _wake_at_end(self, connection: ManagerConnection) -> None:
        await connection.closed.wait()
        self.changed.set()


def _seat(event: Message) -> Seat:
    """A QueueMember event as a seat; a field that is missing counts as idle, unpaused and not ours."""
    status = event.get("Status", "0")
    return Seat(
        queue=event["Queue"],
        agent=event.get("Location") or event.get("Interface", ""),
        rank=Rank(_whole(event.get("Penalty", "0"))),
        ours_to_move=event.get("Membership") == "dynamic",
        paused=event.get("Paused", "0") == "1",
        reason=event.get("PausedReason", ""),
        busy=event.get("InCall", "0") != "0" or status in BUSY,
        reachable=status not in UNREACHABLE,
    )


def _whole(text: str) -> int:
    return int(text) if text.isdigit() else 0


def _message(action: Action) -> Message:
    place = {"Queue": action.queue, "Interface": action.agent}
    if action.verb == "add":
        name = label(action.name, action.employee_id or action.agent, 79, FORBIDDEN)
        member = {"Penalty": str(action.rank.penalty), "Paused": "true" if action.paused else "false"}
        reason = {"Reason": action.reason} if action.reason else {}
        return {"Action": "QueueAdd", **place, **member, "MemberName": name, "StateInterface": action.agent, **reason}
    if action.verb == "rank":
        return {"Action": "QueuePenalty", **place, "Penalty": str(action.rank.penalty)}
    if action.verb == "remove":
        return {"Action": "QueueRemove", **place}
    paused = {"Paused": "true" if action.verb == "pause" else "false"}
    return {"Action": "QueuePause", **place, **paused} | ({"Reason": action.reason} if action.reason else {})


def _outcome(action: Action, answer: Message) -> Outcome:
    """What an answer means: "Already there" and "Not there" are states, not failures."""
    text = answer.get("Message", "")
    if answer.get("Response") == "Success":
        return Outcome(action, True)
    told = text.casefold()
    if "permission denied" in told:
        raise SwitchFault(f"the manager's user may not {action.verb} members; give it write=agent in manager.conf")
    if action.verb == "add" and "already there" in told:
        return Outcome(action, True, foreign=True, message=text)
    if "not dynamic" in told:
        return Outcome(action, False, foreign=True, message=text)
    if action.verb in ("remove", "pause") and any(words in told for words in GONE):
        return Outcome(action, True, message=text)
    return Outcome(action, False, message=text or "no reason given")


def agent_of(row: RoutingRow) -> str:
    """The interface of a person; empty when Asterisk cannot ring the endpoint."""
    return row.endpoint if interface_fits(row.endpoint) else ""


DRIVER = DriverKind("Asterisk over its manager interface", 5038, AsteriskManager, agent_of)
