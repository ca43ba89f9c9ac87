"""One address -> the bytes of a calendar, within limits of size and redirects; unchanged ones are not sent again."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import httpx2

from rotation.fetch.addresses import Refused
from rotation.intake.calendar_text import LARGEST_CALENDAR

MOST_REDIRECTS = 5
STEP_S = 10.0
"""Longest wait for a connection, or for the next bytes of an answer, seconds."""


@dataclass(frozen=True, slots=True)
class Downloaded:
    """An answer.

    Args:
        content: the calendar; None when it has not changed.
        etag: as the server gave it, empty without.
        last_modified: as the server gave it, empty without.
    """

    content: bytes | None
    etag: str
    last_modified: str


def download(client: httpx2.Client, url: str, etag: str = "", last_modified: str = "") -> Downloaded:
    """Fetch a calendar.

    Args:
        client: follows no redirects by itself.
        url: the address.
        etag: of the copy that is there, empty without.
        last_modified: of the copy that is there, empty without.

    Raises:
        Refused: the answer is not a calendar that can be taken.
        httpx2.HTTPError: the server cannot be reached.
    """
    headers = {"accept": "text/calendar, */*;q=0.5", "accept-encoding": "gzip"}
    headers |= {"if-none-match": etag} if etag else {}
    headers |= {"if-modified-since": last_modified} if last_modified else {}
    at = httpx2.URL(url)
    for _ in range(MOST_REDIRECTS + 1):
        with client.stream("GET", at, headers=headers, timeout=STEP_S) as response:
            if response.has_redirect_location:
                at = _next(at, response)
                continue
            if response.status_code == 304 and (etag or last_modified):
                return Downloaded(None, etag, last_modified)
            if response.status_code != 200:
                raise Refused(f"the server answers {response.status_code} {response.reason_phrase}".strip())
            content = _content(response)
            return Downloaded(content, response.headers.get("etag", ""), response.headers.get("last-modified", ""))
    raise Refused(f"is redirected more than {MOST_REDIRECTS} times")


def _next(at: httpx2.URL, response: httpx2.Response) -> httpx2.URL:
    try:
        target = at.join(response.headers["location"])
    except (httpx2.InvalidURL, ValueError) as error:
        raise Refused(f"is redirected to an address that is none: {error}") from error
    if at.scheme == "https" and target.scheme != "https":
        raise Refused("is redirected from https to an address without encryption")
    return target


def _content(response: httpx2.Response) -> bytes:
    """The body, unpacked piece by piece: a few kilobytes that unpack to gigabytes end at the limit."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip", "x-gzip"):
        raise Refused(f"is sent in the encoding {encoding}, which was not asked for")
    unpack = zlib.decompressobj(wbits=31) if "gzip" in encoding else None
    found = bytearray()
    try:
        for piece in response.iter_raw():
            room = LARGEST_CALENDAR + 1 - len(found)
            found += unpack.decompress(piece, room) if unpack else piece[:room]
            if len(found) > LARGEST_CALENDAR:
                raise Refused(f"has more than {LARGEST_CALENDAR:,} bytes")
    except zlib.error as error:
        raise Refused(f"cannot be unpacked: {error}") from error
    if unpack is not None and not unpack.eof:
        raise Refused("cannot be unpacked: it is cut off")
    return bytes(found)
