"""plan.csv, coverage.csv, participation.csv and plan.json, read back by pandas and json."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import replace
from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from rotation.exporters import exporters
from rotation.exporters._writing import csv_bytes, json_bytes
from rotation.plan import Edition, SearchRecord

CELL = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def table(edition: Edition, name: str) -> pd.DataFrame:
    content = exporters()[f"{name}_csv"].render(edition)[f"{name}.csv"]
    assert b"\r" not in content
    return pd.read_csv(io.BytesIO(content), keep_default_na=False)


def record(edition: Edition) -> dict[str, Any]:
    def refuse(token: str) -> None:
        raise AssertionError(f"{token} is not RFC 8259")

    found: dict[str, Any] = json.loads(exporters()["plan_json"].render(edition)["plan.json"], parse_constant=refuse)
    return found


@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=5))
def test_any_cell_comes_back(rows: list[tuple[str, str, str]]) -> None:
    text = csv_bytes(("a", "b", "c"), rows).decode()
    assert [tuple(row) for row in csv.reader(io.StringIO(text, newline=""))] == [("a", "b", "c"), *rows]


def test_plan_has_the_columns_of_the_contract_and_every_shift(edition: Edition) -> None:
    plan = table(edition, "plan")
    assert list(plan.columns) == ["shift_id", "employee_id", "department_id", "queue_id", "start", "end"]
    read = [
        (row.shift_id, dt.datetime.fromisoformat(row.start), dt.datetime.fromisoformat(row.end))
        for row in plan.itertuples()
    ]
    assert read == [(one.shift_id, one.start, one.end) for one in edition.plan.shifts]


def test_the_hour_that_comes_twice_is_told_apart_by_its_offset(edition: Edition) -> None:
    coverage = table(edition, "coverage")
    starts = list(coverage[coverage.queue_id == "support"].start)
    assert len(starts) == len(set(starts)) == 338
    assert "2026-11-01T01:30:00-07:00" in starts
    assert "2026-11-01T01:30:00-08:00" in starts


def test_coverage_adds_up(edition: Edition) -> None:
    coverage = table(edition, "coverage")
    expected = ["queue_id", "start", "required", "core", "assigned", "shortage", "surplus"]
    assert list(coverage.columns)[:7] == expected
    assert coverage.assigned.sum() * 30 == sum(one.minutes for one in edition.plan.shifts)
    assert (coverage.shortage == (coverage.required - coverage.core - coverage.assigned).clip(lower=0)).all()
    assert set(coverage.is_open) == {0, 1}


def test_participation_has_everybody(edition: Edition) -> None:
    rows = table(edition, "participation")
    assert list(rows.columns)[:7] == [
        "employee_id", "band_min", "band_max", "minutes", "debt_minutes", "status", "reason",
    ]  # fmt: skip
    assert list(rows.employee_id) == ["E1", "E2", "E3", "E4", "E5"]
    assert list(rows.minutes) == [240, 180, 390 - 60 + 60, 120, 0]


def test_plan_json_says_how_good_the_plan_is(edition: Edition) -> None:
    found = record(edition)
    assert (found["week"], found["timezone"], found["status"]) == ("2026-W44", "America/Los_Angeles", "feasible")
    assert (found["objective"], found["lower_bound"], found["points"]) == (1200, 1150, {"missing_agent": 1200})
    assert abs(found["gap"] - 50 / 1200) < 1e-12
    assert found["inputs"] == {"employees.csv": "sha256:00ff", "skills.csv": "sha256:0a"}
    assert found["clashes"][0]["start"] == "2026-11-01T01:30:00-07:00"
    assert found["clashes"][0]["end"] == "2026-11-01T01:30:00-08:00"
    assert found["clashes"][1]["start"] is None
    assert found["shortages"][0]["cause"] == "nobody certified, works then"
    assert (found["seed"], found["release"], found["reproducible"]) == (7, 3, True)


def test_numbers_that_json_does_not_know_become_null(edition: Edition) -> None:
    search: SearchRecord = replace(edition.search, seconds=float("nan"))
    found = record(replace(edition, search=search))
    assert found["seconds"] is None
    assert found["trace"][1]["seconds"] is None


def test_keys_are_sorted_at_every_depth() -> None:
    assert json_bytes({"b": [{"z": 1, "a": 2}], "a": "é\u2028"}).decode() == (
        '{\n  "a": "é\u2028",\n  "b": [\n    {\n      "a": 2,\n      "z": 1\n    }\n  ]\n}\n'
    )
