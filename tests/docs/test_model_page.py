"""docs/model.md is complete: a recomputation written from it alone agrees with the program, term by term."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from math import ceil, floor
from pathlib import Path

import pandas as pd
import pytest

from tests.docs.recount import Files, table
from tests.docs.terms import TERMS, recount

ROOT = Path(__file__).parents[2]
DATA, CONFIG, WEEK = ROOT / "data", ROOT / "config" / "rotation.toml", "2026-W49"
PAGE = (ROOT / "docs" / "model.md").read_text("utf-8")
EXAMPLE = PAGE.split("## A worked example")[1].split("\n## ")[0]
NO_RECORD = {"status": "feasible", "objective": 0, "lower_bound": 0, "gap": 0}
NO_RECORD |= {"week": "2026-W48", "timezone": "America/Los_Angeles", "interval_min": 30}


def week_before(folder: Path) -> Path:
    """An output folder of the week before with invented debts, credits and unpleasant hours."""
    folder.mkdir()
    people = table(DATA, "employees")["employee_id"]
    carried = pd.DataFrame({"employee_id": people, "status": "inside", "reason": ""})
    carried[["band_min", "band_max", "minutes"]] = 0
    carried["debt_minutes"] = [(-90, -30, 0, 0, 25, 60, 200)[n % 7] for n in range(len(people))]
    carried["total_unpleasant_minutes"] = [(0, 30, 60, 150, 400)[n % 5] for n in range(len(people))]
    carried.to_csv(folder / "participation.csv", index=False)
    (folder / "plan.csv").write_text("shift_id,employee_id,department_id,queue_id,start,end\n")
    (folder / "coverage.csv").write_text("queue_id,start,required,core,assigned,shortage,surplus\n")
    (folder / "plan.json").write_text(json.dumps(NO_RECORD))
    return folder


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample week as the program plans it, with a ledger carried into it: the one run of these tests."""
    folder = tmp_path_factory.mktemp("model")
    command = [sys.executable, "-c", "from rotation.cli.main import main; main()", "plan"]
    command += ["--company", str(DATA), "--config", str(CONFIG), "--week", WEEK, "--time-limit", "5"]
    command += ["--out", str(folder / "out"), "--carry", str(week_before(folder / "before"))]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "out"


@pytest.fixture(scope="module")
def files(out: Path) -> Files:
    """What a stranger has in hand."""
    return Files.read(DATA, CONFIG, WEEK, out, out.parent / "before")


@pytest.mark.slow
def test_a_stranger_recomputes_every_term_of_the_sample_week(out: Path, files: Files) -> None:
    record = json.loads((out / "plan.json").read_text("utf-8"))
    points = recount(files)
    assert points == record["points"]
    assert sum(points.values()) == record["objective"]


@pytest.mark.slow
def test_a_stranger_recomputes_agents_and_opening(out: Path, files: Files) -> None:
    coverage = table(out, "coverage").astype({"assigned": int, "is_open": int})
    assert files.cells["agents"].astype(int).tolist() == coverage["assigned"].tolist()
    assert files.cells["open"].astype(int).tolist() == coverage["is_open"].tolist()


@pytest.mark.slow
def test_a_stranger_recomputes_everybodys_band_and_debt(out: Path, files: Files) -> None:
    people = table(out, "participation").set_index("employee_id")
    assert list(people.index) == list(files.dues)
    for key, due in files.dues.items():
        row, (debt, burden), minutes = people.loc[key], files.ledger(key), files.minutes(key)
        owed, spare = debt + due.exact_min - minutes, debt + due.exact_max - minutes
        after = debt if not due.takes_part else ceil(owed) if owed > 0 else floor(spare) if spare < 0 else 0
        recomputed = (due.band_min, due.band_max, minutes, after, due.exact_min, due.exact_max)
        columns = ["band_min", "band_max", "minutes", "debt_minutes", "exact_band_min", "exact_band_max"]
        assert [str(value) for value in recomputed] == row[columns].tolist(), key
        assert int(row["total_unpleasant_minutes"]) - burden == int(row["unpleasant_minutes"]), key


def example(folder: Path) -> Files:
    """The tables of the page's worked example; all day nobody is asked for but where required.csv says so."""
    for name, text in re.findall(r"```csv (\S+)\n(.*?)```", EXAMPLE, re.DOTALL):
        (folder / name).write_text(text, encoding="utf-8")
    policy = tomllib.loads(CONFIG.read_text("utf-8"))
    stated = re.search(r"```toml\n(.*?)```", EXAMPLE, re.DOTALL)
    for section, keys in tomllib.loads(stated[1] if stated else "").items():
        policy[section] |= keys
    starts = pd.date_range("2026-11-30", periods=7 * 24, freq="h", tz="America/Los_Angeles")
    asked = table(folder, "required").assign(start=lambda rows: pd.to_datetime(rows["start"], utc=True))
    agents = asked.set_index("start")["agents"].reindex(starts, fill_value="0").to_numpy()
    coverage = pd.DataFrame({"start": [at.isoformat() for at in starts], "queue_id": "help", "required": agents})
    owed = pd.DataFrame([("bob", "60", "0")], columns=["employee_id", "debt_minutes", "total_unpleasant_minutes"])
    return Files(folder, policy, WEEK, table(folder, "plan"), coverage.assign(core="0"), owed)


def test_the_worked_example_adds_up(tmp_path: Path) -> None:
    stated = {name: int(points) for name, points in re.findall(r"^\| (\w+) \|.*\| (\d+) \|$", EXAMPLE, re.MULTILINE)}
    total = re.search(r"^\| \*\*Objective\*\* \| \| \*\*(\d+)\*\* \|$", EXAMPLE, re.MULTILINE)
    assert recount(example(tmp_path)) == stated
    assert total is not None
    assert int(total[1]) == sum(stated.values())


def test_every_term_of_the_page_is_recomputed() -> None:
    objective = PAGE.split("## Soft rules: the objective")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| \[(\w+)\]", objective, re.MULTILINE)) == set(TERMS)


def test_the_recomputation_knows_nothing_of_the_program() -> None:
    for name in ("recount.py", "terms.py"):
        source = (Path(__file__).parent / name).read_text("utf-8")
        assert not re.search(r"^\s*(from|import) rotation\b", source, re.MULTILINE), name
