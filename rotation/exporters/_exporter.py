"""What a member of the family must be able to do. Knows no format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from rotation.errors import InputFault
from rotation.plan import Edition


@runtime_checkable
class Exporter(Protocol):
    """One format."""

    @property
    def name(self) -> str:
        """The module's name, as the command line knows it."""
        ...

    @property
    def summary(self) -> str:
        """One line for people: what it writes and for whom."""
        ...

    def render(self, edition: Edition) -> dict[str, bytes]:
        """Relative path to content, in the order of the paths; the same edition gives the same bytes.

        Whatever :meth:`check` reports is left out, everything else is written.
        """
        ...

    def check(self, edition: Edition) -> tuple[InputFault, ...]:
        """What the target cannot take, each with its place in the company's tables; empty when it takes all."""
        ...


@dataclass(frozen=True, slots=True)
class Format:
    """An exporter made of functions.

    Args:
        name: the module's name.
        summary: one line for people.
        contents: edition to content by relative path, in any order.
        faults: edition to what the target cannot take.
    """

    name: str
    summary: str
    contents: Callable[[Edition], dict[str, bytes]]
    faults: Callable[[Edition], tuple[InputFault, ...]] = lambda _: ()

    def render(self, edition: Edition) -> dict[str, bytes]:
        """Relative path to content, in the order of the paths."""
        return dict(sorted(self.contents(edition).items()))

    def check(self, edition: Edition) -> tuple[InputFault, ...]:
        """What the target cannot take, in order, each once."""
        return tuple(sorted(set(self.faults(edition))))
