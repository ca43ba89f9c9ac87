"""Make the two call histories in data/history from the bank's real counts.

- bank_1999.csv.gz: the bank's own calls, half-hour by half-hour, as they were counted; a half-hour that lacks one of
its
  five counts is left empty. Instants carry the bank's offset; the half-hours that the clock skipped have no row.
- calls_2026.csv.gz: twelve weeks of the sample company before 2026-W49, made of further bank weeks exactly as
  make_demand.py makes demand.csv (weeks 44 and 48 are those of demand.csv). Handle times are drawn around the queues'
  aht_s, waits are left out: nobody knows how long these callers would have waited.

All draws are seeded, so the same raw files give the same bytes.
"""

import argparse
import csv
import gzip
import io
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import make_demand

BANK = ZoneInfo("Asia/Jerusalem")
WEEKS = {
    (2026, 37): date(1999, 2, 14),
    (2026, 38): date(1999, 2, 21),
    (2026, 39): date(1999, 3, 7),
    (2026, 40): date(1999, 3, 14),
    (2026, 41): date(1999, 3, 21),
    (2026, 42): date(1999, 4, 11),
    (2026, 43): date(1999, 4, 25),
    (2026, 44): date(1999, 7, 11),
    (2026, 45): date(1999, 5, 2),
    (2026, 46): date(1999, 5, 9),
    (2026, 47): date(1999, 5, 30),
    (2026, 48): date(1999, 6, 20),
}
HANDLE_TIME_SPREAD = 0.9
"""Standard deviation over mean of one call's handle time."""


def bank_rows(path: Path) -> list[tuple[str, str, str]]:
    """The bank's half-hours as queue_id, start, offered; empty where a count is missing."""
    counts: dict[tuple[str, int], list[str]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            hour, minute = map(int, row["start_local"].split(":"))
            counts[row["date"], hour * 2 + minute // 30].append(row["calls"])
    rows = []
    for (day, half), calls in sorted(counts.items()):
        local = datetime.combine(date.fromisoformat(day), datetime.min.time(), BANK) + timedelta(minutes=30 * half)
        if local.astimezone(UTC).astimezone(BANK).replace(tzinfo=None) != local.replace(tzinfo=None):
            continue
        known = len(calls) == 5 and all(calls)
        rows.append(
            ("bank", local.isoformat(timespec="minutes"), str(sum(int(float(n)) for n in calls)) if known else "")
        )
    return rows


def sample_rows(volume: Path, calls: Path, scale: float) -> list[tuple[str, str, int, int, str]]:
    """The sample company's past as queue_id, start, offered, answered, handle_s."""
    here = Path(__file__).parent
    opening = make_demand.read_opening(here / "opening_hours.csv")
    with (here / "queues.csv").open(encoding="utf-8", newline="") as file:
        aht = {row["queue_id"]: float(row["aht_s"]) for row in csv.DictReader(file)}
    make_demand.WEEKS = WEEKS
    offered = make_demand.demand_rows(make_demand.read_volume(volume), make_demand.read_mix(calls), opening, scale)
    random, rows = Random("handle times"), []
    for queue, start, count in offered:
        shape = 1 / HANDLE_TIME_SPREAD**2
        total = sum(random.gammavariate(shape, aht[queue] / shape) for _ in range(count))
        rows.append((queue, start, count, count, f"{total:.0f}"))
    return rows


def write(path: Path, header: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    """A gzipped table whose bytes do not depend on the time of writing."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    path.write_bytes(gzip.compress(text.getvalue().encode(), 9, mtime=0))


def main() -> None:
    """Read the two raw files, write the two histories."""
    parser = argparse.ArgumentParser(description="Make the call histories in data/history from real call counts.")
    parser.add_argument("volume", type=Path, help="bank_calls_1999_6min.csv.gz: date,start_local,calls")
    parser.add_argument("calls", type=Path, help="bank_calls_1999-02_first_half.csv.gz: one row a call")
    parser.add_argument("--scale", type=float, default=0.4, help="share of the real calls that is kept (default 0.4)")
    arguments = parser.parse_args()
    folder = Path(__file__).parent / "history"
    write(folder / "bank_1999.csv.gz", ("queue_id", "start", "offered"), [*bank_rows(arguments.volume)])
    rows = sample_rows(arguments.volume, arguments.calls, arguments.scale)
    write(folder / "calls_2026.csv.gz", ("queue_id", "start", "offered", "answered", "handle_s"), [*rows])


if __name__ == "__main__":
    main()
