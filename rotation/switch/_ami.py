"""Asterisk's manager interface as a protocol: messages, answers by ActionID, lists of events. Knows no queues.

Our own because the libraries that speak it (panoramisk 1.4, asterisk-ami 0.1) send waiting actions again after a
reconnect, minutes late, and leave their futures waiting for ever when the connection ends: a hand-over needs the
opposite.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import ssl
from collections.abc import Callable, Mapping

from rotation.errors import SwitchFault
from rotation.switch._driver import Access

Message = dict[str, str]
LONGEST = 1 << 20
"""Octets of one line; more is no manager."""
REFUSALS = ("permission denied", "authentication failed", "invalid/unknown command")


class ManagerConnection:
    """One connection, logged in.

    Args:
        access: host, port, user, secret, TLS and the longest wait.
        on_event: called with every event that answers no action; must not block.
    """

    def __init__(self, access: Access, on_event: Callable[[Message], None]) -> None:
        self._access, self._on_event = access, on_event
        self._numbers = itertools.count(1)
        self._waiting: dict[str, asyncio.Future[Message]] = {}
        self._lists: dict[str, list[Message]] = {}
        self._writer: asyncio.StreamWriter | None = None
        self._reading: asyncio.Task[None] | None = None
        self._booted = asyncio.Event()
        self.closed = asyncio.Event()
        self.uptime_s: float | None = None

    async def open(self) -> None:
        """Connect, log in and wait until the switch has booted.

        Raises:
            SwitchFault: the login is refused, or this is no manager.
            OSError: the switch cannot be reached, or ends the connection.
            TimeoutError: it does not answer in time.
        """
        access, context = self._access, None
        if access.tls:
            context = ssl.create_default_context(cafile=access.ca_file or None)
        async with asyncio.timeout(access.timeout_s):
            reader, self._writer = await asyncio.open_connection(access.host, access.port, ssl=context, limit=LONGEST)
            greeting = await reader.readline()
        if not greeting:
            raise ConnectionResetError("the switch ended the connection before it said anything")
        if not greeting.startswith(b"Asterisk Call Manager"):
            raise SwitchFault(f"{access.host}:{access.port} is no Asterisk manager: it says {greeting[:60]!r}")
        self._reading = asyncio.create_task(self._read(reader))
        login = {"Action": "Login", "Username": access.user, "Secret": access.secret, "Events": "system,agent"}
        try:
            answer = await self.ask(login)
        except ConnectionResetError as error:
            raise ConnectionResetError("the switch ended the connection at the login; check user and secret") from error
        if answer.get("Response") != "Success":
            raise SwitchFault(
                f"{access.host}:{access.port} refuses the login of {access.user}: "
                f"{answer.get('Message', 'no reason')}; check user and secret, and manager.conf"
            )
        with contextlib.suppress(TimeoutError):  # without read=system there is no such event
            async with asyncio.timeout(min(access.timeout_s, 2)):
                await self._booted.wait()

    async def ask(self, action: Mapping[str, str]) -> Message:
        """Send an action and wait for its answer.

        Raises:
            OSError: the connection has ended.
            TimeoutError: no answer in time.
        """
        number = f"rotation-{next(self._numbers)}"
        future: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self._waiting[number] = future
        try:
            await self._send({**action, "ActionID": number})
            async with asyncio.timeout(self._access.timeout_s):
                return await future
        finally:
            self._waiting.pop(number, None)

    async def list(self, action: Mapping[str, str]) -> list[Message]:
        """Send an action that answers with a list of events.

        Raises:
            SwitchFault: the switch refuses.
            OSError: the connection has ended.
            TimeoutError: the list is not complete in time.
        """
        number = f"rotation-{next(self._numbers)}"
        future: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self._waiting[number], self._lists[number] = future, []
        try:
            await self._send({**action, "ActionID": number})
            async with asyncio.timeout(self._access.timeout_s):
                answer = await future
            if answer.get("Response") == "Error":
                raise SwitchFault(f"{action['Action']}: {answer.get('Message', 'refused')}")
            return self._lists[number]
        finally:
            self._waiting.pop(number, None)
            self._lists.pop(number, None)

    async def close(self) -> None:
        """End the connection."""
        if self._reading is not None:
            self._reading.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._reading
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        self._lost()

    async def _send(self, message: Mapping[str, str]) -> None:
        if self._writer is None or self.closed.is_set():
            raise ConnectionResetError("the connection has ended")
        if any(sign in value for value in message.values() for sign in "\r\n"):
            raise ValueError("a value of an action has more than one line")
        text = "".join(f"{key}: {value}\r\n" for key, value in message.items()) + "\r\n"
        self._writer.write(text.encode("utf-8"))
        await self._writer.drain()

    async def _read(self, reader: asyncio.StreamReader) -> None:
        message: Message = {}
        try:
            while line := await reader.readline():
                text = line.decode("utf-8", errors="replace").rstrip("\r\n")
                if text:
                    key, _, value = text.partition(":")
                    message[key.strip()] = value.strip()
                elif message:
                    self._sort(message)
                    message = {}
        except (OSError, ValueError):
            pass
        finally:
            self._lost()

    def _sort(self, message: Message) -> None:
        """Give a message to whoever waits for it."""
        number = message.get("ActionID", "")
        if "Response" in message:
            # The answer to an action that lists is only the beginning of its list.
            if number not in self._lists or message["Response"] == "Error":
                self._settle(number, message)
        elif number in self._lists:
            if message.get("EventList") == "Complete":
                self._settle(number, message)
            else:
                self._lists[number].append(message)
        elif "Event" in message:
            if message["Event"] == "FullyBooted":
                self._booted.set()
                uptime = message.get("Uptime", "")
                self.uptime_s = float(uptime) if uptime.isdigit() else None
            self._on_event(message)

    def _settle(self, number: str, message: Message) -> None:
        future = self._waiting.get(number)
        if future is not None and not future.done():
            future.set_result(message)

    def _lost(self) -> None:
        self.closed.set()
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(ConnectionResetError("the switch ended the connection"))
