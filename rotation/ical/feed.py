"""Entries as calendars: feeds to subscribe to, and resources of a CalDAV server (RFC 5545, 7986). Knows no shift."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rotation.ical.spelling import clean, escaped, fold, one_line, utc

PRODUCT = "-//rotation//customer service rotation//EN"
HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN")
REFRESH = "PT1H"
# A calendar without any component is not valid (RFC 5545 section 3.6), so an empty one states what UTC is.
NOTHING = (
    "BEGIN:VTIMEZONE",
    "TZID:Etc/UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "TZNAME:UTC",
    "END:STANDARD",
    "END:VTIMEZONE",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a calendar.

    Args:
        uid: stable id, never used for anything else.
        start: first instant, aware.
        end: first instant after it, aware.
        sequence: number of the change, from 0.
        changed_at: instant of that change, aware.
        summary: one line.
        description: any text.
        busy: whether the time is taken.
        cancelled: whether it is called off; its time is free then.
        url: an address to go on from, empty without.
        category: one word or two.
    """

    uid: str
    start: dt.datetime
    end: dt.datetime
    sequence: int
    changed_at: dt.datetime
    summary: str
    description: str
    busy: bool
    cancelled: bool = False
    url: str = ""
    category: str = "Customer service"


def reminder(minutes: int, text: str) -> tuple[str, ...]:
    """Lines of a reminder on the screen some minutes before an entry begins; none for 0 minutes."""
    if not minutes:
        return ()
    description = f"DESCRIPTION:{escaped(clean(text))}"
    return ("BEGIN:VALARM", "ACTION:DISPLAY", description, f"TRIGGER:-PT{minutes}M", "END:VALARM")


def event_lines(entry: Entry, more: Sequence[str] = (), alarm: Sequence[str] = ()) -> list[str]:
    """Content lines of an entry, not yet folded.

    Args:
        entry: the entry.
        more: further properties, as lines.
        alarm: lines of its reminder; a cancelled entry has none.
    """
    stamp = utc(entry.changed_at)
    busy = entry.busy and not entry.cancelled
    return [
        "BEGIN:VEVENT",
        f"UID:{escaped(clean(entry.uid))}",
        f"DTSTAMP:{stamp}",
        f"LAST-MODIFIED:{stamp}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTART:{utc(entry.start)}",
        f"DTEND:{utc(entry.end)}",
        f"SUMMARY:{escaped(one_line(entry.summary))}",
        f"DESCRIPTION:{escaped(clean(entry.description))}",
        "STATUS:CANCELLED" if entry.cancelled else "STATUS:CONFIRMED",
        "TRANSP:OPAQUE" if busy else "TRANSP:TRANSPARENT",
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY" if busy else "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        f"CATEGORIES:{escaped(one_line(entry.category))}",
        *([f"URL:{one_line(entry.url)}"] if entry.url else ()),
        *more,
        *(() if entry.cancelled else alarm),
        "END:VEVENT",
    ]


def calendar(lines: Iterable[str]) -> bytes:
    """Content lines between head and foot as the bytes of a calendar."""
    return b"\r\n".join([*map(fold, (*HEAD, *lines, "END:VCALENDAR")), b""])


def feed(name: str, entries: Iterable[Entry], alarm: Sequence[str] = ()) -> bytes:
    """A calendar to subscribe to: all times in UTC, nobody invited, refreshed every hour.

    Args:
        name: the calendar's name.
        entries: in the order in which they are to be written.
        alarm: lines of the reminder of every entry.
    """
    spelt = escaped(one_line(name))
    head = ["METHOD:PUBLISH", f"NAME:{spelt}", f"X-WR-CALNAME:{spelt}"]
    head += [f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}", f"X-PUBLISHED-TTL:{REFRESH}"]
    body = [line for entry in entries for line in event_lines(entry, alarm=alarm)]
    return calendar((*head, *(body or NOTHING)))


def resource(entry: Entry, alarm: Sequence[str] = ()) -> bytes:
    """A calendar of one entry without METHOD, as CalDAV servers store it (RFC 4791 section 4.1).

    Args:
        entry: the entry.
        alarm: lines of its reminder.
    """
    return calendar(event_lines(entry, alarm=alarm))
