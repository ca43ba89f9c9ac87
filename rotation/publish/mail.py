"""Word to those whose shifts changed, by mail: one message a shift with its entry for the calendar (iMIP, RFC 6047).

A message is noted before it is handed over and again when the server has taken it. A program that is killed in between
leaves a message in doubt, which is not sent a second time unless asked for.
"""

from __future__ import annotations

import datetime as dt
import re
import smtplib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from typing import Literal

from rotation.ical import Entry, invitation
from rotation.ical.spelling import one_line
from rotation.store.deliveries import Delivery, State

Why = Literal["", "over", "superseded", "no address"]


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to one person about one shift.

    Args:
        shift_id: about which shift.
        employee_id: to whom.
        name: the person's name.
        address: the person's address.
        entry: the shift as the person's calendar shows it.
        when: the shift's time on the person's clock.
        alarm: lines of the reminder.
    """

    shift_id: str
    employee_id: str
    name: str
    address: str
    entry: Entry
    when: str
    alarm: tuple[str, ...]

    @property
    def key(self) -> tuple[str, int]:
        """Shift and number of the change."""
        return self.shift_id, self.entry.sequence

    @property
    def kind(self) -> str:
        """``new``, ``changed`` or ``cancelled``."""
        return "cancelled" if self.entry.cancelled else "changed" if self.entry.sequence else "new"


def message_of(notice: Notice, sender: tuple[str, str], at: dt.datetime) -> EmailMessage:
    """The message, with a text for people and the entry for calendars.

    Args:
        notice: what it says.
        sender: name and address.
        at: its date, aware.
    """
    entry = notice.entry
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(one_line(sender[0]), addr_spec=sender[1])
    message["To"] = Address(one_line(notice.name), addr_spec=notice.address)
    message["Subject"] = f"{one_line(entry.summary)}, {notice.when}"
    message["Date"] = at
    message["Message-ID"] = message_id(notice.shift_id, entry.sequence, sender[1])
    message["Auto-Submitted"] = "auto-generated"
    words = {"new": "A shift is planned for you", "changed": "A shift of yours has changed"}
    first = words.get(notice.kind, "A shift of yours is called off")
    message.set_content(f"{first}: {notice.when}.\n\n{entry.description}\n", cte="quoted-printable")
    method = "CANCEL" if entry.cancelled else "REQUEST"
    content = invitation(entry, sender, (notice.name, notice.address), notice.alarm)
    parameters = {"method": method, "component": "VEVENT", "name": "shift.ics"}
    message.add_alternative(content.decode(), subtype="calendar", params=parameters, cte="base64")
    return message


def message_id(shift_id: str, sequence: int, sender: str) -> str:
    """The id of the message about a change, the same however often it is built."""
    return f"<{re.sub(r'[^A-Za-z0-9.-]', '_', shift_id)}.{sequence}.rotation@{sender.rpartition('@')[2]}>"


def still_to_send(notices: Iterable[Notice], known: Mapping[tuple[str, int], Delivery], again: bool) -> list[Notice]:
    """The notices that no server has taken yet.

    Args:
        notices: all of a release.
        known: the last word on each.
        again: whether those in doubt and those refused for good are tried once more.
    """

    def is_open(notice: Notice) -> bool:
        last = known.get(notice.key)
        if last is None or (last.state == "refused" and last.reply.startswith("4")):
            return True
        return again and last.state != "sent"

    return [notice for notice in notices if is_open(notice)]


Note = Callable[[Notice, State, str], bool]
UTF8 = ("SMTPUTF8", "BODY=8BITMIME")


def hand_over(server: smtplib.SMTP, notice: Notice, sender: tuple[str, str], at: dt.datetime, note: Note) -> str:
    """Send one message.

    Args:
        server: connected and logged in.
        notice: what it says.
        sender: name and address.
        at: its date, aware.
        note: writes down ``begun``, ``sent`` or ``refused`` with the server's word, for good; says no to ``begun`` when
            another program has begun it meanwhile.

    Returns:
        Why the server refused it, empty when it took it.

    Raises:
        smtplib.SMTPServerDisconnected: the connection broke; the message is in doubt when it was begun.
    """
    message = message_of(notice, sender, at)
    beyond_ascii = not (notice.address + sender[1]).isascii()
    if beyond_ascii and not server.has_extn("smtputf8"):
        return _refused(notice, 553, b"the mail server takes no address beyond ASCII", note)
    # Whoever cannot be reached is refused before anything is in doubt.
    code, reply = server.mail(sender[1], UTF8 if beyond_ascii else ())
    if code == 250:
        code, reply = server.rcpt(notice.address)
    if code not in (250, 251):
        server.rset()
        return _refused(notice, code, reply, note)
    content = message.as_bytes(policy=SMTPUTF8 if beyond_ascii else SMTP)
    if not note(notice, "begun", ""):
        server.rset()
        return ""
    try:
        code, reply = server.data(content)
    except smtplib.SMTPDataError as error:
        code, reply = error.smtp_code, error.smtp_error if isinstance(error.smtp_error, bytes) else b""
    if code != 250:
        server.rset()
        return _refused(notice, code, reply, note)
    note(notice, "sent", reply.decode("utf-8", "replace")[:200])
    return ""


def _refused(notice: Notice, code: int, reply: bytes, note: Note) -> str:
    word = f"{code} {reply.decode('utf-8', 'replace')}"[:200]
    note(notice, "refused", word)
    return word
