"""Which addresses may be asked: http and https, no addresses of the own network unless that is allowed.

The name is resolved once, every address it has is judged, and the connection goes to the judged address: a name that
means something else a moment later gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket

import httpx2


class Refused(Exception):
    """An address that is not asked, or an answer that is not taken; the message says why."""


class GuardedTransport(httpx2.BaseTransport):
    """Sends requests to judged addresses only.

    Args:
        inner: what really sends.
        allow_private: whether addresses of the own network may be asked.
    """

    def __init__(self, inner: httpx2.BaseTransport, allow_private: bool) -> None:
        self._inner, self._allow_private = inner, allow_private

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Resolve, judge, and send to the address.

        Raises:
            Refused: the address may not be asked, or its name is unknown.
        """
        if request.url.scheme not in ("http", "https"):
            raise Refused(f"{request.url.scheme or 'an address without scheme'} is not http or https")
        host = request.url.host
        address = self._judged(host, request.url.port or (443 if request.url.scheme == "https" else 80))
        request.extensions = {**request.extensions, "sni_hostname": host}
        request.url = request.url.copy_with(host=address)
        return self._inner.handle_request(request)

    def close(self) -> None:
        """Let go of connections."""
        self._inner.close()

    def _judged(self, host: str, port: int) -> str:
        try:
            found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        except (OSError, UnicodeError) as error:
            raise Refused(f"the name {host} is unknown: {getattr(error, 'strerror', None) or error}") from error
        for address in found:
            if not self._allow_private and not _is_public(address):
                raise Refused(
                    f"{host} is {address}, an address of the own network; "
                    "allow_private_feeds in the policy's [calendars] allows that"
                )
        return found[0]


def _is_public(address: str) -> bool:
    parsed = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(parsed, "ipv4_mapped", None) or getattr(parsed, "sixtofour", None)
    return parsed.is_global and not parsed.is_multicast and (mapped is None or mapped.is_global)
