"""FreeSWITCH's event socket as a protocol: login, and commands with their answers. Knows no queues.

Our own because the one maintained library (genesis) brings a web server, redis and telemetry with it and has no TLS.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl

from rotation.errors import SwitchFault
from rotation.switch._driver import Access

LONGEST = 64 << 20


class EventSocket:
    """One connection, logged in. Commands are answered in the order in which they were sent."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._writer: asyncio.StreamWriter | None = None
        self._reading: asyncio.Task[None] | None = None
        self._waiting: list[asyncio.Future[tuple[str, str]]] = []
        self.closed = asyncio.Event()

    async def open(self) -> None:
        """Connect and log in.

        Raises:
            SwitchFault: the login is refused, or this is no event socket.
            OSError: the switch cannot be reached, or ends the connection.
            TimeoutError: it does not answer in time.
        """
        access = self._access
        context = ssl.create_default_context(cafile=access.ca_file or None) if access.tls else None
        async with asyncio.timeout(access.timeout_s):
            reader, self._writer = await asyncio.open_connection(access.host, access.port, ssl=context)
            head = await self._head(reader)
        kind = head.get("content-type", "")
        if kind == "text/rude-rejection":
            raise SwitchFault(f"{access.host}:{access.port} rejects this address; see acl of event_socket.conf")
        if kind != "auth/request":
            raise SwitchFault(f"{access.host}:{access.port} is no FreeSWITCH event socket")
        self._reading = asyncio.create_task(self._read(reader))
        answer = await self._send(f"auth {access.secret}")
        if not answer[0].startswith("+OK"):
            raise SwitchFault(f"{access.host}:{access.port} refuses the password; see event_socket.conf")

    async def api(self, command: str) -> str:
        """The answer to a command.

        Raises:
            OSError: the connection has ended.
            TimeoutError: no answer in time.
        """
        return (await self._send(f"api {command}"))[1]

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

    async def _send(self, line: str) -> tuple[str, str]:
        if self._writer is None or self.closed.is_set():
            raise ConnectionResetError("the connection has ended")
        if "\n" in line or "\r" in line:
            raise ValueError("a command has more than one line")
        future: asyncio.Future[tuple[str, str]] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        self._writer.write(f"{line}\n\n".encode())
        await self._writer.drain()
        async with asyncio.timeout(self._access.timeout_s):
            return await future

    async def _head(self, reader: asyncio.StreamReader) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            line = await reader.readline()
            if not line:
                raise ConnectionResetError("the switch ended the connection")
            text = line.decode("utf-8", errors="replace").strip()
            if text:
                key, _, value = text.partition(":")
                found[key.strip().casefold()] = value.strip()
            elif found:
                return found

    async def _read(self, reader: asyncio.StreamReader) -> None:
        try:
            while True:
                head = await self._head(reader)
                length = int(head.get("content-length", "0"))
                if not 0 <= length <= LONGEST:
                    raise ValueError(f"a message of {length} octets")
                body = (await reader.readexactly(length)).decode("utf-8", errors="replace")
                kind = head.get("content-type", "")
                if kind in ("command/reply", "api/response") and self._waiting:
                    future = self._waiting.pop(0)
                    if not future.done():
                        future.set_result((head.get("reply-text", ""), body))
                elif kind == "text/disconnect-notice":
                    return
        except (OSError, ValueError, EOFError):
            return
        finally:
            self._lost()

    def _lost(self) -> None:
        self.closed.set()
        for future in self._waiting:
            if not future.done():
                future.set_exception(ConnectionResetError("the switch ended the connection"))
        self._waiting.clear()
