"""What counts as busy in one calendar. Knows no file format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

AllDay = Literal["as_marked", "busy", "free"]


@dataclass(frozen=True, slots=True)
class Reading:
    """The choices for one calendar; cancelled entries are free in any case.

    Args:
        tentative_is_busy: whether tentative entries count as busy.
        all_day: entries of whole days are busy or free as the calendar marks them, always busy, or always free.
        marked_free_is_busy: whether entries marked free (TRANSP:TRANSPARENT) count as busy: for feeds that mark
            everything free.
        without_own: whether shifts of this program, which people subscribe to, are left out.
    """

    tentative_is_busy: bool = False
    all_day: AllDay = "as_marked"
    marked_free_is_busy: bool = False
    without_own: bool = False

    def is_busy(self, status: str, transparency: str, whole_day: bool, uid: str) -> bool:
        """Whether an entry counts.

        Args:
            status: STATUS, empty when the entry has none.
            transparency: TRANSP, empty when the entry has none.
            whole_day: whether it begins on a date rather than at an instant.
            uid: its UID.
        """
        status = status.strip().upper()
        if status == "CANCELLED" or (status == "TENTATIVE" and not self.tentative_is_busy):
            return False
        if self.without_own and is_own(uid):
            return False
        if whole_day and self.all_day != "as_marked":
            return self.all_day == "busy"
        return self.marked_free_is_busy or transparency.strip().upper() != "TRANSPARENT"


def is_own(uid: str) -> bool:
    """Whether an entry is one of this program's: its UID says so."""
    return uid.strip().endswith(("@rotation", ".rotation"))
