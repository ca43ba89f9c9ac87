"""FreeSWITCH's mod_callcenter over the event socket. An agent is called by the employee's id.

A status belongs to the agent, not to the queue: leavers who serve no other queue are logged out, others only lose their
tier. ``On Break`` is the agent's own and stays.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection, Mapping, Sequence

from rotation.errors import SwitchFault
from rotation.routing import RoutingRow
from rotation.switch._driver import Access, DriverKind
from rotation.switch._esl import EventSocket
from rotation.switch.seats import Action, Outcome, Rank, Seat, SwitchState
from rotation.targets.freeswitch import AGENT, contact, is_word

AVAILABLE = ("Available", "Available (On Demand)")
LOGGED_OUT = "Logged Out"
BUSY = ("Receiving", "In a queue call")
GONE = ("not found", "does not exist", "invalid")
COMMAND = "callcenter_config"


class CallCenter:
    """The driver; see :class:`rotation.switch._driver.Driver`."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self.changed = asyncio.Event()
        self._socket = EventSocket(access)
        self._uptime_s: float | None = None
        self._status: dict[str, str] = {}
        self._tiers: dict[str, int] = {}

    async def connect(self) -> None:
        """Connect, log in, and see that mod_callcenter is there."""
        self.changed.clear()
        self._socket = EventSocket(self._access)
        await self._socket.open()
        self._ending = asyncio.create_task(self._wake_at_end(self._socket))
        text = (await self._socket.api("uptime s")).strip()
        self._uptime_s = float(text) if text.isdigit() else None

    def uptime_s(self) -> float | None:
        """As FreeSWITCH says."""
        return self._uptime_s

    async def read(self, queues: Collection[str]) -> SwitchState:
        """Queues, agents and tiers."""
        known = frozenset(row["name"] for row in await self._table("queue list"))
        agents = {row["name"]: row for row in await self._table("agent list")}
        tiers = await self._table("tier list")
        self._status = {name: row.get("status", "") for name, row in agents.items()}
        self._tiers = {}
        seats = {}
        for tier in tiers:
            self._tiers[tier["agent"]] = self._tiers.get(tier["agent"], 0) + 1
            if tier["queue"] in known and tier["queue"] in queues:
                seat = _seat(tier, agents.get(tier["agent"], {}))
                seats[seat.key] = seat
        return SwitchState(known, seats)

    async def apply(self, actions: Sequence[Action]) -> list[Outcome]:
        """Commands one after the other, as the socket answers them."""
        return [await self._take(action) for action in actions]

    async def registered(self, endpoints: Collection[str]) -> Mapping[str, bool]:
        """Registrations, for endpoints of the kind user/1001."""
        try:
            rows = json.loads(await self._socket.api("show registrations as json")).get("rows", [])
        except ValueError as error:
            raise SwitchFault("`show registrations` gives no JSON") from error
        users = {row.get("reg_user", "").casefold() for row in rows}
        dialled = {one: contact(one) for one in endpoints}
        return {
            one: words.removeprefix("user/").partition("@")[0].casefold() in users
            for one, words in dialled.items()
            if words.startswith("user/")
        }

    async def close(self) -> None:
        """End the connection."""
        await self._socket.close()

    async def _table(self, what: str) -> list[dict[str, str]]:
        """A list that mod_callcenter prints: a header, rows with ``|`` between fields, ``+OK``."""
        lines = (await self._socket.api(f"{COMMAND} {what}")).strip().splitlines()
        if not lines or lines[0].startswith("-") or "|" not in lines[0]:
            if lines and lines[0].startswith("+OK"):
                return []
            raise SwitchFault(f"{COMMAND} {what}: {lines[0] if lines else 'no answer'}; is mod_callcenter loaded?")
        header = lines[0].split("|")
        rows = [line.split("|") for line in lines[1:] if not line.startswith("+OK")]
        return [dict(zip(header, row, strict=False)) for row in rows if len(row) == len(header)]

    async def _take(self, action: Action) -> Outcome:
        message = ""
        for command in self._commands(action):
            answer = (await self._socket.api(f"{COMMAND} {command}")).strip()
            told = answer.casefold()
            if answer.startswith("+OK") or "already exist" in told:
                continue
            if action.verb in ("remove", "pause") and any(words in told for words in GONE):
                continue
            message = answer or "no answer"
            break
        return Outcome(action, not message, message=message)

    def _commands(self, action: Action) -> list[str]:
        agent, place = action.agent, f"{action.queue} {action.agent}"
        if action.verb == "add":
            level = f"{action.rank.penalty + 1} {max(action.rank.position, 1)}"
            return [*self._entering(action), f"tier add {place} {level}"]
        if action.verb == "rank":
            ranks = (("level", action.rank.penalty + 1), ("position", max(action.rank.position, 1)))
            return [f"tier set {key} {place} {value}" for key, value in ranks]
        if action.verb == "remove":
            return [f"tier del {place}"]
        self._status[agent] = LOGGED_OUT if action.verb == "pause" else AVAILABLE[0]
        return [f"agent set status {agent} '{self._status[agent]}'"]

    def _entering(self, action: Action) -> list[str]:
        """Make somebody an agent; without a type an agent is dropped in silence. A break of the agent's own stays."""
        agent, known = action.agent, self._status.get(action.agent)
        sets = {"contact": contact(action.endpoint), **{key.replace("-", "_"): value for key, value in AGENT.items()}}
        commands = [] if known is not None else [f"agent add {agent} callback"]
        commands += [f"agent set {key} {agent} {value}" for key, value in sets.items() if key != "type"]
        if known in (None, LOGGED_OUT, *AVAILABLE) and not (action.paused and self._tiers.get(agent)):
            self._status[agent] = LOGGED_OUT if action.paused else AVAILABLE[0]
            commands.append(f"agent set status {agent} '{self._status[agent]}'")
        return commands

    async def _wake_at_end(self, socket: EventSocket) -> None:
        await socket.closed.wait()
        self.changed.set()


def _seat(tier: Mapping[str, str], agent: Mapping[str, str]) -> Seat:
    status = agent.get("status", LOGGED_OUT)
    return Seat(
        queue=tier["queue"],
        agent=tier["agent"],
        rank=Rank(max(_whole(tier.get("level", "1")) - 1, 0), _whole(tier.get("position", "1"))),
        paused=status not in AVAILABLE,
        # There are no reasons: whether a log-out is ours, our records know.
        reason="" if status == LOGGED_OUT or status in AVAILABLE else status,
        busy=agent.get("state", "") in BUSY,
    )


def _whole(text: str) -> int:
    return int(text) if text.isdigit() else 0


def agent_of(row: RoutingRow) -> str:
    """The employee's id; empty when FreeSWITCH can hold neither it nor the endpoint."""
    return row.employee_id if is_word(row.employee_id) and contact(row.endpoint) else ""


DRIVER = DriverKind(
    "FreeSWITCH mod_callcenter over the event socket",
    8021,
    CallCenter,
    agent_of,
    with_position=True,
    pause_per_queue=False,
)
