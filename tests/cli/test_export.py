"""``rotation who`` and ``rotation export`` on the sample of the exporters."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rotation.exporters import exporters
from rotation.targets import targets
from tests.cli.company_folder import run
from tests.exporters.edition_sample import sample_edition

AT = "2026-10-26T10:45-07:00"


@pytest.fixture
def plan(tmp_path: Path) -> str:
    path = tmp_path / "plan" / "routing" / "routing.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(exporters()["routing_json"].render(sample_edition())["routing/routing.json"])
    return str(tmp_path / "plan")


def test_who_lists_those_who_ring_in_order(plan: str) -> None:
    shown = run("who", "--queue", "support", "--at", AT, "--plan", plan)
    assert shown.exit_code == 0
    assert [key for key in ("E1", "E3", "E4", "E2") if key in shown.output] == ["E1", "E3", "E4", "E2"]
    places = [shown.output.index(f" {key} ") for key in ("E1", "E3", "E4", "E2")]
    assert places == sorted(places)
    assert "nobody" in run("who", "--queue", "sales", "--at", AT, "--plan", plan).output
    assert "sales at" in run("who", "--at", AT, "--plan", plan).output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--queue", "nosuch", "--at", AT], "there is no queue 'nosuch' (allowed: billing.eu, sales, support)"),
        (["--at", "2026-10-25T10:00-07:00"], "is before the routing table"),
        (["--at", "2027-10-25T10:00-07:00"], "is after the routing table"),
        (["--at", "2026-10-26 morning"], "is no instant"),
        (["--at", "2026-10-26T10:45"], "has no offset"),
    ],
)
def test_who_tells_what_cannot_be_asked(plan: str, words: list[str], told: str) -> None:
    shown = run("who", *words, "--plan", plan)
    assert (shown.exit_code, told in " ".join(shown.output.split())) == (2, True), shown.output


def test_the_list_names_every_target() -> None:
    shown = run("export", "--list")
    assert shown.exit_code == 0
    assert all(name in shown.output for name in targets())


def test_what_a_target_cannot_hold_is_told_and_nothing_is_written(plan: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shown = run("export", "--to", "asterisk", "--at", AT, "--plan", plan, "--out", str(out))
    assert (shown.exit_code, out.exists()) == (2, False)
    assert "employees.csv, column endpoint: has shifts but no endpoint (employee E4)" in shown.output


def test_leave_out_writes_the_rest_with_a_warning_and_replaces_what_was_there(plan: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = ("export", "--to", "asterisk", "--plan", plan, "--out", str(out), "--leave-out")
    shown = run(*words, "--at", AT, "--timeline")
    assert (shown.exit_code, "warning: employees.csv" in shown.output) == (0, True)
    index = json.loads((out / "export.json").read_bytes())
    assert {path.name for path in out.iterdir()} == {*index["files"], "export.json"}
    assert "queues.conf" in index["files"] and any(name.endswith("-rollback.cli") for name in index["files"])
    assert run(*words, "--at", AT).exit_code == 0
    assert {path.name for path in out.iterdir()} == {
        "export.json",
        "queues.conf",
        "dynamic-queues.conf",
        "queuerules.conf",
    }


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--to", "fax", "--at", AT], "is no target (allowed: asterisk"),
        (["--to", "csv"], "give --at INSTANT, or --timeline"),
        (["--to", "csv", "--timeline", "--from", "2020-01-01T00:00Z"], "is before the routing table"),
        (["--to", "csv", "--at", "2030-01-01T00:00Z"], "is after the routing table"),
    ],
)
def test_export_tells_what_cannot_be_asked(plan: str, tmp_path: Path, words: list[str], told: str) -> None:
    out = tmp_path / "out"
    shown = run("export", *words, "--plan", plan, "--out", str(out))
    assert (shown.exit_code, told in shown.output, out.exists()) == (2, True, False), shown.output


def test_a_folder_without_a_plan_is_told(tmp_path: Path) -> None:
    shown = run("export", "--to", "csv", "--at", AT, "--plan", str(tmp_path))
    assert (shown.exit_code, "plan the week first" in shown.output) == (2, True)


def test_a_folder_of_somebody_else_is_not_replaced(plan: str, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("mine")
    shown = run("export", "--to", "csv", "--at", AT, "--plan", plan, "--out", str(tmp_path / "out"))
    assert shown.exit_code == 4
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["thesis.txt"]
