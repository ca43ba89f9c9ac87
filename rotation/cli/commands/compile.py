"""``rotation compile``: compile the search ahead of its first use."""

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
    """Compile the search once after an installation; `rotation plan` does it by itself otherwise."""
    from rotation.solve.compiling import compile_ahead, is_compiled  # not before --help has been answered

    known, started = is_compiled(), time.monotonic()
    compile_ahead()
    done = "was compiled already" if known else "compiled"
    click.echo(f"{done}; ready after {time.monotonic() - started:.1f} s")
