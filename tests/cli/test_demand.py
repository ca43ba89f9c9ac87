"""From call history to agents and back to callers, by the commands: calls, forecast, plan, simulate, week."""

from __future__ import annotations

import csv
import datetime as dt
import random
from pathlib import Path

import pytest

from tests.cli.company_folder import ROOT, WEEK, asked, files_of, question, run, write_company

MONDAY = dt.date(2026, 11, 30)
HISTORY = str(ROOT / "data/history/calls_2026.csv.gz")
QUEUES = "queue_id,name,aht_s,patience_s\nq1,One,300,120\nq2,Two,300,120\n"


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def hours(weeks: range) -> list[dt.datetime]:
    """Opening hours of both queues, weeks counted from the planned one."""
    zone = dt.timezone(dt.timedelta(hours=-8))
    days = [MONDAY + dt.timedelta(weeks=week, days=day) for week in weeks for day in range(5)]
    return [dt.datetime.combine(day, dt.time(hour), zone) for day in days for hour in range(8, 17)]


def history(weeks: int = 8, queues: tuple[str, ...] = ("q1", "q2")) -> str:
    """Interval totals of the weeks before."""
    drawn = random.Random(1)
    rows = [
        f"{queue},{at.isoformat()},{drawn.randint(4, 8)},5,{drawn.randint(1400, 1600)}"
        for queue in queues
        for at in hours(range(-weeks, 0))
    ]
    return "\n".join(["queue_id,start,offered,answered,handle_s", *rows, ""])


def demand(calls: float = 6) -> str:
    rows = [f"{queue},{at.isoformat()},{calls:g}" for queue in ("q1", "q2") for at in hours(range(1))]
    return "\n".join(["queue_id,start,calls", *rows, ""])


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A company with calls, and its plan."""
    place = tmp_path_factory.mktemp("demand")
    company = write_company(place / "company", demand_csv=demand(), queues_csv=QUEUES)
    shown = run(*asked(company, place / "out"))
    assert shown.exit_code == 0, shown.output
    return company, place / "out"


def test_history_says_what_was_lost_and_writes_what_is_clean(tmp_path: Path) -> None:
    company = write_company(tmp_path / "company")
    raw = tmp_path / "raw.csv"
    raw.write_text(history(4) + "q1,never,1,1,1\nq3,2026-11-23T08:00-08:00,4,4,1200\n", encoding="utf-8")
    out = tmp_path / "call_history.csv"
    shown = run("calls", *question(company)[:4], "--history", str(raw), "--out", str(out))
    assert shown.exit_code == 0, shown.output
    assert "1 times that cannot be read (first in row 362)" in shown.stderr
    assert "1 rows of q3, which is no queue of queues.csv" in shown.stderr
    assert "q1" in shown.stdout and "300 s" in shown.stdout
    assert len(rows_of(out)) == 360
    again = run("calls", *question(company)[:4], "--history", str(out))
    assert again.exit_code == 0 and "left out" not in again.stderr


def test_forecast_of_the_sample_company_shows_its_errors_beside_the_naive_ones(tmp_path: Path) -> None:
    words = ["--company", str(ROOT / "data"), "--config", str(ROOT / "config/rotation.toml"), "--week", WEEK]
    shown = run("forecast", *words, "--history", HISTORY, "--weeks", "2", "--out", str(tmp_path / "out"))
    assert shown.exit_code == 0, shown.output
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "forecast.csv", "demand.csv", "backtest.csv", "forecast.html",
    }  # fmt: skip
    rows = rows_of(tmp_path / "out" / "forecast.csv")
    assert {row["queue_id"] for row in rows} == {"repair", "billing", "business", "internet", "spanish", "sales"}
    assert all(float(row["calls_p10"]) <= float(row["calls_p90"]) for row in rows)
    judged = {
        (row["queue_id"], row["method"]): float(row["wape"]) for row in rows_of(tmp_path / "out" / "backtest.csv")
    }
    used = [row for row in rows_of(tmp_path / "out" / "backtest.csv") if row["used"] == "1"]
    assert all(judged[row["queue_id"], row["method"]] <= judged[row["queue_id"], "seasonal_naive"] for row in used)
    page = (tmp_path / "out" / "forecast.html").read_text("utf-8")
    assert "Content-Security-Policy" in page and "forecast-0" in page and "Backtest" in page


def test_the_forecast_is_demand_that_the_next_command_reads(tmp_path: Path) -> None:
    company = write_company(tmp_path / "company", call_history_csv=history(), queues_csv=QUEUES)
    shown = run("forecast", *question(company), "--out", str(tmp_path / "out"))
    assert shown.exit_code == 0, shown.output
    (company / "demand.csv").write_bytes((tmp_path / "out" / "demand.csv").read_bytes())
    (company / "required.csv").unlink()
    staffed = run("staff", *question(company), "--out", str(tmp_path / "required.csv"))
    assert staffed.exit_code == 0, staffed.output
    assert len(rows_of(tmp_path / "required.csv")) == 90


def test_a_new_queue_without_history_is_refused_by_name_and_an_adjustment_helps(tmp_path: Path) -> None:
    company = write_company(
        tmp_path / "company", call_history_csv=history(queues=("q1",)), required_csv="queue_id,start,agents\n"
    )
    words = ("forecast", *question(company), "--out", str(tmp_path / "out"))
    shown = run(*words)
    assert shown.exit_code == 2
    assert "'q2' has no history for 45 open intervals, the first at 2026-11-30T08:00-08:00" in shown.stderr
    assert not (tmp_path / "out").exists()
    rows = "q2,2026-11-30T00:00-08:00,2026-12-05T00:00-08:00,new queue: the supplier's guess,,7"
    (company / "adjustments.csv").write_text(f"queue_id,start,end,reason,factor,calls\n{rows}\n", encoding="utf-8")
    assert run(*words).exit_code == 0
    found = [row for row in rows_of(tmp_path / "out" / "forecast.csv") if row["queue_id"] == "q2"]
    assert {row["calls"] for row in found} == {"7.0000"} and {row["statistical_calls"] for row in found} == {""}
    assert {row["adjustment"] for row in found} == {"new queue: the supplier's guess"}


def test_a_factor_is_kept_apart_from_the_statistics(tmp_path: Path) -> None:
    rows = "q1,2026-12-01T00:00-08:00,2026-12-02T00:00-08:00,campaign,1.5,"
    company = write_company(
        tmp_path / "company",
        call_history_csv=history(),
        adjustments_csv=f"queue_id,start,end,reason,factor,calls\n{rows}\n",
    )
    assert run("forecast", *question(company), "--out", str(tmp_path / "out")).exit_code == 0
    for row in rows_of(tmp_path / "out" / "forecast.csv"):
        factor = 1.5 if row["queue_id"] == "q1" and row["start"].startswith("2026-12-01") else 1.0
        assert float(row["calls"]) == pytest.approx(factor * float(row["statistical_calls"]), abs=2e-4)


def test_no_history_and_no_such_method_are_faults_of_the_command(tmp_path: Path) -> None:
    company = write_company(tmp_path / "company")
    shown = run("forecast", *question(company))
    assert shown.exit_code == 2 and "--history FILE" in shown.stderr
    (company / "call_history.csv").write_text(history(), encoding="utf-8")
    shown = run("forecast", *question(company), "--method", "crystal_ball")
    assert shown.exit_code == 2 and "profile_level" in shown.stderr


def test_a_plan_says_what_service_callers_can_expect(planned: tuple[Path, Path]) -> None:
    _, out = planned
    rows = rows_of(out / "service.csv")
    assert len(rows) == 90
    assert all(0 <= float(row["service_level"]) <= 1 for row in rows if row["service_level"])
    page = (out / "report.html").read_text("utf-8")
    assert "Expected service level" in page and "service-0" in page


def test_simulate_repeats_itself_and_writes_beside_the_plan(planned: tuple[Path, Path], tmp_path: Path) -> None:
    company, out = planned
    words = ("simulate", str(out), *question(company)[:4], "--replications", "30")
    first = run(*words, "--out", str(tmp_path / "one"))
    assert first.exit_code == 0, first.output
    assert run(*words, "--workers", "1", "--out", str(tmp_path / "two")).exit_code == 0
    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")
    assert set(files_of(tmp_path / "one")) == {"service.csv", "simulation.html"}
    assert "30 replications" in first.stdout


def test_what_if_compares_plans_people_and_ringing_on_the_same_callers(
    planned: tuple[Path, Path], tmp_path: Path
) -> None:
    company, out = planned
    specs = [
        word for spec in (str(out), "agents=+1", "agents:q1=-1", "routing=overflow") for word in ("--what-if", spec)
    ]
    words = ["simulate", str(out), *question(company)[:4], "--replications", "60", "--out", str(tmp_path / "w")]
    shown = run(*words, *specs)
    assert shown.exit_code == 0, shown.output
    assert "What if" in shown.stdout and "+0.0 ±0.0" in shown.stdout.replace("\n", " ")
    assert "What if" in (tmp_path / "w" / "simulation.html").read_text("utf-8")


def test_a_release_is_simulated_as_its_draft_was(planned: tuple[Path, Path], tmp_path: Path) -> None:
    company, out = planned
    store = ["--store", str(tmp_path / "store.sqlite")]
    made = run("release", *question(company), "--draft", str(out), *store, "--by", "tester")
    assert made.exit_code == 0, made.output
    words = ["--replications", "30", "--out", str(tmp_path / "r"), "--what-if", "release=1", *store]
    shown = run("simulate", "--release", "1", *question(company)[:4], *words)
    assert shown.exit_code == 0, shown.output
    draft = run("simulate", str(out), *question(company)[:4], "--replications", "30", "--out", str(tmp_path / "d"))
    assert draft.exit_code == 0
    assert (tmp_path / "r" / "service.csv").read_bytes() == (tmp_path / "d" / "service.csv").read_bytes()
    for wrong in (["simulate"], ["simulate", str(out), "--release", "1"], ["simulate", "--release", "9", *store]):
        assert run(*wrong, *question(company)[:4]).exit_code == 2


@pytest.mark.parametrize("spec", ["agents:q9=+1", "lunch=+1", "routing=loud"])
def test_a_what_if_that_is_none_is_refused(planned: tuple[Path, Path], spec: str) -> None:
    company, out = planned
    shown = run("simulate", str(out), *question(company)[:4], "--what-if", spec)
    assert shown.exit_code == 2 and "--what-if" in shown.stderr


def test_a_folder_without_plan_or_routing_and_a_week_without_calls_are_refused(
    planned: tuple[Path, Path], tmp_path: Path
) -> None:
    company, out = planned
    (tmp_path / "empty").mkdir()
    shown = run("simulate", str(tmp_path / "empty"), *question(company)[:4])
    assert shown.exit_code == 2 and "plan.json" in shown.stderr
    silent = write_company(tmp_path / "company")
    shown = run("simulate", str(out), *question(silent)[:4])
    assert shown.exit_code == 2 and "no calls are known" in shown.stderr


def test_calibrate_plans_anew_and_names_what_is_left(planned: tuple[Path, Path], tmp_path: Path) -> None:
    company, out = planned
    (company.parent / "rotation.toml").write_text(
        (company.parent / "rotation.toml").read_text() + "[solver]\ntime_limit_s = 1\n", encoding="utf-8"
    )
    shown = run("simulate", str(out), *question(company)[:4], "--calibrate", "--out", str(tmp_path / "new"))
    assert shown.exit_code == 0, shown.output
    assert {"required.csv", "plan.csv", "service.csv", "report.html"} <= {
        path.name for path in (tmp_path / "new").iterdir()
    }
    assert "Where people suffice, the target holds in" in shown.stdout.replace("\n", " ")
    before, after = (
        {(row["queue_id"], row["start"]): int(row["required"]) for row in rows_of(folder / "coverage.csv")}
        for folder in (out, tmp_path / "new")
    )
    assert all(after[key] >= before[key] for key in before)


def test_one_command_goes_from_history_to_service(tmp_path: Path) -> None:
    company = write_company(tmp_path / "company", queues_csv=QUEUES)
    (company / "required.csv").unlink()
    raw = tmp_path / "raw.csv"
    raw.write_text(history(), encoding="utf-8")
    shown = run("week", *question(company), "--history", str(raw), "--time-limit", "2", "--out", str(tmp_path / "out"))
    assert shown.exit_code == 0, shown.output
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {
        "forecast.csv", "demand.csv", "backtest.csv", "forecast.html", "required.csv", "plan.csv", "coverage.csv",
        "participation.csv", "plan.json", "report.html", "ical", "routing", "service.csv", "simulation.html",
    }  # fmt: skip
    expected = sum(float(row["calls"]) for row in rows_of(tmp_path / "out" / "demand.csv"))
    assert expected == pytest.approx(90 * 6, rel=0.1)
