"""The program ``rotation``: finds its commands by their file names and turns errors into messages and exit statuses."""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from typing import Any

import click

from rotation import __version__
from rotation.cli import commands
from rotation.errors import InputFaults, RotationError

EXIT_STATUSES = """
\b
Exit status:
  0  done
  1  an unexpected defect
  2  faults in the input or in the command; nothing was written
  3  hard rules clash: the least-bad plan was written, without calendars and
     routing; a change of a release was refused
  4  the output could not be written
  5  the store of releases cannot be used, or somebody else was faster; nothing was stored
  6  something could not be delivered or fetched; the rest was
"""


class LazyGroup(click.Group):
    """Loads a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Names of all commands, from the names of their files."""
        return sorted(info.name for info in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, None when there is none."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(f"{commands.__name__}.{cmd_name}").COMMAND
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error the user can act upon becomes its message and its exit status."""
        try:
            return super().invoke(ctx)
        except RotationError as error:
            click.echo(f"rotation: {_told(error)}", err=True)
            ctx.exit(error.exit_status)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


def _told(error: RotationError) -> str:
    if isinstance(error, InputFaults):
        count = len(error.faults)
        return f"{count} {'fault' if count == 1 else 'faults'} in the input; nothing was written\n{error}"
    return str(error)


@click.group(cls=LazyGroup, epilog=EXIT_STATUSES)
@click.version_option(__version__, prog_name="rotation")
def main() -> None:
    """Plan who in the company answers which telephone queue when.

    \b
    Start with the sample company:
      rotation check --company data --config config/rotation.toml --week 2026-W49
      rotation plan  --company data --config config/rotation.toml --week 2026-W49 --out out/2026-W49
      rotation show  out/2026-W49
    """
