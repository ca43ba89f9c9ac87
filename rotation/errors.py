"""The family of errors that a user can meet.

::

    RotationError                    anything the user can act upon; carries the exit status of the command
      InputFaults (2)                every fault found in the input, each an InputFault with its address
      UsageFault (2)                 a question that cannot be asked: an instant outside the week, an unknown id
      InfeasiblePlan (3)             hard rules clash; a least-bad plan exists and says what clashes
      ChangeRefused (3)              a change of a released week would break a rule; nothing was changed
      OutputFault (4)                a result could not be written
      PublishFault (6)               a calendar or message could not be delivered or fetched; the rest was
      StoreFault (5)                 the store of releases cannot be used, or somebody else was faster

May know nothing of the rest of the package.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class InputFault:
    """One fault of one value in one input file.

    Args:
        file: the file's name as the user gave it, relative to the company folder.
        row: the line as a spreadsheet numbers it (the header is row 1); 0 when the whole file is meant.
        column: the column or key; empty when the whole row is meant.
        value: the value that was found, shortened to a readable length.
        message: what is wrong with it.
        allowed: what would be accepted instead.
    """

    file: str
    row: int
    column: str
    value: str
    message: str
    allowed: str = ""

    def __str__(self) -> str:
        place = self.file
        if self.row:
            place += f", row {self.row}"
        if self.column:
            place += f", column {self.column}"
        shown = f" {self.value!r}" if self.value else ""
        tail = f" (allowed: {self.allowed})" if self.allowed else ""
        return f"{place}:{shown} {self.message}{tail}"


class RotationError(Exception):
    """Anything that a user can act upon."""

    exit_status = 1


class InputFaults(RotationError):
    """All faults of the input together, in the order of file, row and column."""

    exit_status = 2

    def __init__(self, faults: Iterable[InputFault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[type[InputFaults], tuple[tuple[InputFault, ...]]]:
        """Faults found in another process keep their addresses."""
        return InputFaults, (self.faults,)


class UsageFault(RotationError):
    """A question that cannot be asked of this input."""

    exit_status = 2


class InfeasiblePlan(RotationError):
    """Hard rules clash: the plan is the least bad one and must not be released."""

    exit_status = 3


class OutputFault(RotationError):
    """A result could not be written where the user asked."""

    exit_status = 4


class ChangeRefused(RotationError):
    """A change of a released week would break a rule: the release stays as it is."""

    exit_status = 3


class StoreFault(RotationError):
    """The store of releases cannot be used, or somebody else's release came first; nothing was stored."""

    exit_status = 5


class PublishFault(RotationError):
    """Something could not be delivered or fetched; everything else was, and the command can be repeated."""

    exit_status = 6
