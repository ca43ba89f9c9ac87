"""Options that several commands share, and what they read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from rotation.errors import InputFault
from rotation.timegrid import IsoWeek

Function = TypeVar("Function", bound=Callable[..., Any])


class WeekType(click.ParamType[IsoWeek]):
    """An ISO week."""

    name = "week"

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,  # noqa: ARG002
        ctx: click.Context | None,  # noqa: ARG002
    ) -> IsoWeek:
        """Read ``2026-W49``; a fault becomes a usage error."""
        return value if isinstance(value, IsoWeek) else IsoWeek.parse(str(value))


def company_options(command: Function) -> Function:
    """``--company`` and ``--config``."""
    folder = click.Path(path_type=Path, file_okay=False)
    file = click.Path(path_type=Path, dir_okay=False)
    command = click.option(
        "--config", type=file, default=Path("config/rotation.toml"), show_default=True, help="The policy."
    )(command)
    return click.option(
        "--company", type=folder, default=Path("data"), show_default=True, help="Folder of the company's tables."
    )(command)


def week_option(command: Function) -> Function:
    """``--week``."""
    return click.option("--week", type=WeekType(), required=True, metavar="YYYY-Www", help="The ISO week.")(command)


def print_warnings(warnings: tuple[InputFault, ...], most: int = 20) -> None:
    """Print warnings to the error stream, the first of them when there are many."""
    for warning in warnings[:most]:
        click.echo(f"warning: {warning}", err=True)
    if len(warnings) > most:
        click.echo(f"warning: and {len(warnings) - most} more; `rotation check` lists all", err=True)
