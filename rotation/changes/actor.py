"""Who does something, when, for whom and why: what the audit trail remembers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts.

    Args:
        name: who.
        at: the instant, aware.
        reason: why, in the own words.
        on_behalf_of: employee id of whoever it is done for, empty for oneself.
    """

    name: str
    at: dt.datetime
    reason: str = ""
    on_behalf_of: str = ""
