"""A real mail server on loopback, with TLS and login, that keeps what it takes."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

USER, PASSWORD = "rotation", "pass word;1"


@dataclass
class Taken:
    """What the server has taken, and how it behaves.

    Args:
        delay_s: seconds between having received a message and saying so.
        refused: addresses it does not know.
        busy: addresses it asks to try again later.
        broken_after: closes the connection instead of taking the message after so many.
    """

    delay_s: float = 0.0
    refused: set[str] = field(default_factory=set)
    busy: set[str] = field(default_factory=set)
    broken_after: int = 10**9
    envelopes: list[tuple[str, EmailMessage]] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: Any, session: Any, envelope: Envelope, address: str, options: Any
    ) -> str:
        if address in self.refused:
            return "550 5.1.1 no such user"
        if address in self.busy:
            return "451 4.3.0 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the library's name
        self, server: Any, session: Any, envelope: Envelope
    ) -> str:
        if len(self.envelopes) >= self.broken_after:
            server.transport.abort()
            return "421 gone"
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.envelopes += [(address, message) for address in envelope.rcpt_tos]
        await asyncio.sleep(self.delay_s)
        return "250 2.0.0 taken"

    @property
    def ids(self) -> list[str]:
        return [message["Message-ID"] for _, message in self.envelopes]


def _authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=good, handled=good)


@contextmanager
def mail_server(folder: Path, taken: Taken, security: str = "starttls") -> Iterator[tuple[int, Path]]:
    """Run the server; gives its port and the certificate of who vouches for it."""
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(folder / "ca.pem")
    tls = {"ssl_context": context} if security == "tls" else {"tls_context": context, "require_starttls": True}
    words = {"auth_required": True, "authenticator": _authenticate, "auth_require_tls": security != "tls"}
    controller = _Controller(taken, hostname="127.0.0.1", port=0, **tls, **words)
    controller.start()
    try:
        yield controller.server.sockets[0].getsockname()[1], folder / "ca.pem"
    finally:
        controller.stop()


class _Controller(Controller):
    """Finds its own port."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        if self.ssl_context is None:
            super()._trigger_server()
            return
        # The library would greet with a context that knows no certificate of this server.
        trusting = ssl._create_unverified_context()
        with socket.create_connection((self.hostname, self.port), 5) as plain, trusting.wrap_socket(plain) as secure:
            secure.recv(1024)
