"""Writes a company of any size for benchmarks: five queues, half-hours, twelve hours on five days, all rules in play.

    python tests/benchmarks/generate_company.py --employees 300 --out out/company-300
    rotation plan --company out/company-300 --config out/company-300/rotation.toml --week 2026-W49 --time-limit 60

Contracts of 20, 32 and 40 hours in departments of about 15, one to three certified queues each, an eighth of the
certifications at novice level, a quarter of the people mentors, meetings as part-day absences, preferences by half-day,
and a requirement with two peaks a day whose sum is the middle of everybody's band.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
from pathlib import Path

import numpy as np

QUEUES = ("billing", "repair", "sales", "internet", "business")
SHARES = (0.3, 0.25, 0.2, 0.15, 0.1)
DAYS = ("mon", "tue", "wed", "thu", "fri")
OPEN_H, CLOSE_H = 7, 19
CONTRACTS = {20: ("h20", 4), 32: ("h32", 6.4), 40: ("h40", 8)}
STARTS_H = tuple(range(7, 16))
POLICY = """[site]
timezone = "America/Los_Angeles"
interval_min = 30
"""


def write(folder: Path, name: str, header: str, rows: list[tuple[object, ...]]) -> None:
    """One table."""
    with (folder / name).open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)


def clock(hours: float) -> str:
    """HH:MM, on the half-hour."""
    halves = round(hours * 2)
    return f"{halves // 2:02d}:{halves % 2 * 30:02d}"


def people(folder: Path, count: int, rng: np.random.Generator) -> float:
    """Departments, patterns, employees, skills, absences and preferences; returns all contract hours."""
    departments = max(1, round(count / 15))
    write(
        folder,
        "departments.csv",
        "department_id,name,max_away_pct,min_present",
        [(f"D{n:04d}", f"Department {n}", 34, 1) for n in range(departments)],
    )
    patterns, employees, skills, absences, preferences = [], [], [], [], []
    for name, length in CONTRACTS.values():
        for start in STARTS_H:
            end = min(start + length, 24)
            patterns += [(f"{name}-{start:02d}", day, clock(start), clock(end)) for day in DAYS]
    total = 0.0
    for n in range(count):
        hours = int(rng.choice(list(CONTRACTS), p=(0.15, 0.2, 0.65)))
        name, length = CONTRACTS[hours]
        start = int(rng.choice([h for h in STARTS_H if h + length <= CLOSE_H + 1]))
        total += hours
        key = f"E{n:06d}"
        mentor = "no"
        department = f"D{rng.integers(departments):04d}"
        address = f"{key.lower()}@example.com"
        for queue in rng.choice(QUEUES, size=int(rng.integers(1, 4)), replace=False, p=SHARES):
            level = 1 if rng.random() < 0.125 else int(rng.integers(2, 6))
            skills.append((key, queue, level))
            mentor = "yes" if level >= 4 and rng.random() < 0.4 else mentor
        employees.append((key, f"Person {n}", address, department, hours, f"{name}-{start:02d}", f"PJSIP/{n}", mentor))
        for day in rng.choice(5, size=int(rng.integers(0, 4)), replace=False):
            at = start + float(rng.integers(0, int(length * 2) - 2)) / 2
            date = dt.date.fromisocalendar(2026, 49, int(day) + 1)
            absences.append((key, f"{date}T{clock(at)}:00-08:00", f"{date}T{clock(at + 1)}:00-08:00", "meeting"))
        for day in DAYS:
            for first, last in (("00:00", "12:00"), ("12:00", "24:00")):
                weight = int(rng.integers(-3, 4))
                if weight and rng.random() < 0.4:
                    preferences.append((key, day, first, last, weight))
    write(folder, "work_patterns.csv", "work_pattern_id,weekday,start,end", patterns)
    write(
        folder,
        "employees.csv",
        "employee_id,name,email,department_id,weekly_hours,work_pattern_id,endpoint,mentor",
        employees,
    )
    write(folder, "skills.csv", "employee_id,queue_id,level", skills)
    write(folder, "absences.csv", "employee_id,start,end,reason", absences)
    write(folder, "preferences.csv", "employee_id,weekday,start,end,weight", preferences)
    return total


def whole_agents(shares: np.ndarray, total: int) -> np.ndarray:
    """At least one agent everywhere, the rest by the largest remainders, so that the sum is ``total`` if it can be."""
    spare = shares * max(0, total - shares.size)
    agents = np.floor(spare).astype(int)
    order = np.argsort(agents - spare, axis=None, kind="stable")[: max(0, total - shares.size - agents.sum())]
    agents.flat[order] += 1
    return agents + 1


def phones(folder: Path, contract_hours: float, load: float) -> None:
    """Queues, opening hours and a requirement that adds up to ``load`` times the middle of all bands."""
    write(
        folder,
        "queues.csv",
        "queue_id,name,aht_s,min_agents,priority",
        [(queue, queue.title(), 240, 1, 2 + n % 3) for n, queue in enumerate(QUEUES)],
    )
    write(
        folder,
        "opening_hours.csv",
        "queue_id,weekday,open,close",
        [(queue, day, clock(OPEN_H), clock(CLOSE_H)) for queue in QUEUES for day in DAYS],
    )
    times = np.arange(OPEN_H, CLOSE_H, 0.5) + 0.25
    shape = 0.25 + np.exp(-((times - 10.5) ** 2) / 3) + 0.8 * np.exp(-((times - 14.5) ** 2) / 4)
    wanted = np.outer(SHARES, np.tile(shape, len(DAYS)))
    agents = whole_agents(wanted / wanted.sum(), round(contract_hours * 0.125 * 2 * load))
    rows = []
    for q, queue in enumerate(QUEUES):
        for n, count in enumerate(agents[q]):
            date = dt.date.fromisocalendar(2026, 49, n // len(times) + 1)
            rows.append((queue, f"{date}T{clock(times[n % len(times)] - 0.25)}:00-08:00", count))
    write(folder, "required.csv", "queue_id,start,agents", rows)


def main() -> None:
    """Write the company."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--employees", type=int, required=True)
    parser.add_argument("--load", type=float, default=1.0, help="requirement over the middle of all bands")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(options.seed)
    phones(options.out, people(options.out, options.employees, rng), options.load)
    (options.out / "rotation.toml").write_text(POLICY, encoding="utf-8")


if __name__ == "__main__":
    main()
