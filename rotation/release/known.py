"""What a store knows of a week that is about to be planned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rotation.plan import Ledger, ReleasedShift
from rotation.release.overlay import Overlay


@dataclass(frozen=True)
class Known:
    """What a store knows of a week.

    Args:
        number: the effective release, 0 for none.
        overlay: absences told to the store, and waived pins.
        ledger: what earlier weeks left over, by employee.
        promised: the shifts of the effective release.
    """

    number: int = 0
    overlay: Overlay = field(default_factory=Overlay)
    ledger: Mapping[str, Ledger] = field(default_factory=dict)
    promised: tuple[ReleasedShift, ...] = ()
