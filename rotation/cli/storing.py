"""Where the store is, what time it is and who acts: what commands that change released weeks have in common."""

from __future__ import annotations

import datetime as dt
import getpass
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from rotation.errors import InputFaults, UsageFault
from rotation.intake.policy import read_policy
from rotation.release.known import Known
from rotation.store import Store
from rotation.timegrid import IsoWeek

Function = TypeVar("Function", bound=Callable[..., Any])
FILE = "rotation.sqlite"
VARIABLE = "ROTATION_STORE"


def store_option(command: Function) -> Function:
    """``--store``."""
    return click.option(
        "--store",
        "store",
        envvar=VARIABLE,
        metavar="URL",
        help=f"Store of releases: a file, or postgresql://HOST/NAME; {VARIABLE} says it as well.  "
        f"[default: {FILE} beside the company folder]",
    )(command)


def company_option(command: Function) -> Function:
    """``--company``, where only the place of the store depends on it."""
    return click.option(
        "--company",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path("data"),
        show_default=True,
        help="Folder of the company's tables; the store lies beside it unless --store says otherwise.",
    )(command)


def acting_options(command: Function) -> Function:
    """``--by`` and ``--reason``."""
    command = click.option("--reason", default="", help="Why, for the audit trail.")(command)
    return click.option("--by", help="Who does it, for the audit trail.  [default: the user's login name]")(command)


def place_of(store: str | None, company: Path) -> str:
    """The store that a command means."""
    return store or str(company.resolve().parent / FILE)


def is_there(place: str) -> bool:
    """Whether a store exists; one on a server does."""
    name = place.removeprefix("sqlite:///")
    return "://" in name or Path(name).exists()


def open_store(store: str | None, company: Path, *, make: bool = False) -> Store:
    """Open the store that a command means.

    Args:
        store: what ``--store`` says.
        company: the company folder.
        make: whether the command may be the first to use the store.

    Raises:
        StoreFault: it cannot be used.
        UsageFault: there is none yet.
    """
    place = place_of(store, company)
    if not make and not is_there(place):
        raise UsageFault(f"there is no store {place} yet; `rotation release` makes it, --store names another one")
    return Store.open(place)


def known_of(store: str | None, company: Path, config: Path, week: IsoWeek) -> Known:
    """What the store knows of a week; nothing when there is none yet, or when the policy cannot be read."""
    if not is_there(place_of(store, company)):
        return Known()
    try:
        window = read_policy(config).releases.ledger_weeks
    except InputFaults:  # told together with the faults of the tables
        return Known()
    with open_store(store, company) as opened:
        return opened.known(week, window)


def who(by: str | None) -> str:
    """The name for the audit trail."""
    if by:
        return by
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user id without a name, as in containers
        return f"user {os.getuid()}" if hasattr(os, "getuid") else "unknown"


def now() -> dt.datetime:
    """The instant, in whole seconds; ``SOURCE_DATE_EPOCH`` sets it for runs that must be repeated exactly."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    return dt.datetime.now(dt.UTC).replace(microsecond=0)
