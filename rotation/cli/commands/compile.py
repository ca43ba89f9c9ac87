"""``rotation compile``: compile search and simulation ahead of its first use."""

from __future__ import annotations

import time

import click


@click.command(
    "compile",
    epilog="""\b
Example:
  rotation compile
""",
)
def COMMAND() -> None:  # noqa: N802
    """Compile search and simulation once after an installation; `rotation plan` does it by itself otherwise."""
    from rotation.simulate import compiling as simulation  # not before --help has been answered
    from rotation.solve import compiling as search

    known, started = search.is_compiled() and simulation.is_compiled(), time.monotonic()
    search.compile_ahead()
    simulation.compile_ahead()
    done = "was compiled already" if known else "compiled"
    click.echo(f"{done}; ready after {time.monotonic() - started:.1f} s")
