"""`rotation plan --weeks`: weeks in order, each with the ledger of the one before; what people owe converges."""

from __future__ import annotations

import csv
import datetime as dt
import json
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest

from rotation.cli.reading import read_weeks
from rotation.plan import Edition, ledger_after
from rotation.release.known import Known
from rotation.rules import rules
from rotation.solve.planning import plan_week
from rotation.solve.settings import SearchSettings, Watch
from rotation.solve.sharing import balances
from rotation.timegrid import IsoWeek
from tests.cli.company_folder import DAYS, NEXT, ROOT, WEEK, files_of, question, run, started, write_company

MONDAY = dt.date(2026, 11, 30)


def evenings(weeks: int) -> dict[str, str]:
    """Four people alike, of whom one at a time is asked for in the evening of every working day."""
    dates = [MONDAY + dt.timedelta(weeks=week, days=day) for week in range(weeks) for day in range(5)]
    required = [f"q1,{date}T{hour:02}:00-08:00,{int(hour >= 18)}" for date in dates for hour in range(10, 20)]
    return {
        "employees_csv": "employee_id,name,email,department_id,weekly_hours,work_pattern_id\n"
        + "".join(f"E{n},Name {n},e{n}@example.com,sales,20,late\n" for n in range(1, 5)),
        "work_patterns_csv": "work_pattern_id,weekday,start,end\n" + "".join(f"late,{d},10:00,20:00\n" for d in DAYS),
        "queues_csv": "queue_id,name,aht_s,min_agents\nq1,One,300,0\n",
        "opening_hours_csv": "queue_id,weekday,open,close\n" + "".join(f"q1,{day},10:00,20:00\n" for day in DAYS),
        "skills_csv": "employee_id,queue_id,level\n" + "".join(f"E{n},q1,3\n" for n in range(1, 5)),
        "required_csv": "\n".join(["queue_id,start,agents", *required, ""]),
    }


def ahead(company: Path, out: Path, weeks: int, *more: str) -> list[str]:
    return ["plan", *question(company), "--weeks", str(weeks), "--out", str(out), "--time-limit", "1",
            "--workers", "2", *more]  # fmt: skip


def people_of(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "participation.csv").open(encoding="utf-8", newline="") as stream:
        return {row["employee_id"]: row for row in csv.DictReader(stream)}


def test_each_week_has_a_whole_folder_and_carries_the_one_before(tmp_path: Path) -> None:
    company, out, single = write_company(tmp_path / "company"), tmp_path / "out", tmp_path / "single"
    shown = run(*ahead(company, out, 2, "--reproducible"))
    assert shown.exit_code == 0, shown.output
    assert sorted(path.name for path in out.iterdir()) == [WEEK, NEXT]
    assert "Fairness over the weeks" in shown.stdout
    assert run("plan", *question(company, NEXT), "--out", str(single), "--time-limit", "1", "--workers", "2",
               "--reproducible", "--carry", str(out / WEEK)).exit_code == 0  # fmt: skip
    assert files_of(single) == files_of(out / NEXT)


def test_unpleasant_hours_of_people_alike_come_together(tmp_path: Path) -> None:
    company, out = write_company(tmp_path / "company", **evenings(4)), tmp_path / "out"
    assert run(*ahead(company, out, 4)).exit_code == 0
    spread = []
    for number in range(4):
        rows = people_of(out / str(IsoWeek.parse(WEEK).following(number)))
        burdens = [int(row["total_unpleasant_minutes"]) for row in rows.values()]
        assert sum(burdens) == 600 * (number + 1)
        spread.append((max(burdens) - min(burdens)) / (sum(burdens) / 4))
    assert spread[-1] < spread[0] and spread[-1] <= 0.25


def test_debts_of_small_contracts_stay_below_a_shift(tmp_path: Path) -> None:
    people = "employee_id,name,email,department_id,weekly_hours,work_pattern_id\n" + "".join(
        f"E{n},Name {n},e{n}@example.com,{'sales' if n % 2 else 'field'},5,office\n" for n in range(1, 7)
    )
    dates = [MONDAY + dt.timedelta(weeks=week, days=day) for week in range(6) for day in range(5)]
    required = [f"{q},{date}T{hour:02}:00-08:00,1" for q in ("q1", "q2") for date in dates for hour in range(8, 17)]
    company = write_company(
        tmp_path / "company", employees_csv=people, required_csv="\n".join(["queue_id,start,agents", *required, ""])
    )
    assert run(*ahead(company, tmp_path / "out", 6)).exit_code == 0
    served = dict.fromkeys(people_of(tmp_path / "out" / WEEK), 0)
    for number in range(6):
        rows = people_of(tmp_path / "out" / str(IsoWeek.parse(WEEK).following(number)))
        assert all(abs(int(row["debt_minutes"])) <= 60 for row in rows.values())
        served = {key: total + int(rows[key]["minutes"]) for key, total in served.items()}
    # Ten to fifteen per cent of 6 weeks of 5 hours are 180 to 270 minutes; what is open is less than a shift.
    assert all(180 - 60 < total <= 270 for total in served.values())


def test_every_fault_of_every_week_is_told_before_anything_is_planned(tmp_path: Path) -> None:
    company = write_company(tmp_path / "company")
    shown = run(*ahead(company, tmp_path / "out", 4))
    assert shown.exit_code == 2 and not (tmp_path / "out").exists()
    assert "from 2026-12-14" in shown.stderr and "from 2026-12-21" in shown.stderr and "Traceback" not in shown.output


@pytest.mark.parametrize("words", [["--weeks", "0"], ["--weeks", "54"], ["--weeks", "two"]])
def test_a_number_of_weeks_that_is_none_is_a_fault(tmp_path: Path, words: list[str]) -> None:
    company = write_company(tmp_path / "company")
    assert run("plan", *question(company), "--out", str(tmp_path / "out"), *words).exit_code == 2
    assert not (tmp_path / "out").exists()


def test_a_folder_of_strangers_in_any_week_is_refused_before_anything_is_planned(tmp_path: Path) -> None:
    company, out = write_company(tmp_path / "company"), tmp_path / "out"
    (out / NEXT).mkdir(parents=True)
    (out / NEXT / "letter.txt").write_text("dear")
    assert run(*ahead(company, out, 2)).exit_code == 4
    assert [path.name for path in out.iterdir()] == [NEXT]


def test_a_clash_in_one_week_leaves_the_others_whole_and_is_told_with_its_week(tmp_path: Path) -> None:
    pins = "employee_id,queue_id,start,end\nE2,q1,2026-12-05T10:00-08:00,2026-12-05T12:00-08:00\n"
    company, out = write_company(tmp_path / "company", pins_csv=pins), tmp_path / "out"
    shown = run(*ahead(company, out, 2))
    assert shown.exit_code == 3 and f"{WEEK}: pins: E2" in shown.stderr
    assert json.loads((out / WEEK / "plan.json").read_text("utf-8"))["status"] == "clash"
    assert (out / NEXT / "ical").is_dir() and not (out / WEEK / "ical").exists()


def test_an_interruption_keeps_the_weeks_so_far_and_says_how_to_go_on(tmp_path: Path) -> None:
    sample = ["--company", str(ROOT / "data"), "--config", str(ROOT / "config" / "rotation.toml"), "--week", WEEK]
    process = started("plan", *sample, "--weeks", "3", "--out", str(tmp_path / "out"), "--time-limit", "300",
                      "--gap", "0", "--workers", "2")  # fmt: skip
    assert process.stderr is not None
    for line in process.stderr:
        if "greedy descent" in line:
            break
    process.send_signal(signal.SIGINT)
    shown, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    assert [path.name for path in (tmp_path / "out").iterdir()] == [WEEK]
    assert "2 weeks were not planned" in errors and f"--week {NEXT} --weeks 2 --carry" in errors
    assert "Fairness over the weeks" in shown


@pytest.mark.slow
def test_on_the_sample_debts_stay_small_and_unpleasant_hours_come_together() -> None:
    weeks = read_weeks(
        ROOT / "data",
        ROOT / "config" / "rotation.toml",
        {IsoWeek(2026, 48).following(n): Known() for n in range(5)},
        dt.date(2026, 11, 1),
    )
    settings, editions = SearchSettings(time_limit_s=1.5, workers=2), list[Edition]()
    for case in weeks.cases:
        week = replace(case, ledger=ledger_after(editions[-1].participation)) if editions else case
        stamp = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        editions.append(plan_week(week, rules(), settings, Watch(time.monotonic), stamp, {}))
    carried = balances(editions, rules())
    assert carried[-1].relative_spread < 0.92 * carried[0].relative_spread
    owed = [row.owed for row in carried]
    assert max(owed) <= 20 * 60 and owed[-1] <= owed[0] + 4 * 60
    assert carried[-1].owed_unable > carried[0].owed_unable  # who cannot serve goes on owing, and is told apart
