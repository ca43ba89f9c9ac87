"""How fast calendars are written and read, as seconds and as ratios to the icalendar library in the same run.

    python -m tests.benchmarks.calendar_speed [--people 1000] [--series 500]

Writes 10,000 shifts as calendars of employees; reads a calendar of 10,000 events; expands the calendars of 1,000 people
with 500 series each for one week on all cores, as the intake does. The peer builds and reads the same with icalendar
and recurring-ical-events.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import time
from dataclasses import replace
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Event

from rotation.company import Employee, Queue
from rotation.exporters import exporters
from rotation.ical import Entries, feed
from rotation.intake.calendar_jobs import Job, outcomes_of
from rotation.intake.calendar_reading import Reading
from rotation.intake.calendars import busy_times
from rotation.plan import Edition, Plan
from tests.exporters.edition_sample import SITE, company, edition_of

SHIFTS, PEOPLE = 10_000, 2_500
WINDOW = (dt.datetime(2026, 11, 30, 8, tzinfo=dt.UTC), dt.datetime(2026, 12, 7, 8, tzinfo=dt.UTC))
ZONE = ZoneInfo(SITE)
RULES = (
    "FREQ=WEEKLY;BYDAY=MO,WE",
    "FREQ=WEEKLY",
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=MONTHLY;BYDAY=1TU",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
    "FREQ=YEARLY",
    "FREQ=WEEKLY;UNTIL=20270101T000000Z",
    "FREQ=WEEKLY;COUNT=200",
)
TIME_ZONE = """BEGIN:VTIMEZONE
TZID:America/Los_Angeles
BEGIN:DAYLIGHT
TZOFFSETFROM:-0800
TZOFFSETTO:-0700
DTSTART:20070311T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:-0700
TZOFFSETTO:-0800
DTSTART:20071104T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
END:STANDARD
END:VTIMEZONE"""


def week_of_shifts() -> Edition:
    """10,000 shifts of 2,500 people in a dozen queues; some twenty are on in each at a time."""
    people = [
        Employee(f"E{n}", f"Person Number {n}", f"p{n}@example.com", "D1", 40, "W", SITE, f"PJSIP/{n}")
        for n in range(PEOPLE)
    ]
    queues, monday = [Queue(f"q{n}", f"Queue {n}", 300) for n in range(12)], dt.datetime(2026, 10, 26, 7, tzinfo=dt.UTC)
    duties = []
    for n in range(SHIFTS):
        day, person = divmod(n, PEOPLE)
        start = monday + dt.timedelta(days=day, hours=1, minutes=30 * (person % 40))
        duties.append((f"E{person}", f"q{n % 12}", start, start + dt.timedelta(hours=2)))
    return edition_of(company(people, queues), "2026-W44", Plan.of(duties).shifts)


def series(count: int, seed: int) -> bytes:
    """One person's calendar as office programs write it: series with texts and reminders, some with exceptions."""
    draw = random.Random(seed)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//office//EN", *TIME_ZONE.split("\n")]
    for n in range(count):
        day = dt.date(2023, 1, 2) + dt.timedelta(days=draw.randrange(1000))
        start = f"TZID=America/Los_Angeles:{day:%Y%m%d}T{draw.randrange(7, 18):02}"
        lines += ["BEGIN:VEVENT", f"UID:{n}@{seed}.example.com", "DTSTAMP:20260101T000000Z", f"DTSTART;{start}0000"]
        lines += [f"DTEND;{start}4500", f"RRULE:{draw.choice(RULES)}", f"SUMMARY:Meeting {n}", "LOCATION:Room 4"]
        lines += ["DESCRIPTION:A text with \\n line ends\\, and so on", "STATUS:CONFIRMED", "SEQUENCE:0"]
        if draw.random() < 0.2:
            later = day + dt.timedelta(days=7)
            lines.append(f"EXDATE;{start.replace(f'{day:%Y%m%d}', f'{later:%Y%m%d}')}0000")
        lines += ["BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:R", "TRIGGER:-PT10M", "END:VALARM", "END:VEVENT"]
    return ("\r\n".join([*lines, "END:VCALENDAR"]) + "\r\n").encode()


def peer_writes(edition: Edition) -> int:
    """The same events by icalendar alone, one calendar a person; texts are taken as given."""
    entries, size = Entries(edition), 0
    for person in edition.case.company.employees:
        calendar = Calendar()
        for entry in entries.of_employee(person.employee_id):
            event = Event()
            for key in ("uid", "summary", "description"):
                event.add(key, getattr(entry, key))
            for key, value in (("dtstart", entry.start), ("dtend", entry.end), ("dtstamp", entry.changed_at)):
                event.add(key, value)
            calendar.add_component(event)
        size += len(calendar.to_ical())
    return size


def one_calendar(edition: Edition) -> bytes:
    """All shifts in one file; texts are cut, because a file of more than 10 MB is refused."""
    source = Entries(edition)
    entries = (entry for person in edition.case.company.employees for entry in source.of_employee(person.employee_id))
    return feed("all", [replace(entry, description=entry.description[:400]) for entry in entries])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--series", type=int, default=500)
    parser.add_argument("--peer-people", type=int, default=2)
    arguments = parser.parse_args()
    edition = week_of_shifts()
    ours, files = timed(lambda: exporters()["ical_employee"].render(edition))
    theirs, _ = timed(lambda: peer_writes(edition))
    line("write 10,000 events", ours, theirs, f"{sum(map(len, files.values())) / 1e6:.1f} MB")
    one = one_calendar(edition)
    window = (edition.case.horizon.start, edition.case.horizon.end)
    ours, (rows, _) = timed(lambda: busy_times(one, "x.ics", "", ZONE, *window, Reading()))
    theirs, _ = timed(lambda: recurring_ical_events.of(Calendar.from_ical(one)).between(*window))
    line("read 10,000 events", ours, theirs, f"{len(rows):,} busy times")
    jobs = [Job(series(arguments.series, n), f"{n}.ics", "", ZONE, WINDOW, Reading()) for n in range(arguments.people)]
    ours, outcomes = timed(lambda: outcomes_of(jobs, os.cpu_count() or 1))
    some = jobs[: arguments.peer_people]
    theirs, _ = timed(lambda: [recurring_ical_events.of(Calendar.from_ical(j.data)).between(*WINDOW) for j in some])
    assert not any(outcome.faults for outcome in outcomes)
    count = sum(len(outcome.busy) for outcome in outcomes)
    name = f"expand {arguments.people:,} x {arguments.series} series"
    scale = arguments.people / len(some)
    line(name, ours, (theirs[0] * scale, theirs[1] * scale), f"{count:,} busy times, {os.cpu_count()} cores")


Cost = tuple[float, float]
"""Seconds on the clock, and of computing in this process and those it has started."""


def timed(work: object) -> tuple[Cost, object]:
    """Cost and result of a function."""
    before, began = sum(os.times()[:4]), time.perf_counter()
    result = work()  # type: ignore[operator]
    return (time.perf_counter() - began, sum(os.times()[:4]) - before), result


def line(name: str, ours: Cost, theirs: Cost, more: str) -> None:
    """One line of the table; the ratio is that of computing, which other work on the machine disturbs less."""
    shown = [f"{wall:7.2f} s (computing {work:7.2f} s)" for wall, work in (ours, theirs)]
    print(f"{name:26}{shown[0]}   peer {shown[1]}   {theirs[1] / ours[1]:5.1f} times less   {more}", flush=True)


if __name__ == "__main__":
    main()
