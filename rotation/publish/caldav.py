"""Shifts on a CalDAV server (RFC 4791): one resource an entry, written and removed under entity tags.

Plain HTTP: the caldav library builds events of its own, raises SEQUENCE when it saves and would rewrite what tests hold
to the byte. Resources of this program are known by their names; all others are never touched.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import httpx2
from icalendar import Calendar

from rotation.ical import Entry, resource
from rotation.store.resources import Pushed

OURS = "rotation-"
DAV, CALDAV = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
LIST = '<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><getetag/><resourcetype/></prop></propfind>'
LARGEST_LIST = 50_000_000
STEP_S = 30.0


class Rejected(Exception):
    """What a server does not do; the message says what and why."""


@dataclass
class Pushing:
    """How it went for one collection.

    Args:
        added: resources that were not there.
        changed: resources that were there and said something else.
        removed: resources of shifts that are gone.
        unchanged: resources that needed nothing.
    """

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    failures: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Memory:
    """What was pushed before, and how to remember what is pushed now, each at once and for good.

    Args:
        known: by name.
        keep: remembers a resource.
        forget: forgets one by its name.
    """

    known: Mapping[str, Pushed]
    keep: Callable[[Pushed], None]
    forget: Callable[[str], None]


def name_of(uid: str) -> str:
    """The name of an entry's resource: the same for ever, and nothing that a path could trip over."""
    return f"{OURS}{hashlib.sha256(uid.encode()).hexdigest()[:32]}.ics"


def push(
    client: httpx2.Client,
    collection: str,
    entries: Iterable[Entry],
    alarm: tuple[str, ...],
    memory: Memory,
    since: dt.datetime,
) -> Pushing:
    """Make a collection hold exactly the given entries, beside whatever is not this program's.

    Args:
        client: with the login, if any.
        collection: address of the calendar; made when it is missing.
        entries: what it shall hold; called-off ones are removed.
        alarm: lines of the reminder of every entry.
        memory: what was pushed before.
        since: entries that ended before it are left as they are.

    Raises:
        Rejected: the server does not let the collection be read or made.
        httpx2.HTTPError: the server cannot be reached.
    """
    base = collection.rstrip("/") + "/"
    there, done = _list(client, base), Pushing()
    wanted = {name_of(entry.uid): entry for entry in entries if not entry.cancelled}
    for name, entry in wanted.items():
        content = resource(entry, alarm)
        digest = hashlib.sha256(content).hexdigest()
        known, tag = memory.known.get(name), there.get(name)
        if tag is not None and known is not None and (known.etag, known.digest) == (tag, digest):
            done.unchanged += 1
            continue
        try:
            new = _put(client, base + name, content, tag)
        except Rejected as error:
            done.failures.append(f"{entry.uid}: {error}")
            continue
        memory.keep(Pushed(name, new, digest, entry.end))
        done.added += tag is None
        done.changed += tag is not None
    for name, tag in there.items():
        if name.startswith(OURS) and name not in wanted:
            _remove(client, base + name, name, tag, memory, since, done)
    for name in set(memory.known) - set(there) - set(wanted):
        memory.forget(name)
    return done


def _list(client: httpx2.Client, base: str) -> dict[str, str]:
    """Entity tags of the resources in a collection by name."""
    headers = {"depth": "1", "content-type": "application/xml; charset=utf-8"}
    response = client.request("PROPFIND", base, content=LIST, headers=headers, timeout=STEP_S)
    if response.status_code == 404:
        made = client.request("MKCALENDAR", base, timeout=STEP_S)
        if made.status_code != 201:
            raise Rejected(f"the calendar is not there and cannot be made: {_word(made)}")
        return {}
    if response.status_code != 207:
        raise Rejected(f"the calendar cannot be read: {_word(response)}")
    if len(response.content) > LARGEST_LIST or b"<!ENTITY" in response.content:
        raise Rejected("the server's list of the calendar is too large or not to be trusted")
    try:
        root = ElementTree.fromstring(response.content)
    except ElementTree.ParseError as error:
        raise Rejected(f"the server's list of the calendar is no XML: {error}") from error
    found = {}
    for one in root.iter(f"{DAV}response"):
        path = unquote(urlsplit(one.findtext(f"{DAV}href", "").strip()).path)
        tag = one.findtext(f".//{DAV}getetag")
        if tag and not path.endswith("/"):
            found[path.rpartition("/")[2]] = tag
    return found


def _put(client: httpx2.Client, url: str, content: bytes, tag: str | None) -> str:
    """Write a resource over the one with a tag, or where there is none; gives the new tag."""
    headers = {"content-type": "text/calendar; charset=utf-8"}
    headers |= {"if-none-match": "*"} if tag is None else {"if-match": tag}
    response = client.put(url, content=content, headers=headers, timeout=STEP_S)
    if response.status_code == 412:  # somebody was faster: once more, over what is there now
        now = client.head(url, timeout=STEP_S).headers.get("etag")
        headers.pop("if-none-match", None)
        again = {**headers, "if-match": now} if now else {**headers, "if-none-match": "*"}
        response = client.put(url, content=content, headers=again, timeout=STEP_S)
    if response.status_code not in (200, 201, 204):
        raise Rejected(_word(response))
    new = response.headers.get("etag") or client.head(url, timeout=STEP_S).headers.get("etag", "")
    return str(new)


def _remove(
    client: httpx2.Client, url: str, name: str, tag: str, memory: Memory, since: dt.datetime, done: Pushing
) -> None:
    """Remove a resource of ours that is not wanted, unless its shift is over: that one is history."""
    known = memory.known.get(name)
    end = known.end_at if known else _end_of(client, url)
    if end is not None and end <= since:
        return
    response = client.delete(url, headers={"if-match": tag}, timeout=STEP_S)
    if response.status_code not in (200, 204, 404):
        done.failures.append(f"{name} cannot be removed: {_word(response)}")
        return
    memory.forget(name)
    done.removed += 1


def _end_of(client: httpx2.Client, url: str) -> dt.datetime | None:
    """When a resource's entry ends, None when it does not say."""
    try:
        (event,) = Calendar.from_ical(client.get(url, timeout=STEP_S).content).walk("VEVENT")
    except ValueError:
        return None
    end = getattr(event.get("DTEND"), "dt", None)
    return end if isinstance(end, dt.datetime) and end.tzinfo else None


def _word(response: httpx2.Response) -> str:
    hint = "; set --user and ROTATION_CALDAV_PASSWORD" if response.status_code in (401, 403) else ""
    return f"the server answers {response.status_code} {response.reason_phrase}".strip() + hint
