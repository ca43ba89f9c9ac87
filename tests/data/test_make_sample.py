"""The scripts in data/ write the same bytes again, and count calls the way the README says."""

import csv
import gzip
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "data"
BANK_DAYS = [date(1999, 2, 14) + timedelta(days=nth) for nth in range(200)]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of data/ whose tables may be overwritten."""
    return Path(shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("__pycache__")))


def run(script: Path, *arguments: str) -> None:
    subprocess.run([sys.executable, str(script), *arguments], check=True, capture_output=True)


def pack(path: Path, rows: list[list[object]]) -> str:
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return str(path)


def raw_files(folder: Path, slots: dict[int, str], kind: str = "TT") -> list[str]:
    """Two raw files: the same calls (by six-minute slot) on every bank day, all calls of one bank type."""
    volume: list[list[object]] = [["date", "start_local", "calls"]]
    for day in BANK_DAYS:
        volume += [[day, f"{slot // 10:02d}:{slot % 10 * 6:02d}", slots.get(slot, "0")] for slot in range(240)]
    calls: list[list[object]] = [["vru_entry", "type", "outcome", "bad"]]
    for hour in range(24):
        calls += [[f"{hour}:00:01", kind, "AGENT", "0"], [f"{hour}:00:02", "PE", "PHANTOM", "0"]]
        calls += [[f"{hour}:00:03", "PE", "AGENT", "1"]]
    return [pack(folder / "volume.csv.gz", volume), pack(folder / "calls.csv.gz", calls)]


def demand_of(folder: Path, slots: dict[int, str], kind: str = "TT", scale: str = "1") -> dict[tuple[str, str], int]:
    output = folder / "demand.csv"
    run(DATA / "make_demand.py", *raw_files(folder, slots, kind), "--scale", scale, "--output", str(output))
    with output.open(encoding="utf-8", newline="") as file:
        return {(row["queue_id"], row["start"]): int(row["calls"]) for row in csv.DictReader(file)}


def test_the_made_up_tables_and_calendars_come_out_byte_for_byte_again(copied: Path) -> None:
    for script in ("make_company.py", "make_sample_weeks.py", "make_calendars.py"):
        run(copied / script)
    for kept in [*DATA.glob("*.csv"), *DATA.glob("calendars/*.ics")]:
        assert (copied / kept.relative_to(DATA)).read_bytes() == kept.read_bytes(), kept.name


def test_call_backs_go_to_repair_at_their_own_half_hour_and_phantoms_count_nowhere(tmp_path: Path) -> None:
    counts = demand_of(tmp_path, {100: "5", 104: "2"})
    assert counts["repair", "2026-12-01T10:00-08:00"] == 7
    assert sum(calls for (queue, start), calls in counts.items() if start.startswith("2026-12-01")) == 7
    assert {queue for (queue, _), calls in counts.items() if calls} == {"repair"}


def test_scale_keeps_none_or_doubles(tmp_path: Path) -> None:
    assert sum(demand_of(tmp_path, {100: "5"}, scale="0").values()) == 0
    assert demand_of(tmp_path, {100: "5"}, scale="2")["repair", "2026-12-01T10:00-08:00"] == 10


def test_a_caller_at_night_takes_the_only_open_queue_and_one_to_a_closed_queue_gives_up(tmp_path: Path) -> None:
    counts = demand_of(tmp_path, {30: "4", 181: "9"}, kind="NE")
    assert counts["repair", "2026-12-01T03:00-08:00"] == 4
    assert all(calls == 0 for (_, start), calls in counts.items() if start.startswith("2026-12-01T18"))


def test_the_hour_that_comes_twice_gets_the_bank_hour_twice(tmp_path: Path) -> None:
    counts = demand_of(tmp_path, dict.fromkeys(range(240), "3"))
    twice = [counts["repair", f"2026-11-01T01:00-{offset}:00"] for offset in ("07", "08")]
    assert all(calls > 0 for calls in twice)


def test_a_bank_day_with_an_empty_value_is_refused(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        demand_of(tmp_path, {100: ""})
