"""The name of a zone -> the zone."""

from __future__ import annotations

from zoneinfo import ZoneInfo, available_timezones

from rotation.errors import UsageFault
from rotation.intake.closest import Closest


def zone_of(name: str, option: str) -> ZoneInfo:
    """The zone of an IANA name.

    Args:
        name: as the user gave it.
        option: where, for the error.

    Raises:
        UsageFault: there is no such zone.
    """
    known = available_timezones()
    if name not in known:
        raise UsageFault(
            f"{option}: {name!r} is not an IANA time zone{Closest(known).hint(name)} (like America/Denver)"
        )
    return ZoneInfo(name)
