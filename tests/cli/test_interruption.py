"""Signals: the first one keeps the best plan so far; no moment of a kill leaves half a plan."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from rotation.report.folder import read_folder
from tests.cli.company_folder import NEXT, ROOT, WEEK, asked, files_of, run, started, write_company

SAMPLE = ["--company", str(ROOT / "data"), "--config", str(ROOT / "config" / "rotation.toml"), "--week", WEEK]


def searching(out: Path) -> subprocess.Popen[str]:
    """A long search that has a first plan."""
    process = started("plan", *SAMPLE, "--out", str(out), "--time-limit", "300", "--gap", "0", "--workers", "2")
    assert process.stderr is not None
    for line in process.stderr:
        if "greedy descent" in line:
            return process
    raise AssertionError("the search ended before its first plan")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_search_with_its_best_plan(number: signal.Signals, tmp_path: Path) -> None:
    process = searching(tmp_path / "out")
    process.send_signal(number)
    shown, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    assert "Traceback" not in errors
    assert "written:" in shown
    written = read_folder(tmp_path / "out")
    assert written.record.status == "interrupted"
    assert written.shifts and not written.record.clashes
    assert any((tmp_path / "out" / "ical").rglob("*.ics"))


def test_killed_at_any_moment_the_old_plan_or_the_new_one_is_whole(tmp_path: Path) -> None:
    company, out = write_company(tmp_path / "company"), tmp_path / "out"
    whole = {}
    for week in (WEEK, NEXT):
        assert run(*asked(company, out, "--reproducible", week=week)).exit_code == 0
        whole[week] = files_of(out)
    moments = random.Random(3)
    for turn in range(3):
        process = started(*asked(company, out, "--reproducible", week=(WEEK, NEXT)[turn % 2]))
        assert process.stderr is not None
        for line in process.stderr:
            if "CP-SAT" in line:
                break
        time.sleep(moments.uniform(0, 0.6))
        process.kill()
        process.communicate()
        week = json.loads((out / "plan.json").read_text("utf-8"))["week"]
        assert files_of(out) == whole[week]
    assert run(*asked(company, out)).exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["company", "out", "rotation.toml"]
