"""Copies of calendars that were fetched from addresses: the last good one of each person, and how the last try went.

``calendars/fetched/EMPLOYEE_ID.ics`` with ``EMPLOYEE_ID.json``. Knows no network and no clock.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

FOLDER = Path("calendars", "fetched")


@dataclass(frozen=True, slots=True)
class CopyState:
    """What is known of a copy.

    Args:
        source: digest of the address; addresses hold secrets and are not written down twice.
        etag: as the server gave it, empty without.
        last_modified: as the server gave it, empty without.
        fetched_at: when the copy was last known to be current, ISO 8601; empty when there is none.
        error: why the last try failed; empty when it did not.
    """

    source: str = ""
    etag: str = ""
    last_modified: str = ""
    fetched_at: str = ""
    error: str = ""

    def to_bytes(self) -> bytes:
        """The state as JSON."""
        return (json.dumps(asdict(self), indent=2) + "\n").encode()


def source_of(url: str) -> str:
    """The digest of an address."""
    return hashlib.sha256(url.encode()).hexdigest()


def state_of(company: Path, employee_id: str) -> CopyState:
    """What is known of a person's copy; nothing when the file is missing or cannot be read."""
    try:
        found = json.loads((company / FOLDER / f"{employee_id}.json").read_text("utf-8"))
        return CopyState(**{key: str(found.get(key, "")) for key in CopyState.__dataclass_fields__})
    except (OSError, ValueError, AttributeError):
        return CopyState()
