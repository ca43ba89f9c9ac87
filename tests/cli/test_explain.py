"""`rotation explain` and `rotation suggest` on written plans, with good questions and with bad ones."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from tests.cli.company_folder import WEEK, asked, files_of, run, write_company

ONE_SKILLED = "employee_id,queue_id,level\n" + "".join(f"E{n},q1,3\n" for n in range(1, 7)) + "E1,q2,3\n"
DATES = [dt.date(2026, 11, 30) + dt.timedelta(days=day) for day in range(5)]
TABLES = {
    "skills_csv": ONE_SKILLED,
    "queues_csv": "queue_id,name,aht_s,min_agents\nq1,One,300,0\nq2,Two,300,0\n",
    "required_csv": "queue_id,start,agents\n"
    + "".join(f"q1,{day}T{hour:02}:00-08:00,{int(hour in (8, 9, 10))}\n" for day in DATES for hour in range(8, 17))
    + "".join(
        f"q2,{day}T{hour:02}:00-08:00,{2 * (hour > 14 and day < DATES[2])}\n" for day in DATES for hour in range(8, 17)
    ),
}
"""The second queue asks for two people twice, and one alone is certified for it."""


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A company in which one person alone is certified for the second queue, and its plan."""
    place = tmp_path_factory.mktemp("explained")
    company = write_company(place / "company", **TABLES)
    assert run(*asked(company, place / "out", "--reproducible")).exit_code == 0
    return company, place / "out"


def about(planned: tuple[Path, Path]) -> list[str]:
    """The options that say which plan of which company."""
    company, out = planned
    return ["--company", str(company), "--config", str(company.parent / "rotation.toml"), "--plan", str(out)]


def words(text: str) -> str:
    """Text without line breaks."""
    return " ".join(text.split())


def first_shift(out: Path, employee_id: str = "") -> dict[str, str]:
    with (out / "plan.csv").open(encoding="utf-8", newline="") as stream:
        return next(row for row in csv.DictReader(stream) if employee_id in ("", row["employee_id"]))


def test_a_shortage_names_its_cause_and_what_would_help(planned: tuple[Path, Path]) -> None:
    before = files_of(planned[1])
    shown = run("explain", *about(planned), "--short", "--queue", "q2", "--most", "1", "--workers", "1")
    assert shown.exit_code == 0, shown.output
    text = words(shown.stdout)
    assert "what binds: too few are certified" in text
    assert "certify Name" in text and "skills.csv:" in text
    assert "the worst 1 are explained" in text
    assert files_of(planned[1]) == before


def test_a_person_is_told_what_each_shift_is_worth(planned: tuple[Path, Path]) -> None:
    shown = run("explain", *about(planned), "--week", WEEK, "--employee", "E1")
    assert shown.exit_code == 0, shown.output
    text = words(shown.stdout)
    assert text.startswith(f"Name 1 (E1) · {WEEK} ·")
    assert "without it: +" in text and "best other week of this person:" in text and "so: " in text


@pytest.mark.parametrize(
    ("employee", "interval", "queue", "said"),
    [
        ("E2", "2026-12-02T10:00-08:00", "q2", "certification: E2"),
        ("E2", "2026-12-05T10:00-08:00", "q1", "opening_hours"),
        ("E2", "2026-12-02T12:00-08:00", "q1", "availability: E2"),
    ],
)
def test_what_is_forbidden_names_the_rule(
    planned: tuple[Path, Path], employee: str, interval: str, queue: str, said: str
) -> None:
    shown = run("explain", *about(planned), "--employee", employee, "--interval", interval, "--queue", queue)
    assert shown.exit_code == 0, shown.output
    assert "forbidden whatever the plan" in shown.stdout and said in words(shown.stdout)


def test_what_is_only_dearer_says_how_much(planned: tuple[Path, Path]) -> None:
    shift = first_shift(planned[1], "E2")
    serves = run("explain", *about(planned), "--employee", "E2", "--interval", shift["start"])
    assert serves.exit_code == 0 and "serves: q1" in serves.stdout
    shown = run("explain", *about(planned), "--employee", "E1", "--interval", shift["start"], "--queue", "q1")
    assert shown.exit_code == 0, shown.output
    assert "points" in shown.stdout or "serves" in shown.stdout


def test_a_replacement_is_suggested_with_its_price(planned: tuple[Path, Path]) -> None:
    shift = first_shift(planned[1], "E2")
    shown = run("suggest", *about(planned), "--shift", shift["shift_id"], "--most", "3")
    assert shown.exit_code == 0, shown.output
    text = words(shown.stdout)
    assert "left open: +" in text and "who could take it, cheapest first" in text


def test_a_person_who_fell_ill_is_told_and_replaced(planned: tuple[Path, Path], tmp_path: Path) -> None:
    _, out = planned
    shift = first_shift(out, "E2")
    day = shift["start"][:10]
    ill = write_company(
        tmp_path / "ill",
        **TABLES,
        absences_csv=f"employee_id,start,end,reason\nE2,{day},{day},ill\n",
    )
    shown = run("suggest", *about((ill, out)), "--shift", shift["shift_id"])
    assert shown.exit_code == 0, shown.output
    assert "absences.csv" in shown.stderr and "changed since the plan was made" in shown.stderr
    assert "cannot stand any more" in shown.stderr and "absent ill" in shown.stderr
    assert "who could take it, cheapest first" in words(shown.stdout)


@pytest.mark.parametrize(
    ("command", "more", "said"),
    [
        ("explain", [], "give either --short, or --employee"),
        ("explain", ["--short", "--employee", "E1"], "give either --short, or --employee"),
        ("explain", ["--short", "--interval", "2026-12-02T10:00-08:00"], "--interval needs --employee"),
        ("explain", ["--employee", "E1", "--queue", "q1"], "needs --interval"),
        ("explain", ["--short", "--queue", "q9"], "no queue has the id 'q9' (allowed: q1, q2)"),
        ("explain", ["--employee", "e1"], "nobody has the id 'e1'"),
        ("explain", ["--employee", "E1", "--interval", "tuesday"], "write it like 2026-"),
        ("explain", ["--employee", "E1", "--interval", "2026-12-02T10:00"], "no instant with offset"),
        ("explain", ["--employee", "E1", "--interval", "2026-12-09T10:00-08:00"], "is outside 2026-W49"),
        ("explain", ["--short", "--week", "2026-W50"], "holds the plan of 2026-W49, not of 2026-W50"),
        ("explain", ["--short", "--most", "0"], "0 is not in the range"),
        ("suggest", ["--shift", "E2-20261130T1700"], "did you mean"),
        ("suggest", ["--shift", "x"], "the plan has no shift 'x'"),
        ("suggest", [], "--shift"),
    ],
)
def test_a_question_that_cannot_be_asked_is_a_fault(
    planned: tuple[Path, Path], command: str, more: list[str], said: str
) -> None:
    shown = run(command, *about(planned), *more)
    assert shown.exit_code == 2, shown.output
    assert said in words(shown.stderr) and "Traceback" not in shown.output


def test_neither_week_nor_plan_is_a_fault() -> None:
    shown = run("explain", "--short")
    assert shown.exit_code == 2 and "give --week, or --plan" in shown.stderr


def test_a_plan_that_names_nobody_known_has_all_its_faults_told(planned: tuple[Path, Path], tmp_path: Path) -> None:
    company, out = planned
    copy = tmp_path / "out"
    copy.mkdir()
    for name in ("plan.json", "coverage.csv", "participation.csv"):
        (copy / name).write_bytes((out / name).read_bytes())
    header = "shift_id,employee_id,department_id,queue_id,start,end\n"
    line = "s1,E9,sales,q9,2026-12-01T10:00:00-08:00,2026-12-01T12:00:00-08:00\n"
    (copy / "plan.csv").write_text(header + line + line, encoding="utf-8")
    shown = run("explain", *about((company, copy)), "--short")
    assert shown.exit_code == 2
    for said in ("row 2, column employee_id: 'E9'", "row 2, column queue_id: 'q9'", "row 3, column shift_id: 's1'"):
        assert said in shown.stderr
    (copy / "plan.csv").unlink()
    gone = run("explain", *about((company, copy)), "--short")
    assert gone.exit_code == 2 and "plan.csv: the file is missing" in gone.stderr


def test_a_plan_of_another_interval_is_a_fault(planned: tuple[Path, Path], tmp_path: Path) -> None:
    policy = '[site]\ntimezone = "America/Los_Angeles"\ninterval_min = 30\n'
    company = write_company(tmp_path / "company", **TABLES, policy=policy)
    half = (company / "required.csv").read_text().splitlines()[1:]
    rows = [row for line in half for row in (line, line.replace(":00-08:00", ":30-08:00"))]
    (company / "required.csv").write_text("queue_id,start,agents\n" + "\n".join(rows) + "\n")
    shown = run("explain", *about((company, planned[1])), "--short")
    assert shown.exit_code == 2 and "by 60 minutes" in shown.stderr and "plan again" in shown.stderr


def test_a_plan_that_carried_a_ledger_is_explained_with_it(planned: tuple[Path, Path], tmp_path: Path) -> None:
    company, out = planned
    last, carried = tmp_path / "last", tmp_path / "carried"
    last.mkdir()
    for name in ("plan.json", "plan.csv", "coverage.csv", "participation.csv"):
        (last / name).write_bytes((out / name).read_bytes())
    rows = list(csv.DictReader((out / "participation.csv").open(encoding="utf-8", newline="")))
    with (last / "participation.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(row | {"debt_minutes": "600"} for row in rows)
    assert run(*asked(company, carried, "--carry", str(last))).exit_code == 0
    shown = run("explain", *about((company, carried)), "--short", "--queue", "q1")
    assert shown.exit_code == 0 and "warning" not in shown.stderr


def test_a_plan_that_was_edited_by_hand_is_told_and_explained_as_it_stands(
    planned: tuple[Path, Path], tmp_path: Path
) -> None:
    company, out = planned
    edited = tmp_path / "out"
    edited.mkdir()
    for name in ("plan.json", "plan.csv", "coverage.csv", "participation.csv"):
        (edited / name).write_bytes((out / name).read_bytes())
    lines = (out / "plan.csv").read_text("utf-8").splitlines()
    (edited / "plan.csv").write_text("\n".join([lines[0], *lines[2:], ""]), encoding="utf-8")
    shown = run("explain", *about((company, edited)), "--short", "--most", "1", "--workers", "1")
    assert shown.exit_code == 0 and "judged again they are" in shown.stderr
