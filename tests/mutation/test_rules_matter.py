"""Switch each rule off in turn: some test of the rules must notice, or that rule is not tested."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from rotation.rules import rules

ROOT = Path(__file__).parents[2]
FAMILY = "tests/rules/test_family.py::test_declaration_and_witness_agree_on_every_tiny_plan"
pytestmark = pytest.mark.slow


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Pytest in a process of its own, up to the first failure."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--tb=line", "-p", "no:cacheprovider"]
    return subprocess.run([*command, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.parametrize("name", rules())
def test_without_its_witness_a_rules_own_tests_fail(name: str) -> None:
    done = run("--mute-witness", name, f"tests/rules/test_{name}.py")
    assert done.returncode == 1, done.stdout + done.stderr


@pytest.mark.parametrize("name", rules())
def test_without_its_declaration_the_two_witnesses_of_a_rule_disagree(name: str) -> None:
    done = run("--mute-declaration", name, "--hypothesis-profile", "unshrunk", f"{FAMILY}[{name}]")
    assert done.returncode == 1, done.stdout + done.stderr


def test_with_all_rules_every_test_of_the_rules_passes() -> None:
    done = run("tests/rules")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_rule_that_does_not_exist_cannot_be_switched_off() -> None:
    done = run("--mute-witness", "gravity", "tests/rules/test_rest.py")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "gravity: the rules are availability, band" in done.stdout + done.stderr
