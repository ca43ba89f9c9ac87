"""Queues, telephones and callers as app_queue has them: who rings, who talks, who waits, and what went wrong.

Knows no protocol. It is strict: whatever could lose a call on a real switch is written down as a fault.
"""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass, field

IDLE, IN_USE, UNAVAILABLE, RINGING = 1, 2, 5, 6


@dataclass
class Telephone:
    """One device."""

    interface: str
    registered: bool = True
    ringing: int = 0
    talking: int = 0

    @property
    def status(self) -> int:
        if not self.registered:
            return UNAVAILABLE
        return RINGING if self.ringing else IN_USE if self.talking else IDLE


@dataclass
class Member:
    """A member of a queue."""

    queue: str
    interface: str
    name: str = ""
    membership: str = "dynamic"
    penalty: int = 0
    paused: bool = False
    reason: str = ""
    in_call: bool = False
    calls: int = 0
    last_call: float = -1e9
    last_pause: float = 0
    login: float = 0
    engaged: bool = False
    """Chosen for a call whose ring has not begun to show."""


@dataclass
class Call:
    """A caller."""

    number: int
    queue: str
    came: float
    talk_s: float
    answered: float | None = None
    ended: bool = False
    cut_by_restart: bool = False
    rung: list[tuple[float, str]] = field(default_factory=list)


class CallCentre:
    """All of it; time is the loop's.

    Args:
        queues: name to wrap-up time, seconds.
        decide_s: from the choice of a member until its telephone shows that it rings.
        ring_s: until it is answered.
        patience_s: a caller who waits longer hangs up: a lost call.
        strict: whether to remove a member who is engaged is a fault.
    """

    def __init__(
        self,
        queues: dict[str, float],
        decide_s: float = 0.2,
        ring_s: float = 2,
        patience_s: float = 120,
        strict: bool = True,
    ) -> None:
        self.strict = strict
        self.wrapup, self.decide_s, self.ring_s, self.patience_s = queues, decide_s, ring_s, patience_s
        self.members: dict[tuple[str, str], Member] = {}
        self.telephones: dict[str, Telephone] = {}
        self.waiting: dict[str, list[Call]] = {queue: [] for queue in queues}
        self.calls: list[Call] = []
        self.rings: list[tuple[float, str, str]] = []
        self.faults: list[str] = []
        self._numbers = itertools.count(1)
        self._engaged: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def time(self) -> float:
        return asyncio.get_running_loop().time()

    def telephone(self, interface: str) -> Telephone:
        return self.telephones.setdefault(interface, Telephone(interface))

    def add(self, member: Member) -> None:
        member.login = self.time()
        self.members[member.queue, member.interface] = member
        self.look(member.queue)

    def remove(self, member: Member) -> None:
        if self.strict and (member.engaged or member.in_call):
            self.faults.append(f"{self.time():.1f} {member.interface} removed from {member.queue} during a call")
        del self.members[member.queue, member.interface]

    def pause(self, member: Member, paused: bool, reason: str) -> None:
        member.paused, member.reason = paused, reason
        if paused:
            member.last_pause = self.time()
        self.look(member.queue)

    def call(self, queue: str, talk_s: float) -> Call:
        """A new caller."""
        call = Call(next(self._numbers), queue, self.time(), talk_s)
        self.calls.append(call)
        self.enter(call)
        return call

    def enter(self, call: Call) -> None:
        self.waiting[call.queue].append(call)
        self.later(self.patience_s, call.queue)
        self.look(call.queue)

    def later(self, seconds: float, queue: str) -> None:
        asyncio.get_running_loop().call_later(seconds, self.look, queue)

    def look(self, queue: str) -> None:
        """Give waiting callers to free members, lowest penalty first, then whoever talked longest ago."""
        for call in list(self.waiting[queue]):
            if self.time() - call.came > self.patience_s:
                self.waiting[queue].remove(call)
                call.ended = True
        if not self.waiting[queue]:
            return
        free = [one for one in self.members.values() if one.queue == queue and self._is_free(one)]
        free.sort(key=lambda one: (one.penalty, one.last_call))
        for call, member in zip(list(self.waiting[queue]), free, strict=False):
            self.waiting[queue].remove(call)
            member.engaged = True
            self._engaged.add(member.interface)
            task = asyncio.get_running_loop().create_task(self._serve(call, member))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _is_free(self, member: Member) -> bool:
        rested = self.time() - member.last_call >= self.wrapup[member.queue]
        return (
            not member.paused
            and rested
            and member.interface not in self._engaged
            and self.telephone(member.interface).status == IDLE
        )

    async def _serve(self, call: Call, member: Member) -> None:
        telephone = self.telephone(member.interface)
        try:
            await asyncio.sleep(self.decide_s)
            if telephone.status != IDLE:
                self.faults.append(f"{self.time():.1f} {member.interface} rung while in use")
            telephone.ringing += 1
            call.rung.append((self.time(), member.interface))
            self.rings.append((self.time(), member.queue, member.interface))
            await asyncio.sleep(self.ring_s)
            telephone.ringing -= 1
            telephone.talking += 1
            if telephone.talking > 1:
                self.faults.append(f"{self.time():.1f} {member.interface} has two calls")
            call.answered, member.in_call = self.time(), True
            await asyncio.sleep(call.talk_s)
            telephone.talking -= 1
            call.ended = True
        finally:
            member.engaged = member.in_call = False
            self._engaged.discard(member.interface)
            member.last_call = self.time() if not asyncio.get_running_loop().is_closed() else 0
            member.calls += 1
        # The telephone is free for every queue that it serves, and so is a member who came in the meantime.
        for queue in {one.queue for one in self.members.values() if one.interface == member.interface}:
            self.look(queue)
        self.later(self.wrapup[member.queue], member.queue)

    async def fall_over(self) -> None:
        """The switch dies: calls end by that, callers who wait come again."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.sleep(0)
        for telephone in self.telephones.values():
            telephone.ringing = telephone.talking = 0
        for call in self.calls:
            if not call.ended and call not in self.waiting[call.queue]:
                call.cut_by_restart = call.ended = True
        for waiting in self.waiting.values():
            waiting.clear()
