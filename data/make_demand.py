"""Make demand.csv for the sample company from real call counts of a bank's call centre.

Every row of demand.csv counts calls that somebody really made in 1999. What is ours is the date, the queue and the
share that is kept; README.md in this folder tells it in prose. The script follows each call on its own:

1. a day of ours takes the calls of one bank day (WEEKS, then `bank_day`);
2. the call gets a second inside its six minutes, and the clock of that day is stretched (CLOCK);
3. it gets a bank type, drawn from the mix of types at that hour of the bank's day;
4. the type gives the queue (QUEUE_SHARES); at night, and after closing, the rules of `queue_of` hold;
5. the call is kept with the probability --scale, and counted if that queue is open then.

All draws are seeded by bank day and six-minute slot, so the same raw files give the same bytes. The script knows
queues and opening hours from the tables beside it and nothing of the people.
"""

import argparse
import csv
import gzip
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

SITE = ZoneInfo("America/Los_Angeles")
HALF_HOUR_S = 1800
SLOT_S = 360
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# ISO week of ours -> Sunday that begins a complete bank week without holiday, gap or clock change.
WEEKS = {
    (2026, 10): date(1999, 2, 14),
    (2026, 44): date(1999, 7, 11),
    (2026, 48): date(1999, 6, 20),
    (2026, 49): date(1999, 6, 6),
    (2026, 50): date(1999, 6, 13),
    (2026, 51): date(1999, 5, 30),
    (2026, 52): date(1999, 8, 15),
    (2027, 10): date(1999, 2, 21),
    (2027, 44): date(1999, 8, 22),
}

# US federal holidays inside those weeks: only queues that never close keep their rows.
HOLIDAYS = {date(2026, 11, 26), date(2026, 12, 25)}

# Bank clock -> our clock, in hours, straight between the points. The bank's working week is Sunday to Thursday from
# 7 to 24 o'clock, Friday until 14, and on Saturday it opens at about 20.
CLOCK = {
    "weekday": ((0, 0), (24, 24)),
    "saturday": ((0, 0), (7, 9), (15, 17), (24, 24)),
    "sunday": ((0, 0), (20, 8), (24, 24)),
}

# Bank type -> our queues. PS regular, NW new customers, NE stock exchange, IN internet, PE English, TT call-backs.
QUEUE_SHARES = {
    "PS": {"billing": 0.44, "repair": 0.29, "internet": 0.20, "spanish": 0.04, "business": 0.03},
    "NW": {"sales": 0.84, "billing": 0.08, "internet": 0.08},
    "NE": {"business": 1.0},
    "IN": {"internet": 1.0},
    "PE": {"spanish": 1.0},
    "TT": {"repair": 1.0},
}
NIGHT_QUEUE = "repair"
MORNING_S, EVENING_S = 7 * 3600, 20 * 3600
AFTER_CLOSING_SHARE = 0.10

Opening = dict[tuple[str, str], list[tuple[int, int]]]
Counts = Counter[tuple[str, int]]


def read_volume(path: Path) -> dict[date, list[int]]:
    """Calls per six minutes of each bank day; days with an empty value are left out.

    Args: path to the gzipped table date,start_local,calls. Returns: date -> 240 counts.
    """
    days: dict[date, list[str]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            days[date.fromisoformat(row["date"])].append(row["calls"])
    return {day: [int(float(n)) for n in calls] for day, calls in days.items() if all(calls) and len(calls) == 240}


def read_mix(path: Path) -> dict[int, dict[str, int]]:
    """Calls of each bank type by hour of the bank's day; phantom calls and clock errors are dropped.

    Args: path to the gzipped table of single calls. Returns: hour 0-23 -> type -> calls.
    """
    mix: dict[int, dict[str, int]] = {hour: dict.fromkeys(QUEUE_SHARES, 0) for hour in range(24)}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["outcome"] != "PHANTOM" and row["bad"] == "0":
                mix[int(row["vru_entry"].split(":")[0])][row["type"]] += 1
    return mix


def read_opening(path: Path) -> Opening:
    """(queue, weekday) -> open spans in seconds of the wall clock, queues in the order of the table."""
    opening: Opening = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            opening[row["queue_id"], row["weekday"]].append((seconds(row["open"]), seconds(row["close"])))
    return opening


def seconds(clock: str) -> int:
    """HH:MM (24:00 allowed) as seconds after midnight."""
    hours, minutes = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60


def stretched(second: float, kind: str) -> float:
    """A second of the bank's day on our clock, by the points of CLOCK[kind]."""
    for (bank_from, our_from), (bank_to, our_to) in pairwise(CLOCK[kind]):
        if second < bank_to * 3600:
            slope = (our_to - our_from) / (bank_to - bank_from)
            return our_from * 3600 + (second - bank_from * 3600) * slope
    raise ValueError(f"second {second} is not inside a day")


def queue_of(bank_hour: int, second: float, mix: dict[int, dict[str, int]], random: Random) -> str | None:
    """The queue of one call, or None when the call finds its queue closed and gives up.

    Before 07:00 every caller takes the only queue that answers; from 20:00 on AFTER_CLOSING_SHARE of them do.
    """
    kinds, weights = zip(*mix[bank_hour].items(), strict=True)
    kind = random.choices(kinds, weights)[0]
    shares = QUEUE_SHARES[kind]
    queue = random.choices(list(shares), list(shares.values()))[0]
    insists = random.random() < AFTER_CLOSING_SHARE
    if second < MORNING_S:
        return NIGHT_QUEUE
    if second >= EVENING_S:
        return NIGHT_QUEUE if insists else None
    return queue


def count_day(
    bank_day: date, calls: list[int], kind: str, mix: dict[int, dict[str, int]], scale: float, pass_no: int
) -> Counts:
    """Kept calls of one bank day by (queue, half-hour of our wall clock 0-47)."""
    counts: Counts = Counter()
    for slot, number in enumerate(calls):
        random = Random(f"{bank_day} {slot} {pass_no}")
        for _ in range(number):
            bank_second = (slot + random.random()) * SLOT_S
            second = stretched(bank_second, kind)
            queue = queue_of(int(bank_second // 3600), second, mix, random)
            copies = int(scale) + (random.random() < scale % 1)
            if queue is not None:
                counts[queue, int(second // HALF_HOUR_S)] += copies
    return counts


def bank_day(sunday: date, day: date) -> tuple[date, str]:
    """The bank day whose calls `day` takes, and the clock it goes by.

    Monday to Friday take Sunday to Thursday, Saturday takes Friday, Sunday takes Saturday; a holiday is as quiet as
    a Saturday.
    """
    if day in HOLIDAYS:
        return sunday + timedelta(days=5), "saturday"
    weekday = day.weekday()
    return sunday + timedelta(days=weekday), ("saturday" if weekday == 5 else "sunday" if weekday == 6 else "weekday")


def half_hours(day: date) -> Iterator[datetime]:
    """Half-hour starts of a site day with their offsets: 46 when the clock goes forward, 50 when it goes back."""
    start, end = (datetime.combine(each, time(), SITE).astimezone(UTC) for each in (day, day + timedelta(days=1)))
    while start < end:
        yield start.astimezone(SITE)
        start += timedelta(seconds=HALF_HOUR_S)


def is_open(opening: Opening, queue: str, day: date, second: int) -> bool:
    """Whether `queue` is open for the half-hour that starts at `second` of the wall clock."""
    if day in HOLIDAYS and queue != NIGHT_QUEUE:
        return False
    spans = opening.get((queue, WEEKDAYS[day.weekday()]), [])
    return any(begin <= second and second + HALF_HOUR_S <= end for begin, end in spans)


def demand_rows(
    volume: dict[date, list[int]], mix: dict[int, dict[str, int]], opening: Opening, scale: float
) -> Iterator[tuple[str, str, int]]:
    """Rows queue_id, start, calls by week, day, queue and time; an open interval without a call counts 0."""
    queues = list(dict.fromkeys(queue for queue, _ in opening))
    for (year, week), sunday in WEEKS.items():
        for weekday in range(1, 8):
            day = date.fromisocalendar(year, week, weekday)
            source, kind = bank_day(sunday, day)
            # The hour that comes twice takes the same bank hour with fresh draws.
            passes = [count_day(source, volume[source], kind, mix, scale, pass_no) for pass_no in (0, 1)]
            starts = list(half_hours(day))
            for queue in queues:
                for start in starts:
                    second = start.hour * 3600 + start.minute * 60
                    if is_open(opening, queue, day, second):
                        calls = passes[start.fold][queue, second // HALF_HOUR_S]
                        yield queue, start.isoformat(timespec="minutes"), calls


def main() -> None:
    """Read the two raw files, write demand.csv."""
    here = Path(__file__).parent
    parser = argparse.ArgumentParser(description="Make demand.csv of the sample company from real call counts.")
    parser.add_argument("volume", type=Path, help="bank_calls_1999_6min.csv.gz: date,start_local,calls")
    parser.add_argument("calls", type=Path, help="bank_calls_1999-02_first_half.csv.gz: one row a call")
    parser.add_argument("--scale", type=float, default=0.4, help="share of the real calls that is kept (default 0.4)")
    parser.add_argument("--output", type=Path, default=here / "demand.csv", help="where to write (default: beside)")
    arguments = parser.parse_args()
    opening = read_opening(here / "opening_hours.csv")
    rows = demand_rows(read_volume(arguments.volume), read_mix(arguments.calls), opening, arguments.scale)
    with arguments.output.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["queue_id", "start", "calls"])
        writer.writerows(rows)


if __name__ == "__main__":
    main()
