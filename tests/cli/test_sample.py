"""Commands that look at the sample company without planning it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from rotation.rules import rules
from tests.cli.company_folder import ROOT, run, write_company

CONFIG = str(ROOT / "config" / "rotation.toml")
SAMPLE = ["--company", str(ROOT / "data"), "--config", CONFIG]


def test_check_counts_what_it_checked() -> None:
    shown = run("check", *SAMPLE, "--week", "2026-W49")
    assert shown.exit_code == 0
    assert "2026-W49: no faults" in shown.stdout
    assert "160 people, 6 queues" in shown.stdout


def test_staff_writes_the_requirement_and_the_requirement_is_read_again(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "required.csv"
    shown = run("staff", *SAMPLE, "--week", "2026-W49", "--out", str(target))
    assert shown.exit_code == 0
    assert f"written: {target}" in shown.stdout.replace("\n", "")
    with target.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert set(rows[0]) == {"queue_id", "start", "agents"}
    assert sum(row["queue_id"] == "repair" for row in rows) == 336
    assert sum(int(row["agents"]) for row in rows) > 1000


def test_staff_into_a_folder_that_is_a_file_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    shown = run("staff", *SAMPLE, "--week", "2026-W49", "--out", str(tmp_path / "out" / "required.csv"))
    assert shown.exit_code == 4
    assert "cannot be written" in shown.stderr and "Traceback" not in shown.output


def test_rules_lists_all_of_them() -> None:
    shown = run("rules", "--config", CONFIG)
    assert shown.exit_code == 0
    assert all(name[:12] in shown.stdout for name in rules())


def test_rules_of_a_policy_at_fault_tells_the_faults(tmp_path: Path) -> None:
    write_company(tmp_path / "company", policy="[band]\nmin_pct = 20\n[site]\ninterval_min = 7\n")
    shown = run("rules", "--config", str(tmp_path / "rotation.toml"))
    assert shown.exit_code == 2
    assert "faults in the input" in shown.stderr
    assert "interval_min" in shown.stderr and "min_pct" in shown.stderr


@pytest.mark.parametrize("week", ["2026-W54", "abc", "2026-W00", "2026W49", "W49", "2026-49", ""])
@pytest.mark.parametrize("command", ["check", "plan", "staff"])
def test_a_week_that_is_none_is_a_fault_of_the_command(command: str, week: str, tmp_path: Path) -> None:
    shown = run(command, *SAMPLE, "--week", week, *([] if command == "check" else ["--out", str(tmp_path / "o")]))
    assert shown.exit_code == 2
    assert "week" in shown.stderr and "Traceback" not in shown.output
    assert not (tmp_path / "o").exists()


def test_a_week_without_demand_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    shown = run("plan", *SAMPLE, "--week", "2025-W20", "--out", str(tmp_path / "o"))
    assert shown.exit_code == 2
    assert "nothing was written" in shown.stderr
    assert not (tmp_path / "o").exists()
