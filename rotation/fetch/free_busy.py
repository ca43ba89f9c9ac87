"""When somebody is busy, from a CalDAV server that shows no more than that (RFC 4791 section 7.10)."""

from __future__ import annotations

import datetime as dt

import httpx2

from rotation.fetch.addresses import Refused
from rotation.fetch.download import STEP_S
from rotation.ical.spelling import utc
from rotation.intake.calendar_text import LARGEST_CALENDAR

BACK, AHEAD = dt.timedelta(days=7), dt.timedelta(days=120)


def free_busy(client: httpx2.Client, url: str, now: dt.datetime, auth: httpx2.Auth | None = None) -> bytes:
    """Ask a calendar collection for its busy times, from a week ago to four months ahead.

    Args:
        client: sends the request.
        url: the collection.
        now: the instant, aware.
        auth: the login, if any.

    Returns:
        A calendar with VFREEBUSY.

    Raises:
        Refused: the server does not answer with busy times.
        httpx2.HTTPError: the server cannot be reached.
    """
    span = f'start="{utc(now - BACK)}" end="{utc(now + AHEAD)}"'
    body = (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<C:free-busy-query xmlns:C="urn:ietf:params:xml:ns:caldav"><C:time-range {span}/></C:free-busy-query>'
    )
    headers = {"content-type": "application/xml; charset=utf-8", "depth": "1", "accept-encoding": "identity"}
    with client.stream("REPORT", url, content=body, headers=headers, auth=auth, timeout=STEP_S) as response:
        if response.status_code != 200:
            raise Refused(f"the server answers {response.status_code} {response.reason_phrase}".strip())
        found = bytearray()
        for piece in response.iter_raw():
            found += piece
            if len(found) > LARGEST_CALENDAR:
                raise Refused(f"has more than {LARGEST_CALENDAR:,} bytes")
    if b"BEGIN:VFREEBUSY" not in found:
        raise Refused("the server's answer holds no busy times")
    return bytes(found)
