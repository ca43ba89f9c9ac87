"""An entry as a message to the person concerned (iMIP, RFC 6047): a request, or word that it is called off."""

from __future__ import annotations

from rotation.ical.feed import Entry, calendar, event_lines
from rotation.ical.spelling import parameter

Person = tuple[str, str]


def invitation(entry: Entry, organizer: Person, attendee: Person, alarm: tuple[str, ...] = ()) -> bytes:
    """One entry for one person: METHOD:CANCEL when it is called off, else REQUEST; UID and SEQUENCE as in the feed.

    Args:
        entry: the entry.
        organizer: name and e-mail address of who plans.
        attendee: name and e-mail address of the person.
        alarm: lines of the reminder.
    """
    method = "CANCEL" if entry.cancelled else "REQUEST"
    state = "" if entry.cancelled else ";PARTSTAT=ACCEPTED;RSVP=FALSE"
    more = [
        f"ORGANIZER;CN={parameter(organizer[0])}:mailto:{organizer[1]}",
        f"ATTENDEE;CN={parameter(attendee[0])};ROLE=REQ-PARTICIPANT{state}:mailto:{attendee[1]}",
    ]
    return calendar([f"METHOD:{method}", *event_lines(entry, more, alarm)])
