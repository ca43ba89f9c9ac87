"""What a member of the family must be able to do, and the timeline that all of them share. Knows no format."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rotation.errors import InputFault
from rotation.routing import RoutingBook, RoutingRow
from rotation.targets._moments import Moment, moments


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that a target cannot hold.

    Args:
        fault: what is wrong, and where to mend it.
        rows: the rows that cannot be written because of it; none when only the whole is wrong.
    """

    fault: InputFault
    rows: tuple[RoutingRow, ...] = ()


@dataclass(frozen=True)
class Target:
    """One telephone system's format.

    Args:
        summary: one line for people: what it writes and for whom.
        limits: what the target cannot hold, in words; every one is checked before anything is written.
        refusals: a book to what breaks a limit.
        snapshot: a book and an instant to content by file name.
        steps: a book and a moment to the text of its steps.
        suffix: of the files that hold steps.
    """

    summary: str
    limits: tuple[str, ...]
    refusals: Callable[[RoutingBook], Iterable[Refusal]]
    snapshot: Callable[[RoutingBook, dt.datetime], dict[str, bytes]]
    steps: Callable[[RoutingBook, Moment], str]
    suffix: str

    def check(self, book: RoutingBook) -> tuple[InputFault, ...]:
        """What the target cannot hold, in order, each once; empty when it holds all."""
        return tuple(sorted({refusal.fault for refusal in self.refusals(book)}))


def refused_rows(target: Target, book: RoutingBook) -> set[RoutingRow]:
    """The rows that a target cannot hold."""
    return {row for refusal in target.refusals(book) for row in refusal.rows}


def timeline(target: Target, book: RoutingBook, start: dt.datetime, end: dt.datetime) -> dict[str, bytes]:
    """For every instant of change a file of steps, and one that takes them back.

    Args:
        target: the format.
        book: what is to be told.
        start: first instant, aware.
        end: first instant after the last, aware.

    Returns:
        Content by file name, in the order of time: whoever was right before the first file and applies them in order
        is right after each, and after the rollback of a file as right as before it.
    """
    files = {}
    for moment in moments(book, start, end):
        stamp = f"{moment.at:%Y%m%dT%H%M%SZ}"
        files[f"{stamp}-apply{target.suffix}"] = target.steps(book, moment).encode("utf-8")
        files[f"{stamp}-rollback{target.suffix}"] = target.steps(book, moment.undone()).encode("utf-8")
    return files
