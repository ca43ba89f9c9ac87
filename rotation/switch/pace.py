"""How often a keeper looks at its switch, and how patiently it connects again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a keeper looks.

    Args:
        poll_s: while somebody is waited for, seconds.
        check_s: otherwise, to mend what others changed, seconds.
        first_retry_s: after a lost connection, seconds; twenty times, then doubled up to ``last_retry_s``.
        last_retry_s: longest pause between two attempts to connect, seconds.
    """

    poll_s: float = 1
    check_s: float = 10
    first_retry_s: float = 0.5
    last_retry_s: float = 30
