"""Fuzzes the reading of calendars: no crash, no hang, no silent "free", and one meaning by both ways of reading.

    python -m tests.benchmarks.fuzz_calendars [--minutes 10]

A calendar is damaged everywhere but in one event, which stays whole. Whatever the damage, the answer must be faults of
that file, or busy times that hold the whole event. Beside that, events of the usual shape are expanded by the quick
way and by the libraries, which must agree.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rotation.errors import InputFaults
from rotation.intake.calendar_limit import time_limit
from rotation.intake.calendar_reading import Reading
from rotation.intake.calendars import busy_times
from tests.benchmarks.calendar_speed import WINDOW, ZONE, series
from tests.intake.test_calendar_series import (
    CHANGES,
    ZONES,
    events,
    test_the_quick_expansion_and_the_libraries_agree,
)

WHOLE = (
    b"BEGIN:VEVENT\r\nUID:kept-whole-0123456789\r\nDTSTART:20261202T170000Z\r\nDTEND:20261202T180000Z\r\n"
    b"SUMMARY:Kept whole\r\nEND:VEVENT\r\n"
)
MUST = ("2026-12-02T17:00:00+00:00", "2026-12-02T18:00:00+00:00")
LINES = [
    line.encode()
    for line in (
        "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VALARM", "BEGIN:VTODO", "END:VTODO", "BEGIN:VCALENDAR",
        "END:VCALENDAR", "BEGIN:VTIMEZONE", "END:VTIMEZONE", "BEGIN:VFREEBUSY", "END:VFREEBUSY", "UID:a", "UID:", "UID",
        "RRULE:FREQ=DAILY", "RRULE:FREQ=SECONDLY", "RRULE:FREQ=YEARLY;BYDAY=MO;BYSETPOS=-1", "RRULE:FREQ=DAILY;COUNT=0",
        "RRULE:FREQ=DAILY;INTERVAL=0", "RRULE:", "EXDATE:20261202T170000Z", "EXDATE;VALUE=DATE:20261202", "RDATE:x",
        "RECURRENCE-ID:20261202T170000Z", "RECURRENCE-ID;RANGE=THISANDFUTURE:20261201T170000Z",
        "DTSTART:20261202T170000Z",
        "DTSTART;VALUE=DATE:20261202", "DTSTART;TZID=Nowhere:20261202T090000", "DTSTART:99991231T235959Z", "DTSTART:",
        "DTSTART:00010101T000000", "DTEND:20261201T000000Z", "DURATION:PT1H", "DURATION:-P1W", "DURATION:P999999999W",
        "STATUS:CANCELLED", "TRANSP:TRANSPARENT", "SEQUENCE:99999999999999999999", "METHOD:CANCEL", "CALSCALE:X",
        "X-WR-TIMEZONE:Mars", "TZID:America/Los_Angeles", "TZOFFSETTO:+2500", "FREEBUSY:20261202T170000Z/PT1H",
        " folded",
        "\t", "", ":", ";", "garbage", 'X;Y="a:b', "\x00", "\xff",
    )
]  # fmt: skip


def damaged(data: bytes, draw: random.Random) -> bytes:
    """A part of a calendar after some accidents."""
    for _ in range(draw.randint(0, 4)):
        rows = data.split(b"\r\n")
        at = draw.randrange(len(rows))
        match draw.randrange(8):
            case 0:
                del rows[at]
            case 1:
                rows.insert(at, draw.choice(LINES))
            case 2:
                rows[at] = draw.choice(LINES)
            case 3:
                rows[at] = rows[at][: draw.randrange(len(rows[at]) + 1)]
            case 4 if rows[at]:
                row = bytearray(rows[at])
                row[draw.randrange(len(row))] = draw.randrange(256)
                rows[at] = bytes(row)
            case 5:
                other = draw.randrange(len(rows))
                rows[at], rows[other] = rows[other], rows[at]
            case 6:
                rows[at:at] = rows[max(0, at - draw.randrange(12)) : at]
            case _:
                rows = rows[: max(1, at)]
        data = b"\r\n".join(rows)
    return data


def judge(data: bytes) -> str:
    """What reading gives: ``refused`` or ``busy``; anything else is a defect."""
    try:
        with time_limit("x.ics", 10.0):
            rows, _ = busy_times(data, "x.ics", "", ZONE, *WINDOW, Reading())
    except InputFaults as error:
        assert all(fault.file == "x.ics" for fault in error.faults)
        assert "more than 10 seconds" not in str(error), "hangs"
        return "refused"
    assert MUST in {(row.start.isoformat(), row.end.isoformat()) for row in rows}, "silently free"
    return "busy"


def main() -> None:
    """Fuzz for some minutes and print what was met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    until, counts, agreed, longest = time.monotonic() + 60 * arguments.minutes, {"refused": 0, "busy": 0}, 0, 0.0
    agree = test_the_quick_expansion_and_the_libraries_agree.hypothesis.inner_test  # type: ignore[attr-defined]
    batch = 0
    while time.monotonic() < until:
        batch += 1
        for n in range(5_000):
            draw = random.Random(f"{arguments.seed} {batch} {n}")
            head, _, tail = series(draw.randint(1, 6), draw.randrange(1000)).rpartition(b"END:VCALENDAR")
            cut = head.find(b"BEGIN:VEVENT")
            data = damaged(head[:cut], draw) + WHOLE + damaged(head[cut:] + b"END:VCALENDAR" + tail, draw)
            began = time.monotonic()
            try:
                counts[judge(data)] += 1
            except BaseException:
                Path("found.ics").write_bytes(data)
                raise
            longest = max(longest, time.monotonic() - began)
        agreed += _agree(agree, batch, arguments.seed)
    whole = f"{counts['refused']:,} refused, {counts['busy']:,} read with the event"
    print(f"{sum(counts.values()):,} damaged calendars: {whole}")
    print(f"longest {longest:.2f} s; {agreed:,} events expanded alike by both ways; no crash, no hang, no silent free")


def _agree(test: object, batch: int, first: int) -> int:
    examples = 100

    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(events(), st.sampled_from(ZONES), st.sampled_from([at for _, at in CHANGES]))
    def both(event: str, zone: str, at: object) -> None:
        test(event, zone, at)  # type: ignore[operator]

    from hypothesis import seed

    seed(batch + 1000 * first)(both)()
    return examples


if __name__ == "__main__":
    main()
