"""Help: an example for each command, and no engine loaded for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from rotation import __version__
from rotation.cli.main import main
from tests.cli.company_folder import ROOT, run

COMMANDS = sorted(path.stem for path in (ROOT / "rotation/cli/commands").glob("[a-z]*.py"))
ENGINES = ("ortools", "numba")


def test_the_commands_are_found_by_their_files() -> None:
    assert {"check", "plan", "rules", "show", "staff"} <= set(COMMANDS)
    assert main.list_commands(None) == COMMANDS  # type: ignore[attr-defined, arg-type]


def test_the_program_says_how_to_start_and_what_its_exit_statuses_mean() -> None:
    shown = run("--help")
    assert shown.exit_code == 0
    assert "rotation plan  --company data" in shown.output
    assert all(f"  {name}  " in shown.output for name in COMMANDS)
    assert "Exit status:" in shown.output and "4  the output could not be written" in shown.output


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_shows_an_example(command: str) -> None:
    shown = run(command, "--help")
    assert shown.exit_code == 0
    assert "Example" in shown.output
    assert f"  rotation {command}" in shown.output


@pytest.mark.parametrize("words", [["--help"], ["--version"], *([command, "--help"] for command in COMMANDS)])
def test_help_loads_no_engine(words: list[str]) -> None:
    code = (
        "import sys\n"
        "from rotation.cli.main import main\n"
        f"main({words!r}, prog_name='rotation', standalone_mode=False)\n"
        f"loaded = [name for name in {ENGINES!r} if name in sys.modules]\n"
        "sys.exit(f'loaded {loaded}' if loaded else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_version_is_the_packages() -> None:
    assert run("--version").output == f"rotation, version {__version__}\n"


@pytest.mark.parametrize("words", [["nonsense"], ["plan", "--nonsense"], ["plan"], ["show"], ["--nonsense"]])
def test_a_command_that_is_none_is_a_fault_of_the_command(words: list[str]) -> None:
    assert run(*words).exit_code == 2
