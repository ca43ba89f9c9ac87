"""How calendars are spelt: escaping, folding, and the properties that make a feed. Knows nothing of what they say.

RFC 5545 and RFC 7986. The icalendar library builds the components; escaping and folding are done here, because the
library (7.3) turns a backslash before a capital N into a line break, leaves NAME and X-WR-CALNAME unescaped and may
fold inside an escape sequence.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from icalendar import Alarm, Calendar, Component, Event, Timezone, TimezoneStandard
from icalendar.parser_tools import to_unicode
from icalendar.prop import vDatetime, vDuration, vInt, vText, vUTCOffset

LINE_OCTETS = 75
PRODUCT = "-//rotation//customer service rotation//EN"
REFRESH = dt.timedelta(hours=1)
ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
TO_ESCAPE = re.compile(r"[\\;,\n]")
LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def clean(text: str) -> str:
    """A text as a calendar can carry it: every kind of line end becomes one, other control characters go."""
    return CONTROLS.sub("", LINE_ENDS.sub("\n", text)).strip()


def one_line(text: str) -> str:
    """A text on one line, for names."""
    return " ".join(clean(text).split())


class Text(vText):
    """A TEXT value, escaped by RFC 5545 section 3.3.11 and nothing more."""

    def to_ical(self) -> bytes:
        """The escaped text."""
        return TO_ESCAPE.sub(lambda found: ESCAPES[found[0]], self).encode("utf-8")


CONFIRMED = Text("CONFIRMED")
BUSY = (Text("OPAQUE"), Text("BUSY"))
FREE = (Text("TRANSPARENT"), Text("FREE"))


def fold(line: str) -> bytes:
    """Fold one content line at 75 octets, never inside a character or an escape sequence (RFC 5545 section 3.1)."""
    octets = line.encode("utf-8")
    pieces, first, limit = [], 0, LINE_OCTETS
    while len(octets) - first > limit:
        cut = first + limit
        while octets[cut] & 0xC0 == 0x80:
            cut -= 1
        backslashes = cut - len(octets[first:cut].rstrip(b"\\")) - first
        cut -= backslashes % 2
        pieces.append(octets[first:cut])
        # The blank that opens a continued line counts among its octets.
        first, limit = cut, LINE_OCTETS - 1
    pieces.append(octets[first:])
    return b"\r\n ".join(pieces)


def _lines(component: Component) -> list[bytes]:
    """Content lines of a component, properties in the order in which they were set."""
    return [fold(_content_line(name, value)) for name, value in component.property_items(sorted=False)]


def _content_line(name: str, value: Any) -> str:
    if isinstance(value, bytes):
        return f"{name}:{value.decode()}"
    parameters = "".join([f";{key}={given}" for key, given in value.params.items()]) if value.params else ""
    return f"{name}{parameters}:{to_unicode(value.to_ical())}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a calendar.

    Args:
        uid: stable id, never used for anything else.
        start: first instant, aware.
        end: first instant after it, aware.
        sequence: number of the change, from 0.
        summary: one line.
        description: any text.
        busy: whether the time is taken.
        category: one word or two.
    """

    uid: str
    start: dt.datetime
    end: dt.datetime
    sequence: int
    summary: str
    description: str
    busy: bool
    category: str = "Customer service"


def reminder(minutes: int, text: str) -> Alarm:
    """A reminder on the screen some minutes before an entry begins."""
    alarm = Alarm()
    alarm["ACTION"] = Text("DISPLAY")
    alarm["DESCRIPTION"] = Text(clean(text))
    alarm["TRIGGER"] = vDuration(-dt.timedelta(minutes=minutes))
    return alarm


def _utc(instant: dt.datetime) -> vDatetime:
    return vDatetime(instant.astimezone(dt.UTC).replace(microsecond=0))


def _event(entry: Entry, stamp: vDatetime) -> Event:
    event = Event()
    event["UID"] = Text(clean(entry.uid))
    event["DTSTAMP"] = event["LAST-MODIFIED"] = stamp
    event["SEQUENCE"] = vInt(entry.sequence)
    event["DTSTART"] = _utc(entry.start)
    event["DTEND"] = _utc(entry.end)
    event["SUMMARY"] = Text(one_line(entry.summary))
    event["DESCRIPTION"] = Text(clean(entry.description))
    event["STATUS"] = CONFIRMED
    event["TRANSP"], event["X-MICROSOFT-CDO-BUSYSTATUS"] = BUSY if entry.busy else FREE
    event["CATEGORIES"] = Text(entry.category)
    return event


def feed(name: str, entries: Iterable[Entry], stamped_at: dt.datetime, alarm: Alarm | None = None) -> bytes:
    """A calendar to subscribe to: all times in UTC, nobody invited, refreshed every hour.

    Args:
        name: the calendar's name.
        entries: in the order in which they are to be written.
        stamped_at: instant of the last change, aware.
        alarm: the reminder of every entry, if any.
    """
    calendar, stamp = Calendar(), _utc(stamped_at)
    for key, value in _properties(one_line(name)).items():
        calendar[key] = value
    *head, foot = _lines(calendar)
    # Every entry has the same reminder: it is spelt once.
    reminding, body = _lines(alarm) if alarm else [], []
    for entry in entries:
        *event, end = _lines(_event(entry, stamp))
        body += [*event, *reminding, end]
    return b"\r\n".join([*head, *(body or _lines(_utc_zone())), foot, b""])


def _properties(name: str) -> Mapping[str, object]:
    refresh = vDuration(REFRESH)
    refresh.params["VALUE"] = "DURATION"
    return {
        "VERSION": Text("2.0"),
        "PRODID": Text(PRODUCT),
        "CALSCALE": Text("GREGORIAN"),
        "METHOD": Text("PUBLISH"),
        "NAME": Text(name),
        "X-WR-CALNAME": Text(name),
        "REFRESH-INTERVAL": refresh,
        "X-PUBLISHED-TTL": vDuration(REFRESH),
    }


def _utc_zone() -> Timezone:
    """A calendar without any component is not valid (RFC 5545 section 3.6), so an empty one states what UTC is."""
    zone, standard = Timezone(), TimezoneStandard()
    zone["TZID"] = Text("Etc/UTC")
    standard["DTSTART"] = vDatetime(dt.datetime(1970, 1, 1))  # noqa: DTZ001 - local by definition
    standard["TZOFFSETFROM"] = standard["TZOFFSETTO"] = vUTCOffset(dt.timedelta(0))
    standard["TZNAME"] = Text("UTC")
    zone.add_component(standard)
    return zone
