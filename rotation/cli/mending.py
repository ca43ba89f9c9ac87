"""Options of repairs, and what they say."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable
from typing import Any, TypeVar

import click

from rotation.release import Release
from rotation.release.absent import Asked, Mended
from rotation.rules import rules
from rotation.solve.settings import Watch

Function = TypeVar("Function", bound=Callable[..., Any])


def mending_options(command: Function) -> Function:
    """``--max-changes``, ``--freeze`` and ``--time-limit``."""
    command = click.option(
        "--time-limit",
        type=click.FloatRange(0, min_open=True),
        default=4.0,
        show_default=True,
        help="Seconds of search.",
    )(command)
    command = click.option(
        "--freeze", type=click.FloatRange(0, 336), help="Freeze window, hours; the policy's freeze_h otherwise."
    )(command)
    return click.option(
        "--max-changes",
        type=click.IntRange(0, 100),
        help="Touch at most so many people beside the absent; the policy's max_changes otherwise.",
    )(command)


def asking(
    at: dt.datetime, max_changes: int | None, freeze: float | None, time_limit: float
) -> Callable[[Release], Asked]:
    """How a released week may be changed: by the options, else by its policy."""

    def of(release: Release) -> Asked:
        policy = release.edition.case.company.policy.releases
        return Asked(
            now=at,
            by_rule=rules(),
            people=policy.max_changes if max_changes is None else max_changes,
            freeze_h=policy.freeze_h if freeze is None else freeze,
            seconds=time_limit,
            workers=os.cpu_count() or 1,
        )

    return of


def watch() -> Watch:
    """A clock for the search."""
    return Watch(time.monotonic)


def told(mended: Mended) -> str:
    """What a repair amounts to, in a line."""
    found = mended.repaired
    if found is None:
        return "nobody was asked to step in"
    proof = "proven least" if found.proven else "best found"
    touched = f"{len(found.people)} {'person' if len(found.people) == 1 else 'people'}"
    return (
        f"{found.changes} {'change' if found.changes == 1 else 'changes'} for {touched}, "
        f"{found.missing} agent-intervals below what was promised ({proof})"
    )
