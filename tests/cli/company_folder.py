"""A small company as files, and the command run on it, in this process or in one of its own."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from rotation.cli.main import main

ROOT = Path(__file__).parents[2]
WEEK, NEXT = "2026-W49", "2026-W50"
DAYS = ("mon", "tue", "wed", "thu", "fri")
POLICY = """[site]
timezone = "America/Los_Angeles"
interval_min = 60
[shifts]
start_grid_min = 60
"""


def tables() -> dict[str, str]:
    """Six people in two departments, two queues, one week and the next."""
    people = [f"E{n},Name {n},e{n}@example.com,{'sales' if n % 2 else 'field'},40,office" for n in range(1, 7)]
    spans = [f"office,{day},{span}" for day in DAYS for span in ("08:00,12:00", "13:00,17:00")]
    monday = dt.date(2026, 11, 30)
    dates = [monday + dt.timedelta(weeks=week, days=day) for week in (0, 1) for day in range(5)]
    required = [
        f"{queue},{date}T{hour:02}:00-08:00,1" for queue in ("q1", "q2") for date in dates for hour in range(8, 17)
    ]
    return {
        "departments.csv": _table("department_id,name,max_away_pct", ["sales,Sales,100", "field,Field,100"]),
        "employees.csv": _table("employee_id,name,email,department_id,weekly_hours,work_pattern_id", people),
        "work_patterns.csv": _table("work_pattern_id,weekday,start,end", spans),
        "queues.csv": _table("queue_id,name,aht_s", ["q1,One,300", "q2,Two,300"]),
        "opening_hours.csv": _table(
            "queue_id,weekday,open,close", [f"{queue},{day},08:00,17:00" for queue in ("q1", "q2") for day in DAYS]
        ),
        "skills.csv": _table(
            "employee_id,queue_id,level", [f"E{n},{queue},3" for n in range(1, 7) for queue in ("q1", "q2")]
        ),
        "required.csv": _table("queue_id,start,agents", required),
    }


def _table(header: str, rows: list[str]) -> str:
    return "\n".join([header, *rows, ""])


def write_company(folder: Path, **changed: str) -> Path:
    """Write the company; a keyword such as ``pins_csv`` adds or replaces that table, ``policy`` the policy."""
    folder.mkdir()
    policy = changed.pop("policy", POLICY)
    files = tables() | {name.replace("_csv", ".csv"): text for name, text in changed.items()}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder.parent / "rotation.toml").write_text(policy, encoding="utf-8")
    return folder


def question(company: Path, week: str = WEEK) -> list[str]:
    """The options that every reading command needs."""
    return ["--company", str(company), "--config", str(company.parent / "rotation.toml"), "--week", week]


def asked(company: Path, out: Path, *more: str, week: str = WEEK) -> list[str]:
    """The words of `rotation plan` with a short limit."""
    return ["plan", *question(company, week), "--out", str(out), "--time-limit", "2", "--workers", "2", *more]


def run(*words: str) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(main, [*words])


def started(*words: str, **environment: str) -> subprocess.Popen[str]:
    """The command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", "from rotation.cli.main import main; main(prog_name='rotation')", *words],
        cwd=ROOT,
        env=os.environ | {"PYTHONUNBUFFERED": "1", "COLUMNS": "200"} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def files_of(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
