"""An event socket in front of a call centre, as mod_callcenter answers: agents, tiers, lists with pipes."""

from __future__ import annotations

import asyncio
import contextlib
import json
import shlex
from dataclasses import dataclass

from .call_centre import CallCentre, Member

HEADER = (
    "name|instance_id|uuid|type|contact|status|state|max_no_answer|wrap_up_time|reject_delay_time|busy_delay_time|"
    "no_answer_delay_time|last_bridge_start|last_bridge_end|last_offered_call|last_status_change|no_answer_count|"
    "calls_answered|talk_time|ready_time|external_calls_count"
)


@dataclass
class Agent:
    """An agent of mod_callcenter."""

    name: str
    kind: str = ""
    contact: str = ""
    status: str = "Logged Out"


@dataclass
class Manners:
    """How the server behaves."""

    password: str = "s3cret"
    latency_s: float = 0.002
    cut_after: int | None = None
    loaded: bool = True


class FakeFreeSwitch:
    """The server; a tier is a member of the call centre, called by its agent."""

    def __init__(self, centre: CallCentre, manners: Manners | None = None) -> None:
        self.centre, self.manners = centre, manners or Manners()
        self.agents: dict[str, Agent] = {}
        self.commands: list[tuple[float, str]] = []
        self.registered: set[str] = set()
        self.positions: dict[tuple[str, str], str] = {}
        self.boots = [0.0]
        self.falls: list[float] = []
        self.port = 0
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> FakeFreeSwitch:
        await self._listen()
        return self

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        self.cut()
        await asyncio.sleep(0.1)

    def cut(self) -> None:
        """End every connection."""
        for writer in list(self._writers):
            writer.close()
        self._writers.clear()

    async def restart(self, down_s: float = 5) -> None:
        """Agents and tiers are in the database and survive."""
        assert self._server is not None
        self.falls.append(self.centre.time())
        waiting = [call for calls in self.centre.waiting.values() for call in calls]
        self._server.close()
        self.cut()
        members, self.centre.members = self.centre.members, {}
        await self.centre.fall_over()
        await asyncio.sleep(down_s)
        self.boots.append(self.centre.time())
        self.centre.members = members
        await self._listen()
        for call in waiting:
            self.centre.enter(call)
        for queue in self.centre.wrapup:  # who called meanwhile
            self.centre.look(queue)

    def queue_actions(self) -> list[str]:
        """Every command that changes something."""
        return [line for _, line in self.commands if not line.endswith(" list") and line.startswith("callcenter")]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            writer.write(b"Content-Type: auth/request\n\n")
            line = (await reader.readuntil(b"\n\n")).decode().strip()
            good = line == f"auth {self.manners.password}"
            reply = "+OK accepted" if good else "-ERR invalid"
            writer.write(f"Content-Type: command/reply\nReply-Text: {reply}\n\n".encode())
            while good:
                line = (await reader.readuntil(b"\n\n")).decode().strip()
                await asyncio.sleep(self.manners.latency_s)
                command = line.removeprefix("api ")
                self.commands.append((self.centre.time(), command))
                body = self._answer(command).encode()
                if self._is_cut(command):
                    self.cut()
                    break
                writer.write(b"Content-Type: api/response\nContent-Length: %d\n\n%s" % (len(body), body))
        self._writers.discard(writer)
        writer.close()

    def _is_cut(self, command: str) -> bool:
        if self.manners.cut_after is None or command.endswith(" list") or not command.startswith("callcenter"):
            return False
        self.manners.cut_after -= 1
        if self.manners.cut_after >= 0:
            return False
        self.manners.cut_after = None
        return True

    def _answer(self, command: str) -> str:
        words = shlex.split(command)
        if words[0] == "uptime":
            return str(int(self.centre.time() - self.boots[-1]))
        if words[0] == "show":
            return json.dumps(
                {"row_count": len(self.registered), "rows": [{"reg_user": one} for one in self.registered]}
            )
        if words[0] != "callcenter_config" or not self.manners.loaded:
            return f"-ERR {words[0]} Command not found!\n"
        handler = getattr(self, f"_{words[1]}_{words[2]}")
        answer: str = handler(*words[3:])
        return answer

    def _queue_list(self) -> str:
        rows = [f"{name}|longest-idle-agent" for name in self.centre.wrapup]
        return "\n".join(["name|strategy", *rows, "+OK\n"])

    def _agent_list(self) -> str:
        lines = [HEADER]
        for agent in self.agents.values():
            telephone = self.centre.telephone(agent.name)
            talks = "Receiving" if telephone.ringing else "In a queue call" if telephone.talking else "Waiting"
            known = {"name": agent.name, "type": agent.kind, "contact": agent.contact}
            known |= {"status": agent.status, "state": talks}
            lines.append("|".join(known.get(name, "0") for name in HEADER.split("|")))
        return "\n".join([*lines, "+OK\n"])

    def _tier_list(self) -> str:
        rows = [
            f"{one.queue}|{one.interface}|Ready|{one.penalty}|{self.positions[one.queue, one.interface]}"
            for one in self.centre.members.values()
        ]
        return "\n".join(["queue|agent|state|level|position", *rows, "+OK\n"])

    def _agent_add(self, name: str, kind: str) -> str:
        if name in self.agents:
            return "-ERR Agent already exist!\n"
        self.agents[name] = Agent(name, kind)
        return "+OK\n"

    def _agent_set(self, key: str, name: str, value: str) -> str:
        agent = self.agents.get(name)
        if agent is None:
            return "-ERR Agent not found!\n"
        if key == "status":
            assert value in ("Available", "Available (On Demand)", "Logged Out", "On Break")
            agent.status = value
            for member in self._tiers(name):
                self.centre.pause(member, not value.startswith("Available"), "")
        elif key == "contact":
            agent.contact = value
        return "+OK\n"

    def _tiers(self, name: str) -> list[Member]:
        return [one for one in self.centre.members.values() if one.interface == name]

    def _tier_add(self, queue: str, name: str, level: str, position: str) -> str:
        if queue not in self.centre.wrapup:
            return "-ERR Queue not found!\n"
        if name not in self.agents:
            return "-ERR Agent not found!\n"
        if (queue, name) in self.centre.members:
            return "-ERR Tier already exist!\n"
        assert self.agents[name].contact and self.agents[name].kind
        paused = not self.agents[name].status.startswith("Available")
        self.positions[queue, name] = position
        self.centre.add(Member(queue, name, penalty=int(level), paused=paused))
        return "+OK\n"

    def _tier_set(self, key: str, queue: str, name: str, value: str) -> str:
        member = self.centre.members.get((queue, name))
        if member is None:
            return "-ERR Agent not found!\n"
        if key == "level":
            member.penalty = int(value)
        else:
            self.positions[queue, name] = value
        return "+OK\n"

    def _tier_del(self, queue: str, name: str) -> str:
        member = self.centre.members.get((queue, name))
        if member is None:
            return "-ERR Tier not found!\n"
        self.centre.remove(member)
        return "+OK\n"
