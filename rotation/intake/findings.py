"""Where faults and warnings are gathered while files are read, so that all of them are reported together.

May know nothing of files or tables.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rotation.errors import InputFault, InputFaults

READABLE_LENGTH = 60


def shortened(value: str) -> str:
    """A value at a length that can be read, its middle left out."""
    if len(value) <= READABLE_LENGTH:
        return value
    half = (READABLE_LENGTH - 1) // 2
    return f"{value[:half]}…{value[-half:]}"


@dataclass
class Findings:
    """Faults, which refuse the input, and warnings, which do not."""

    faults: list[InputFault] = field(default_factory=list)
    warnings: list[InputFault] = field(default_factory=list)

    def fault(self, file: str, row: int, column: str, value: str, message: str, allowed: str = "") -> None:
        """Note something that refuses the input."""
        self.faults.append(InputFault(file, row, column, shortened(value), message, allowed))

    def warn(self, file: str, row: int, column: str, value: str, message: str, allowed: str = "") -> None:
        """Note something that is probably not meant."""
        self.warnings.append(InputFault(file, row, column, shortened(value), message, allowed))

    def raise_faults(self) -> None:
        """Refuse the input if there is any fault.

        Raises:
            InputFaults: all faults together.
        """
        if self.faults:
            raise InputFaults(self.faults)
