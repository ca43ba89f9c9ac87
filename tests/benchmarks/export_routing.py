"""Exports the routing table of 100,000 employees' week to each target, each in a process of its own.

Run: python tests/benchmarks/export_routing.py [--people 100000] [--target NAME]
Prints seconds and the peak of memory for a snapshot and the timeline of the whole week; the bounds are 60 s and 2 GB.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import resource
import subprocess
import sys
import time

from rotation.routing import Agent, RoutingBook, RoutingRow, in_order
from rotation.targets import targets, timeline

MONDAY = dt.datetime(2026, 11, 30, 8, tzinfo=dt.UTC)
HALF_HOUR = dt.timedelta(minutes=30)


def big_book(people: int, queues: int = 20) -> RoutingBook:
    """Everybody serves two or three shifts of one to three hours, on five days from 6 to 20 o'clock."""
    draw = random.Random(1)
    rows = []
    for number in range(people):
        key, level = f"E{number:06d}", draw.randint(1, 5)
        for day in draw.sample(range(5), draw.choice((2, 3))):
            start = MONDAY + dt.timedelta(days=day, hours=6) + draw.randrange(24) * HALF_HOUR
            end = start + draw.randint(2, 6) * HALF_HOUR
            queue, place = f"queue{draw.randrange(queues):02d}", (level, 5 - level, 1)
            rows.append(
                RoutingRow(queue, key, f"Agent {number}", f"PJSIP/{number}", *place, start, end, f"{key}-{day}", 1)
            )
    agents = {f"E{n:06d}": Agent(f"E{n:06d}", f"Agent {n}", f"e{n}@example.com") for n in range(people)}
    names = {f"queue{n:02d}": f"Queue {n}" for n in range(queues)}
    end = MONDAY + dt.timedelta(days=7)
    return RoutingBook("2026-W49", "America/Los_Angeles", 1, MONDAY, end, names, agents, in_order(rows))


def measure(name: str, people: int) -> None:
    """One target, in this process."""
    book, target = big_book(people), targets()[name]
    began = time.perf_counter()
    faults = target.check(book)
    files = target.snapshot(book, MONDAY + dt.timedelta(hours=32))
    files |= timeline(target, book, book.valid_from, book.valid_to)
    seconds = time.perf_counter() - began
    peak_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    size_mb = sum(map(len, files.values())) / 2**20
    verdict = "holds" if seconds <= 60 and peak_gb <= 2 and not faults else "TOO MUCH"
    rows, count = f"{len(book.rows):>8,} rows", f"{len(files):>4} files {size_mb:7.1f} MB"
    print(f"{name:18} {rows} {count} {seconds:6.1f} s {peak_gb:5.2f} GB  {verdict}")


def main() -> None:
    """All targets, or one."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--target")
    chosen = parser.parse_args()
    if chosen.target:
        measure(chosen.target, chosen.people)
        return
    for name in targets():
        subprocess.run([sys.executable, __file__, "--people", str(chosen.people), "--target", name], check=True)


if __name__ == "__main__":
    main()
