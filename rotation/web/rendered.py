"""A feed as bytes with everything that conditional requests need (RFC 9110). Knows no secret and no store."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import format_datetime, parsedate_to_datetime

from rotation.ical import feed
from rotation.ical.entries import not_over
from rotation.publish.weeks import Owner, WeekEntries

WORTH_COMPRESSING = 512


@dataclass(frozen=True, slots=True)
class Rendered:
    """A feed, ready to be sent.

    Args:
        content: the calendar.
        compressed: the same by gzip.
        etag: strong entity tag of the content, quoted.
        compressed_etag: that of the compressed content.
        modified_at: instant of the last change, whole seconds.
        fresh_until: when a called-off shift passes and drops out; None when none does.
    """

    content: bytes
    compressed: bytes
    etag: str
    compressed_etag: str
    modified_at: dt.datetime
    fresh_until: dt.datetime | None

    @property
    def last_modified(self) -> str:
        """The last change as HTTP spells it."""
        return format_datetime(self.modified_at, usegmt=True)

    def is_known(self, none_match: str | None, modified_since: str | None) -> bool:
        """Whether a client has this already (304).

        Args:
            none_match: If-None-Match, which decides when it is there.
            modified_since: If-Modified-Since.
        """
        if none_match is not None:
            tags = {tag.strip().removeprefix("W/") for tag in none_match.split(",")}
            return bool(tags & {"*", self.etag, self.compressed_etag})
        if modified_since is None:
            return False
        try:
            since = parsedate_to_datetime(modified_since)
        except ValueError:
            return False
        return (since if since.tzinfo else since.replace(tzinfo=dt.UTC)) >= self.modified_at


def rendered(owner: Owner, weeks: Sequence[WeekEntries], since: dt.datetime, now: dt.datetime) -> Rendered:
    """The feed of an owner over several weeks.

    Args:
        owner: whose.
        weeks: the weeks in force, in order.
        since: when the feed was created, aware.
        now: the instant, aware.
    """
    entries = [entry for week in weeks for entry in week.entries.get(owner, ())]
    name = next((week.names[owner] for week in reversed(weeks) if owner in week.names), "Customer service")
    alarm = weeks[-1].alarm if weeks and owner[0] == "employee" else ()
    content = feed(name, not_over(entries, now), alarm)
    digest = hashlib.sha256(content).hexdigest()[:32]
    ends = [entry.end for entry in entries if entry.cancelled]
    changes = [since, *(week.released_at for week in weeks), *(end for end in ends if end <= now)]
    return Rendered(
        content,
        gzip.compress(content, 6, mtime=0) if len(content) >= WORTH_COMPRESSING else b"",
        f'"{digest}"',
        f'"{digest}-gzip"',
        max(changes).astimezone(dt.UTC).replace(microsecond=0),
        min((end for end in ends if end > now), default=None),
    )
