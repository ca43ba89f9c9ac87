"""A manager interface in front of a call centre, message for message as Asterisk 22 speaks.

Models membership kinds, pauses by queue and everywhere, penalties and reasons that do or do not survive a restart,
slow and cut connections, refused logins and rights.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from dataclasses import dataclass, replace
from typing import Any

from .call_centre import UNAVAILABLE, CallCentre, Member

Fields = dict[str, Any]


@dataclass
class Manners:
    """How the server behaves."""

    user: str = "roster"
    secret: str = "s3cret"
    latency_s: float = 0.002
    rights: tuple[str, ...] = ("agent", "reporting")
    greeting: str = "Asterisk Call Manager/11.0.0"
    keeps_reasons: bool = True
    answers: bool = True
    refuses_in_silence: bool = False
    refuses: frozenset[str] = frozenset()
    """Interfaces that cannot be added."""
    half: bool = False
    """Lists begin and never end."""
    tls: ssl.SSLContext | None = None
    cut_after: int | None = None
    """Queue actions that are taken before the connection is cut; the last one's answer is lost."""


class FakeAsterisk:
    """The server."""

    def __init__(self, centre: CallCentre, manners: Manners | None = None) -> None:
        self.centre, self.manners = centre, manners or Manners()
        self.actions: list[tuple[float, Fields]] = []
        self.port = 0
        self.boots = [0.0]
        self.falls: list[float] = []
        self.astdb: dict[tuple[str, str], Member] = {}
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self._booted = asyncio.Event()
        self._booted.set()

    async def __aenter__(self) -> FakeAsterisk:
        await self._listen()
        return self

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, ssl=self.manners.tls)
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
        """Go down and come back: static members anew, dynamic ones from the database."""
        assert self._server is not None
        self.falls.append(self.centre.time())
        waiting = [call for calls in self.centre.waiting.values() for call in calls]
        self._server.close()
        self.cut()
        await self.centre.fall_over()
        static = [one for one in self.centre.members.values() if one.membership != "dynamic"]
        self.centre.members.clear()
        await asyncio.sleep(down_s)
        self.boots.append(self.centre.time())
        for member in [*static, *self.astdb.values()]:
            reason = member.reason if self.manners.keeps_reasons else ""
            self.centre.add(replace(member, reason=reason, engaged=False, in_call=False, calls=0, last_call=-1e9))
        await self._listen()
        for call in waiting:
            self.centre.enter(call)

    def queue_actions(self) -> list[Fields]:
        """Every action that changes a queue."""
        sent = [fields for _, fields in self.actions if fields["Action"].startswith("Queue")]
        return [fields for fields in sent if fields["Action"] != "QueueStatus"]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        logged_in = False
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            writer.write(f"{self.manners.greeting}\r\n".encode())
            while not writer.is_closing():
                block = (await reader.readuntil(b"\r\n\r\n")).decode()
                fields = dict(line.split(": ", 1) for line in block.strip().split("\r\n") if ": " in line)
                await asyncio.sleep(self.manners.latency_s)
                if not self.manners.answers:
                    continue
                if fields["Action"] == "Login":
                    logged_in = self._login(writer, fields)
                    if not logged_in:
                        break
                elif logged_in:
                    self.actions.append((self.centre.time(), fields))
                    self._answer(writer, fields)
        self._writers.discard(writer)
        writer.close()

    def _send(self, writer: asyncio.StreamWriter, fields: Fields) -> None:
        writer.write(("".join(f"{key}: {value}\r\n" for key, value in fields.items()) + "\r\n").encode())

    def _login(self, writer: asyncio.StreamWriter, fields: Fields) -> bool:
        number = {"ActionID": fields.get("ActionID", "")}
        if (fields["Username"], fields["Secret"]) != (self.manners.user, self.manners.secret):
            if not self.manners.refuses_in_silence:
                self._send(writer, {"Response": "Error", **number, "Message": "Authentication failed"})
            return False
        self._send(writer, {"Response": "Success", **number, "Message": "Authentication accepted"})
        uptime = int(self.centre.time() - self.boots[-1])
        booted = {"Event": "FullyBooted", "Privilege": "system,all", "Uptime": uptime, "LastReload": uptime}
        self._send(writer, {**booted, "Status": "Fully Booted"})
        return True

    def _answer(self, writer: asyncio.StreamWriter, fields: Fields) -> None:
        number = {"ActionID": fields.get("ActionID", "")}
        handler = getattr(self, f"_do_{fields['Action'].lower()}", None)
        right = {"queuestatus": None, "logoff": None, "devicestatelist": "reporting"}.get(
            fields["Action"].lower(), "agent"
        )
        if handler is None or (right and right not in self.manners.rights):
            self._send(writer, {"Response": "Error", **number, "Message": "Permission denied"})
            return
        if right == "agent" and self.manners.cut_after is not None:
            self.manners.cut_after -= 1
            if self.manners.cut_after < 0:
                self.manners.cut_after = None
                with contextlib.suppress(Exception):
                    handler(None, fields, number)
                self.cut()
                return
        handler(writer, fields, number)

    def _reply(self, writer: asyncio.StreamWriter | None, number: Fields, message: str, good: bool = True) -> None:
        if writer is not None:
            self._send(writer, {"Response": "Success" if good else "Error", **number, "Message": message})

    def _do_queuestatus(self, writer: asyncio.StreamWriter, fields: Fields, number: Fields) -> None:
        head = {"EventList": "start", "Message": "Queue status will follow"}
        self._send(writer, {"Response": "Success", **number, **head})
        if self.manners.half:
            writer.write(b"Event: QueueParams\r\nQueue: bil")
            return
        count = 0
        for queue in self.centre.wrapup:
            if fields.get("Queue", queue) != queue:
                continue
            count += 1
            zeros = dict.fromkeys(("Holdtime", "TalkTime", "Completed", "Abandoned", "ServiceLevel"), 0)
            params = {"Event": "QueueParams", "Queue": queue, "Max": 0, "Strategy": "rrmemory"}
            calls = {"Calls": len(self.centre.waiting[queue])}
            perf = {"ServicelevelPerf": "0.0", "ServicelevelPerf2": "0.0", "Weight": 0}
            self._send(writer, {**params, **calls, **zeros, **perf, **number})
            for member in self.centre.members.values():
                if member.queue == queue:
                    count += 1
                    self._send(writer, {**self._member("QueueMember", member), **number})
        self._send(writer, {"Event": "QueueStatusComplete", **number, "EventList": "Complete", "ListItems": count})

    def _member(self, event: str, member: Member) -> Fields:
        """A member as a line of QueueStatus, or as an event: the same but for a few names."""
        listed = event == "QueueMember"
        about = {
            "Event": event,
            **({} if listed else {"Privilege": "agent,all"}),
            "Queue": member.queue,
            "Name" if listed else "MemberName": member.name or member.interface,
            "Location" if listed else "Interface": member.interface,
            "StateInterface": member.interface,
            "Membership": member.membership,
            "Penalty": member.penalty,
            "CallsTaken": member.calls,
            "LastCall": int(max(member.last_call, 0)),
            "LastPause": int(member.last_pause),
            "LoginTime": int(member.login),
            "InCall": int(member.in_call),
            "Status": self.centre.telephone(member.interface).status,
            "Paused": int(member.paused),
            "PausedReason": member.reason,
        }
        return about | ({} if listed else {"Ringinuse": 0}) | {"Wrapuptime": 0}

    def _tell(self, event: str, member: Member) -> None:
        for writer in self._writers:
            self._send(writer, self._member(event, member))

    def _save(self, member: Member) -> None:
        """What the database keeps: the penalty of the add, never that of QueuePenalty."""
        key = (member.queue, member.interface)
        old = self.astdb.get(key)
        self.astdb[key] = replace(member, penalty=old.penalty if old else member.penalty)

    def _do_queueadd(self, writer: asyncio.StreamWriter | None, fields: Fields, number: Fields) -> None:
        queue, interface = fields.get("Queue"), fields.get("Interface")
        if queue not in self.centre.wrapup:
            self._reply(writer, number, "Unable to add interface to queue: No such queue", good=False)
        elif interface in self.manners.refuses:
            self._reply(writer, number, "Unable to add interface: Invalid", good=False)
        elif any(key[0] == queue and key[1].casefold() == str(interface).casefold() for key in self.centre.members):
            self._reply(writer, number, "Unable to add interface: Already there", good=False)
        else:
            paused = fields.get("Paused", "false") == "true"
            member = Member(
                str(queue),
                str(interface),
                fields.get("MemberName", ""),
                penalty=int(fields.get("Penalty", 0)),
                paused=paused,
                reason=fields.get("Reason", "") if self.manners.keeps_reasons else "",
            )
            assert not set(member.name) & set(",;|"), "ghost members after a restart"
            self.centre.add(member)
            self._save(member)
            self._reply(writer, number, "Added interface to queue")
            self._tell("QueueMemberAdded", member)

    def _do_queueremove(self, writer: asyncio.StreamWriter | None, fields: Fields, number: Fields) -> None:
        key = (fields.get("Queue", ""), fields.get("Interface", ""))
        member = self.centre.members.get(key)
        if key[0] not in self.centre.wrapup:
            self._reply(writer, number, "Unable to remove interface from queue: No such queue", good=False)
        elif member is None:
            self._reply(writer, number, "Unable to remove interface: Not there", good=False)
        elif member.membership != "dynamic":
            self._reply(writer, number, "Member not dynamic", good=False)
        else:
            self.centre.remove(member)
            self.astdb.pop(key, None)
            self._reply(writer, number, "Removed interface from queue")
            self._tell("QueueMemberRemoved", member)

    def _do_queuepause(self, writer: asyncio.StreamWriter | None, fields: Fields, number: Fields) -> None:
        paused = fields.get("Paused") == "true"
        found = [
            member
            for (queue, interface), member in self.centre.members.items()
            if interface == fields.get("Interface") and fields.get("Queue", queue) == queue
        ]
        for member in found:
            self.centre.pause(member, paused, fields.get("Reason", "") if self.manners.keeps_reasons else "")
            if member.membership == "dynamic":
                self._save(member)
        if found:
            self._reply(writer, number, f"Interface {'' if paused else 'un'}paused successfully")
            for member in found:
                self._tell("QueueMemberPause", member)
        else:
            self._reply(writer, number, "Interface not found", good=False)

    def _do_queuepenalty(self, writer: asyncio.StreamWriter | None, fields: Fields, number: Fields) -> None:
        member = self.centre.members.get((fields.get("Queue", ""), fields.get("Interface", "")))
        if member is None:
            self._reply(writer, number, "Invalid interface, queuename or penalty", good=False)
        else:
            member.penalty = int(fields["Penalty"])
            if not member.paused:
                member.reason = ""
            self._reply(writer, number, "Interface penalty set successfully")
            self._tell("QueueMemberPenalty", member)

    def _do_queuereload(self, writer: asyncio.StreamWriter | None, fields: Fields, number: Fields) -> None:
        """Members of files anew; whoever is in a call seems idle from then on."""
        for member in self.centre.members.values():
            member.in_call = False
        self._reply(writer, number, "Queue reloaded successfully")

    def _do_logoff(self, writer: asyncio.StreamWriter, fields: Fields, number: Fields) -> None:
        self._send(writer, {"Response": "Goodbye", **number, "Message": "Thanks for all the fish."})
        writer.close()

    def _do_devicestatelist(self, writer: asyncio.StreamWriter, fields: Fields, number: Fields) -> None:
        head = {"EventList": "start", "Message": "Device States will follow"}
        self._send(writer, {"Response": "Success", **number, **head})
        for telephone in self.centre.telephones.values():
            state = "UNAVAILABLE" if telephone.status == UNAVAILABLE else "NOT_INUSE"
            about = {"Event": "DeviceStateChange", "Device": telephone.interface, "State": state}
            self._send(writer, {**about, **number})
        done = {"EventList": "Complete", "ListItems": len(self.centre.telephones)}
        self._send(writer, {"Event": "DeviceStateListComplete", **number, **done})
