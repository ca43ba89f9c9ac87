"""`rotation plan` from a folder of tables to a folder of results."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from rotation.cli.reading import read_case
from rotation.plan import Plan
from rotation.rules import rules
from rotation.solve.audit import audit
from rotation.timegrid import IsoWeek
from tests.cli.company_folder import NEXT, WEEK, asked, files_of, run, started, write_company

COLUMNS = {
    "plan.csv": "shift_id,employee_id,department_id,queue_id,start,end",
    "coverage.csv": "queue_id,start,required,core,assigned,shortage,surplus",
    "participation.csv": "employee_id,band_min,band_max,minutes,debt_minutes,status,reason",
}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def people_of(out: Path) -> dict[str, dict[str, str]]:
    return {row["employee_id"]: row for row in rows_of(out / "participation.csv")}


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Any]:
    """Company, output and result of one run."""
    place = tmp_path_factory.mktemp("planned")
    company = write_company(place / "company")
    shown = run(*asked(company, place / "out"))
    assert shown.exit_code == 0, shown.output
    return company, place / "out", shown


def test_every_file_of_the_contract_is_there_with_its_columns(planned: tuple[Path, Path, Any]) -> None:
    _, out, shown = planned
    assert {path.name for path in out.iterdir()} == {*COLUMNS, "plan.json", "report.html", "ical", "routing"}
    for name, columns in COLUMNS.items():
        header = (out / name).read_text("utf-8").splitlines()[0].split(",")
        assert header[: columns.count(",") + 1] == columns.split(",")
    assert any((out / "ical").rglob("*.ics")) and any((out / "routing").iterdir())
    assert f"written: {out}" in shown.stdout.replace("\n", "")


def test_the_written_plan_is_legal_and_worth_what_plan_json_says(planned: tuple[Path, Path, Any]) -> None:
    company, out, _ = planned
    case = read_case(company, company.parent / "rotation.toml", IsoWeek.parse(WEEK), dt.date(2026, 11, 1)).case
    plan = Plan.of(
        (row["employee_id"], row["queue_id"], *(dt.datetime.fromisoformat(row[key]) for key in ("start", "end")))
        for row in rows_of(out / "plan.csv")
    )
    assert [shift.shift_id for shift in plan.shifts] == [row["shift_id"] for row in rows_of(out / "plan.csv")]
    judged, record = audit(case, plan, rules()), json.loads((out / "plan.json").read_text("utf-8"))
    assert judged.clashes == ()
    assert judged.objective == record["objective"] >= record["lower_bound"]
    assert dict(judged.points) == record["points"]
    assert {key: int(row["minutes"]) for key, row in people_of(out).items()} == {
        employee.employee_id: sum(shift.minutes for shift in plan.by_employee.get(employee.employee_id, ()))
        for employee in case.company.employees
    }


def test_show_shows_what_was_written(planned: tuple[Path, Path, Any]) -> None:
    company, out, _ = planned
    shown = run("show", str(out))
    assert shown.exit_code == 0 and WEEK in shown.stdout
    place = ["--company", str(company), "--config", str(company.parent / "rotation.toml")]
    assert run("show", str(out), "--queue", "q1", *place).exit_code == 0
    one = run("show", str(out), "--employee", "E1", *place)
    assert one.exit_code == 0 and "Name 1" in one.stdout


@pytest.mark.parametrize("words", [["--employee", "E99"], ["--queue", "q99"]])
def test_show_of_somebody_unknown_is_a_fault(planned: tuple[Path, Path, Any], words: list[str]) -> None:
    company, out, _ = planned
    shown = run("show", str(out), *words, "--company", str(company), "--config", str(company.parent / "rotation.toml"))
    assert shown.exit_code == 2 and "Traceback" not in shown.output


def test_show_of_a_folder_that_is_none_is_a_fault(tmp_path: Path) -> None:
    shown = run("show", str(tmp_path / "missing"))
    assert shown.exit_code == 2 and "is no folder" in shown.stderr


def test_a_second_plan_replaces_the_first_and_keeps_the_planners_notes(tmp_path: Path) -> None:
    company, out = write_company(tmp_path / "company"), tmp_path / "out"
    assert run(*asked(company, out)).exit_code == 0
    (out / "notes.txt").write_text("call Ann")
    (out / "ical" / "old.ics").write_text("old")
    assert run(*asked(company, out, week=NEXT)).exit_code == 0
    assert (out / "notes.txt").exists() and not (out / "ical" / "old.ics").exists()
    assert json.loads((out / "plan.json").read_text("utf-8"))["week"] == NEXT


def test_the_same_question_gives_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    company = write_company(tmp_path / "company")
    words = [asked(company, tmp_path / f"out{n}", "--reproducible", "--seed", "5") for n in range(3)]
    others = [started(*words[n], PYTHONHASHSEED=str(n)) for n in (1, 2)]
    assert run(*words[0]).exit_code == 0
    assert [other.wait() for other in others] == [0, 0]
    for other in others:
        other.communicate()
    first = files_of(tmp_path / "out0")
    for n in (1, 2):
        found = files_of(tmp_path / f"out{n}")
        assert found.keys() == first.keys()
        assert [name for name in first if found[name] != first[name]] == []


def test_bad_input_is_told_in_full_and_nothing_is_written(tmp_path: Path) -> None:
    skills = "employee_id,queue_id,level\nE1,q1,9\nE99,q1,3\nE1,q9,3\n"
    pins = "employee_id,queue_id,start,end\nE1,q1,2026-12-01T10:00-08:00,2026-12-01T09:00-08:00\n"
    company = write_company(tmp_path / "company", skills_csv=skills, pins_csv=pins, policy="[bend]\nmin_pct = 1\n")
    shown = run(*asked(company, tmp_path / "out"))
    assert shown.exit_code == 2
    assert not (tmp_path / "out").exists()
    assert "nothing was written" in shown.stderr and "Traceback" not in shown.output
    for address in ("skills.csv, row 2, column level", "'E99'", "'q9'", "pins.csv, row 2", "bend"):
        assert address in shown.stderr


def test_pins_that_clash_give_the_least_bad_plan_without_calendars_and_the_list(tmp_path: Path) -> None:
    pins = (
        "employee_id,queue_id,start,end\n"
        "E1,q1,2026-12-01T10:00-08:00,2026-12-01T11:00-08:00\n"
        "E2,q1,2026-12-05T10:00-08:00,2026-12-05T12:00-08:00\n"
        "E3,q2,2026-12-02T08:00-08:00,2026-12-02T12:00-08:00\n"
    )
    company, out = write_company(tmp_path / "company", pins_csv=pins), tmp_path / "out"
    assert run(*asked(company, out, week=NEXT)).exit_code == 0  # an older plan with calendars, which must not stay
    shown = run(*asked(company, out))
    assert shown.exit_code == 3
    assert {path.name for path in out.iterdir()} == {*COLUMNS, "plan.json", "report.html"}
    assert "pins: E2 was promised q1" in shown.stderr and "pins: E3 was promised q2" in shown.stderr
    assert "E1 was promised" not in shown.stderr
    assert "Traceback" not in shown.output
    record = json.loads((out / "plan.json").read_text("utf-8"))
    assert record["status"] == "clash" and len(record["clashes"]) == 2
    assert run("show", str(out)).exit_code == 0


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    company = write_company(tmp_path / "company")
    (tmp_path / "file").write_text("a file")
    for place, word in ((tmp_path / "file", "is a file"), (tmp_path / "file" / "out", "cannot be written")):
        shown = run(*asked(company, place))
        assert shown.exit_code == 4
        assert word in shown.stderr and "Traceback" not in shown.output
    shown = run(*asked(company, company))
    assert shown.exit_code == 4 and "holds files but no plan" in shown.stderr
    assert (company / "employees.csv").exists() and (tmp_path / "file").read_text() == "a file"


def test_a_carried_folder_that_is_missing_is_a_fault(tmp_path: Path) -> None:
    company = write_company(tmp_path / "company")
    shown = run(*asked(company, tmp_path / "out", "--carry", str(tmp_path / "last")))
    assert shown.exit_code == 2
    assert "is no folder" in shown.stderr and not (tmp_path / "out").exists()


def test_debts_and_credits_of_last_week_move_what_people_serve(tmp_path: Path) -> None:
    # Thirty hours a week, five for each of six people: enough that one may serve six hours and another four.
    dates = [dt.date(2026, 11, 30) + dt.timedelta(weeks=week, days=day) for week in (0, 1) for day in range(5)]
    wanted = [f"q1,{date}T{hour:02}:00-08:00,1" for date in dates for hour in (8, 9, 10, 11, 13, 14)]
    quiet = [f"q1,{date}T{hour:02}:00-08:00,0" for date in dates for hour in (12, 15, 16)]
    unasked = [f"q2,{date}T{hour:02}:00-08:00,0" for date in dates for hour in range(8, 17)]
    company = write_company(
        tmp_path / "company",
        queues_csv="queue_id,name,aht_s,min_agents\nq1,One,300,0\nq2,Two,300,0\n",
        required_csv="\n".join(["queue_id,start,agents", *wanted, *quiet, *unasked]) + "\n",
    )
    last, plain, out = (tmp_path / name for name in ("last", "plain", "out"))
    assert run(*asked(company, last)).exit_code == 0
    header, *rows = (last / "participation.csv").read_text("utf-8").splitlines()
    at = header.split(",").index("debt_minutes")
    changed = []
    for row, debt in zip(rows, (120, -120, 0, 0, 0, 0), strict=True):
        cells = row.split(",")
        cells[at] = str(debt)
        changed.append(",".join(cells))
    (last / "participation.csv").write_text("\n".join([header, *changed, ""]), encoding="utf-8")
    assert run(*asked(company, plain, week=NEXT)).exit_code == 0
    assert run(*asked(company, out, "--carry", str(last), week=NEXT)).exit_code == 0
    people = people_of(out)
    assert {row["debt_minutes"] for row in people_of(plain).values()} == {"0"}
    # Who owes two hours serves the whole band, who is two hours ahead its least; what is made good is owed no more.
    assert (people["E1"]["minutes"], people["E1"]["debt_minutes"]) == ("360", "0")
    assert (people["E2"]["minutes"], people["E2"]["debt_minutes"]) == ("240", "0")


def test_somebody_who_left_is_carried_no_further(tmp_path: Path) -> None:
    company, last, out = write_company(tmp_path / "company"), tmp_path / "last", tmp_path / "out"
    assert run(*asked(company, last)).exit_code == 0
    table = last / "participation.csv"
    table.write_text(table.read_text("utf-8").replace("E6,", "E66,"), encoding="utf-8")
    shown = run(*asked(company, out, "--carry", str(last), week=NEXT))
    assert shown.exit_code == 0
    assert "'E66' is carried but no longer employed" in shown.stderr
