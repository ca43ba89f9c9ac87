"""Where a search works: threads of this process, or a cluster that is there already."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from rotation.errors import UsageFault

if TYPE_CHECKING:  # the engines take a second to load, which --help need not wait for
    from rotation.cli.options import Function
    from rotation.solve.planning import Hire


def engine_options(command: Function) -> Function:
    """``--engine`` and ``--scheduler``."""
    scheduler = click.option("--scheduler", metavar="ADDRESS", help="The cluster's scheduler: tcp://HOST:8786.")
    engine = click.option(
        "--engine",
        type=click.Choice(["threads", "dask"]),
        default="threads",
        help="Where the search works: threads of this machine (default), or the Dask cluster at --scheduler.",
    )
    return engine(scheduler(command))


def hire_of(engine: str, scheduler: str | None) -> Hire | None:
    """Whom the search is to hire; None for its own threads.

    Raises:
        UsageFault: the two options do not fit.
    """
    if engine == "dask" and not scheduler:
        raise UsageFault("--engine dask needs --scheduler ADDRESS, such as tcp://10.0.0.1:8786")
    if scheduler and engine != "dask":
        raise UsageFault("--scheduler goes with --engine dask")
    if not scheduler:
        return None
    from rotation.solve.dask_crew import DaskCrew

    return partial(DaskCrew, scheduler=scheduler)
