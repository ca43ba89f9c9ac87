"""Make what happens in the sample weeks: absences.csv and core_staff.csv. Everything here is made up.

Reads employees.csv, pins.csv and demand.csv (for the weeks and their intervals) beside this script. One seed,
so every run writes the same bytes.
"""

import csv
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

HERE = Path(__file__).parent
SEED = 27
SITE = "America/Los_Angeles"

# ISO week -> people on holiday for some days of it.
HOLIDAYMAKERS = {
    **{(2026, 10): 7, (2026, 44): 8, (2026, 48): 16, (2026, 49): 7, (2026, 50): 8, (2026, 51): 12},
    **{(2026, 52): 30, (2027, 10): 7, (2027, 44): 8},
}
FIRST_WEEK = "2026-03-02"
WHOLE_DAY_REASONS = ("vacation", "vacation", "vacation", "vacation", "training course", "jury duty", "sick leave")
PART_DAY_REASONS = ("medical appointment", "school meeting", "union meeting", "car inspection")

# US federal holidays inside the sample weeks: the rotation rests, so core staff alone keeps the repair queue.
HOLIDAYS = {date(2026, 11, 26), date(2026, 12, 25)}
HOLIDAY = 7

# Contracted agents outside the rotation: queue, weekdays (0 Monday; HOLIDAY), from, to, agents. Rows may not overlap.
# The small hours of Tuesday, Thursday and (until three) Sunday are left to the night shift of the central office.
CORE = (
    ("repair", (0, 2, 4), 0, 6, 1),
    ("repair", range(5), 6, 7, 2),
    ("repair", range(5), 7, 20, 2),
    ("repair", range(5), 20, 22, 3),
    ("repair", range(5), 22, 24, 2),
    ("repair", (5,), 0, 7, 1),
    ("repair", (6,), 3, 8, 1),
    ("repair", (5,), 7, 12, 3),
    ("repair", (5,), 12, 20, 2),
    ("repair", (5,), 20, 24, 1),
    ("repair", (6,), 8, 24, 1),
    ("repair", (HOLIDAY,), 0, 7, 2),
    ("repair", (HOLIDAY,), 7, 22, 4),
    ("repair", (HOLIDAY,), 22, 24, 2),
    ("billing", range(5), 7, 20, 1),
    ("internet", range(5), 17, 20, 1),
    ("internet", (5, 6), 9, 18, 1),
)


def read(name: str) -> list[dict[str, str]]:
    """Rows of a table beside this script."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(name: str, header: list[str], rows: list[tuple[object, ...]]) -> None:
    """Write one table beside this script: UTF-8, commas, LF."""
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def core_rows() -> Iterator[tuple[object, ...]]:
    """One row for each interval of demand.csv in which core staff sits at the queue."""
    for row in read("demand.csv"):
        start = datetime.fromisoformat(row["start"])
        kind = HOLIDAY if start.date() in HOLIDAYS else start.weekday()
        for queue, weekdays, begin, end, agents in CORE:
            if row["queue_id"] == queue and kind in weekdays and begin <= start.hour < end:
                yield queue, row["start"], agents


def whole_days(random: Random, ids: list[str]) -> Iterator[tuple[object, ...]]:
    """Two to five days away in a week, first and last day as dates."""
    for (year, week), number in HOLIDAYMAKERS.items():
        for employee_id in random.sample(ids, number):
            first = random.choice((1, 1, 1, 2, 3))
            last = min(first + random.choice((1, 2, 4, 4, 6)), 7)
            days = (date.fromisocalendar(year, week, day).isoformat() for day in (first, last))
            yield employee_id, *days, random.choice(WHOLE_DAY_REASONS)


def part_days(
    random: Random, zones: dict[str, str], away: set[tuple[str, tuple[int, int]]]
) -> Iterator[tuple[object, ...]]:
    """Some hours away on a weekday, as instants with the offset of the person's own zone on that date."""
    for year, week in HOLIDAYMAKERS:
        there = sorted(person for person in zones if (person, (year, week)) not in away)
        for employee_id in random.sample(there, 3):
            day = date.fromisocalendar(year, week, random.randint(1, 5))
            zone = ZoneInfo(zones[employee_id] or SITE)
            start = datetime.combine(day, time(random.randint(8, 14), random.choice((0, 15, 30))), zone)
            end = start + timedelta(minutes=random.choice((60, 90, 150)))
            edges = (edge.isoformat(timespec="minutes") for edge in (start, end))
            yield employee_id, *edges, random.choice(PART_DAY_REASONS)


def main() -> None:
    """Write the two tables."""
    random = Random(SEED)
    employees = read("employees.csv")
    zones = {row["employee_id"]: row["timezone"] for row in employees}
    pinned = {row["employee_id"] for row in read("pins.csv")}
    settled = [
        row["employee_id"]
        for row in employees
        if row["employee_id"] not in pinned and row["starts_on"] < FIRST_WEEK and not row["ends_on"]
    ]
    long = list(whole_days(random, settled))
    away = {(str(row[0]), date.fromisoformat(str(row[1])).isocalendar()[:2]) for row in long}
    short = list(part_days(random, {each: zones[each] for each in settled}, away))
    # Sixty real minutes from 01:30 to 01:30: the clock goes back in between.
    nightly = next(row["employee_id"] for row in employees if row["work_pattern_id"] == "night_weekend")
    short.append((nightly, "2026-11-01T01:30-07:00", "2026-11-01T01:30-08:00", "family emergency"))
    rows = sorted(long + short, key=lambda row: (str(row[1]), str(row[0])))
    write("absences.csv", ["employee_id", "start", "end", "reason"], rows)
    write("core_staff.csv", ["queue_id", "start", "agents"], list(core_rows()))


if __name__ == "__main__":
    main()
