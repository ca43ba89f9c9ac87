"""The routing book that a command asks for, and the instants of its options."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

import click

from rotation.cli.storing import is_there, open_store, place_of
from rotation.errors import InputFault, InputFaults, UsageFault
from rotation.routing import RoutingBook, book_of
from rotation.routing.document import read_document
from rotation.timegrid import IsoWeek

Function = TypeVar("Function", bound=Callable[..., Any])
ROUTING = Path("routing") / "routing.json"


class InstantType(click.ParamType[dt.datetime]):
    """An instant with offset."""

    name = "instant"

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,  # noqa: ARG002
        ctx: click.Context | None,  # noqa: ARG002
    ) -> dt.datetime:
        """Read ``2026-12-01T10:07-08:00``; a fault becomes a usage error."""
        if isinstance(value, dt.datetime):
            return value
        try:
            instant = dt.datetime.fromisoformat(str(value).strip())
        except ValueError as error:
            raise UsageFault(f"{value!r} is no instant; write it like 2026-12-01T10:07-08:00") from error
        if instant.utcoffset() is None:
            raise UsageFault(f"{value!r} has no offset; write it like {value}-08:00 or {value}Z")
        return instant.astimezone(dt.UTC)


INSTANT = InstantType()


def plan_option(command: Function) -> Function:
    """``--plan``."""
    return click.option(
        "--plan",
        type=click.Path(path_type=Path),
        help="Output folder of `rotation plan`.  [default: the week's release, else out/WEEK]",
    )(command)


def book_of_folder(folder: Path) -> RoutingBook:
    """The routing book that `rotation plan` left in a folder.

    Raises:
        InputFaults: there is none, or it is damaged.
    """
    path = folder / ROUTING
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = "is not there: plan the week first, and without clashes" if not path.exists() else str(error.strerror)
        raise InputFaults([InputFault(str(path), 0, "", "", reason, "an output folder of `rotation plan`")]) from error
    return read_document(content, str(path))


def book_at(plan: Path | None, store: str | None, company: Path, instant: dt.datetime) -> RoutingBook:
    """The routing book that holds at an instant: of the folder if one is given, else the week's release, else out/WEEK.

    The week of an instant depends on the site's zone, which only the book knows: of the weeks that it may be, the one
    whose book holds at the instant.

    Raises:
        InputFaults: there is no such book.
    """
    if plan is not None:
        return book_of_folder(plan)
    days = [(instant + dt.timedelta(hours=hours)).date() for hours in (0, -14, 14)]
    weeks = list(dict.fromkeys(IsoWeek.of(day) for day in days))
    for book in chain(_released(store, company, weeks), _written(weeks)):
        if book.valid_from <= instant < book.valid_to:
            return book
    return book_of_folder(Path("out") / str(weeks[0]))


def _released(store: str | None, company: Path, weeks: list[IsoWeek]) -> Iterator[RoutingBook]:
    """Books of the released ones among some weeks."""
    if is_there(place_of(store, company)):
        with open_store(store, company) as opened:
            for week in weeks:
                if number := opened.current(week):
                    yield book_of(opened.release(number).edition)


def _written(weeks: list[IsoWeek]) -> Iterator[RoutingBook]:
    """Books of the drafts in out/WEEK."""
    for week in weeks:
        if (Path("out") / str(week) / ROUTING).exists():
            yield book_of_folder(Path("out") / str(week))
