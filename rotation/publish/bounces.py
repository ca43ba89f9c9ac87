"""Messages that came back, read from the sender's mailbox (delivery status notifications, RFC 3464)."""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Bounce:
    """A message that did not arrive.

    Args:
        message_id: its Message-ID.
        reason: what the mail system said.
    """

    message_id: str
    reason: str


def bounces_in(file: Path) -> Iterator[Bounce]:
    """Every failed delivery that a mailbox reports.

    Args:
        file: the mailbox (mbox).
    """
    box = mailbox.mbox(file, create=False)
    try:
        for message in box:
            if message.get_content_type() == "multipart/report" and (found := _bounce(message)):
                yield found
    finally:
        box.close()


def _bounce(message: Message) -> Bounce | None:
    reason, message_id = "", ""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            reason = _failure(part) or reason
        elif part.get_content_type() == "text/rfc822-headers":
            text = str(part.get_payload())
            message_id = next(
                (line[11:].strip() for line in text.splitlines() if line.lower().startswith("message-id:")), ""
            )
        elif part is not message and part["Message-ID"]:
            message_id = str(part["Message-ID"]).strip()
    return Bounce(message_id, reason) if reason and message_id else None


def _failure(status: Message) -> str:
    """The diagnosis of a final failure, empty when delivery is only delayed or went well."""
    blocks = status.get_payload()
    for block in blocks if isinstance(blocks, list) else ():
        if isinstance(block, Message) and str(block.get("Action", "")).strip().lower() == "failed":
            return " ".join(str(block.get("Diagnostic-Code", block.get("Status", "failed"))).split())[:150]
    return ""
