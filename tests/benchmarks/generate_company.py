"""Writes a company of any size for benchmarks: five queues, half-hours, twelve hours on five days, all rules in play.

    python tests/benchmarks/generate_company.py --employees 300 --out out/company-300
    rotation plan --company out/company-300 --config out/company-300/rotation.toml --week 2026-W49 --time-limit 60

Contracts of 20, 32 and 40 hours in departments of about 15, one to three certified queues each, an eighth of the
certifications at novice level, a quarter of the people mentors, meetings as part-day absences, preferences by half-day,
and a requirement with two peaks a day whose sum is the middle of everybody's band. ``--mood`` changes one of these.
"""

from __future__ import annotations

import argparse
import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

QUEUES = ("billing", "repair", "sales", "internet", "business")
SHARES = (0.3, 0.25, 0.2, 0.15, 0.1)
DAYS = ("mon", "tue", "wed", "thu", "fri")
OPEN_H, CLOSE_H = 7, 19
CONTRACT_HOURS, CONTRACT_ODDS = (20, 32, 40), (0.15, 0.2, 0.65)
DAY_HOURS = (4.0, 6.4, 8.0)
STARTS_H = tuple(range(7, 16))
HALF_DAYS = (("00:00", "12:00"), ("12:00", "24:00"))
POLICY = """[site]
timezone = "America/Los_Angeles"
interval_min = 30
"""


@dataclass(frozen=True)
class Mood:
    """What makes a company easy or hard to plan.

    Args:
        load: the requirement over the middle of all bands; they end at 0.8 and 1.2.
        meetings: at most so many hours of meetings a person and week.
        stated: the share of half-days with a preference.
        novices: the share of certifications at novice level.
        mentors: the odds that a skill of level 4 or 5 makes a mentor.
        max_away_pct: the cap of each department.
        seats: places on site, as a share of the busiest interval's agents; None for no limit.
    """

    load: float = 1.0
    meetings: int = 3
    stated: float = 0.4
    novices: float = 0.125
    mentors: float = 0.4
    max_away_pct: int = 34
    seats: float | None = None


MOODS = {
    "balanced": Mood(),
    "tight": Mood(load=1.15),
    "slack": Mood(load=0.85),
    "short": Mood(load=1.5),
    "fragmented": Mood(meetings=15),
    "indifferent": Mood(stated=0.0),
    "novices": Mood(novices=0.4, mentors=0.25),
    "capped": Mood(max_away_pct=14, seats=0.9),
}


def clocks(halves: np.ndarray) -> np.ndarray:
    """HH:MM of half-hours after midnight."""
    return np.array([f"{half // 2:02d}:{half % 2 * 30:02d}" for half in range(49)])[halves]


def write(folder: Path, name: str, columns: dict[str, object]) -> None:
    """One table."""
    pd.DataFrame(columns).to_csv(folder / name, index=False, lineterminator="\n")


def work_patterns(folder: Path) -> None:
    """A pattern for each contract and start: the same hours on five days, cut at midnight."""
    spans = [
        (f"h{hours}-{start:02d}", day, round(start * 2), round(min(start + length, 24) * 2))
        for hours, length in zip(CONTRACT_HOURS, DAY_HOURS, strict=True)
        for start in STARTS_H
        for day in DAYS
    ]
    pattern, weekday, first, last = zip(*spans, strict=True)
    table = {"work_pattern_id": pattern, "weekday": weekday, "start": clocks(np.array(first))}
    write(folder, "work_patterns.csv", table | {"end": clocks(np.array(last))})


def people(folder: Path, count: int, mood: Mood, rng: np.random.Generator) -> float:
    """Departments, employees, skills, absences and preferences; returns all contract hours."""
    ids = np.array([f"E{n:06d}" for n in range(count)])
    contract = rng.choice(3, size=count, p=CONTRACT_ODDS)
    latest = np.array([sum(h + length <= CLOSE_H + 1 for h in STARTS_H) for length in DAY_HOURS])
    start = np.array(STARTS_H)[rng.integers(0, latest[contract])]
    departments = max(1, round(count / 15))
    rows = np.arange(departments)
    write(
        folder,
        "departments.csv",
        {
            "department_id": [f"D{n:04d}" for n in rows],
            "name": [f"Department {n}" for n in rows],
            "max_away_pct": np.full(departments, mood.max_away_pct),
            "min_present": np.ones(departments, dtype=int),
        },
    )
    mentor = skills(folder, ids, mood, rng)
    hours = np.array(CONTRACT_HOURS)[contract]
    write(
        folder,
        "employees.csv",
        {
            "employee_id": ids,
            "name": [f"Person {n}" for n in range(count)],
            "email": [f"e{n:06d}@example.com" for n in range(count)],
            "department_id": [f"D{n:04d}" for n in rng.integers(departments, size=count)],
            "weekly_hours": hours,
            "work_pattern_id": [f"h{h}-{s:02d}" for h, s in zip(hours, start, strict=True)],
            "endpoint": [f"PJSIP/{n}" for n in range(count)],
            "mentor": np.where(mentor, "yes", "no"),
        },
    )
    meetings(folder, ids, start, np.array(DAY_HOURS)[contract], mood, rng)
    preferences(folder, ids, mood, rng)
    return float(hours.sum())


def skills(folder: Path, ids: np.ndarray, mood: Mood, rng: np.random.Generator) -> np.ndarray:
    """One to three queues each, drawn without replacement by their shares; who is a mentor."""
    count = len(ids)
    # The largest of log-shares plus Gumbel noise are a weighted draw without replacement (Gumbel-top-k).
    keys = np.log(SHARES) + rng.gumbel(size=(count, len(QUEUES)))
    ranked = np.argsort(-keys, axis=1)[:, :3]
    who, place = np.nonzero(np.arange(3) < rng.integers(1, 4, size=count)[:, None])
    level = np.where(rng.random(len(who)) < mood.novices, 1, rng.integers(2, 6, size=len(who)))
    queue = np.array(QUEUES)[ranked[who, place]]
    write(folder, "skills.csv", {"employee_id": ids[who], "queue_id": queue, "level": level})
    mentor = np.zeros(count, dtype=bool)
    mentor[who[(level >= 4) & (rng.random(len(who)) < mood.mentors)]] = True
    return mentor


def meetings(
    folder: Path, ids: np.ndarray, start: np.ndarray, length: np.ndarray, mood: Mood, rng: np.random.Generator
) -> None:
    """Meetings of one hour inside working time; up to three a week on different days, more of them anywhere."""
    most = mood.meetings
    who, place = np.nonzero(np.arange(most) < rng.integers(0, most + 1, size=len(ids))[:, None])
    turns = -(-most // len(DAYS))
    days = np.concatenate([np.argsort(rng.random((len(ids), len(DAYS))), axis=1) for _ in range(turns)], axis=1)
    day = days[who, place]
    first = start[who] * 2 + rng.integers(0, (length[who] * 2).astype(int) - 2)
    dates = np.array([str(dt.date.fromisocalendar(2026, 49, n + 1)) for n in range(len(DAYS))])[day]

    def instants(halves: np.ndarray) -> list[str]:
        return [f"{date}T{clock}:00-08:00" for date, clock in zip(dates, clocks(halves), strict=True)]

    table = {"employee_id": ids[who], "start": instants(first), "end": instants(first + 2), "reason": "meeting"}
    write(folder, "absences.csv", table)


def preferences(folder: Path, ids: np.ndarray, mood: Mood, rng: np.random.Generator) -> None:
    """A weight from -3 to 3 for some half-days."""
    weight = rng.integers(-3, 4, size=(len(ids), len(DAYS), len(HALF_DAYS)))
    who, day, half = np.nonzero((weight != 0) & (rng.random(weight.shape) < mood.stated))
    table = {"employee_id": ids[who], "weekday": np.array(DAYS)[day]}
    table |= {"start": np.array(HALF_DAYS)[half, 0], "end": np.array(HALF_DAYS)[half, 1]}
    write(folder, "preferences.csv", table | {"weight": weight[who, day, half]})


def whole_agents(shares: np.ndarray, total: int) -> np.ndarray:
    """At least one agent everywhere, the rest by the largest remainders, so that the sum is ``total`` if it can be."""
    spare = shares * max(0, total - shares.size)
    agents = np.floor(spare).astype(int)
    order = np.argsort(agents - spare, axis=None, kind="stable")[: max(0, total - shares.size - agents.sum())]
    agents.flat[order] += 1
    return agents + 1


def phones(folder: Path, contract_hours: float, load: float) -> int:
    """Queues, opening hours and a requirement that adds up to ``load`` times the middle of all bands; the agents of
    the busiest interval."""
    table: dict[str, object] = {"queue_id": QUEUES, "name": [queue.title() for queue in QUEUES], "aht_s": 240}
    write(folder, "queues.csv", table | {"min_agents": 1, "priority": [2 + n % 3 for n in range(len(QUEUES))]})
    open_days = [(queue, day, f"{OPEN_H:02d}:00", f"{CLOSE_H:02d}:00") for queue in QUEUES for day in DAYS]
    columns = zip(*open_days, strict=True)
    write(folder, "opening_hours.csv", dict(zip(("queue_id", "weekday", "open", "close"), columns, strict=True)))
    times = np.arange(OPEN_H, CLOSE_H, 0.5) + 0.25
    shape = 0.25 + np.exp(-((times - 10.5) ** 2) / 3) + 0.8 * np.exp(-((times - 14.5) ** 2) / 4)
    wanted = np.outer(SHARES, np.tile(shape, len(DAYS)))
    agents = whole_agents(wanted / wanted.sum(), round(contract_hours * 0.125 * 2 * load))
    dates = [dt.date.fromisocalendar(2026, 49, n + 1) for n in range(len(DAYS))]
    starts = [f"{date}T{clock}:00-08:00" for date in dates for clock in clocks(np.arange(OPEN_H * 2, CLOSE_H * 2))]
    table = {"queue_id": np.repeat(QUEUES, len(starts)), "start": starts * len(QUEUES), "agents": agents.ravel()}
    write(folder, "required.csv", table)
    return int(agents.sum(axis=0).max())


def write_company(folder: Path, employees: int, mood: Mood, seed: int = 1) -> None:
    """Write all tables and the policy.

    Args:
        folder: where to; made if need be.
        employees: how many people.
        mood: what makes the company easy or hard to plan.
        seed: of every random choice.
    """
    folder.mkdir(parents=True, exist_ok=True)
    work_patterns(folder)
    busiest = phones(folder, people(folder, employees, mood, np.random.default_rng(seed)), mood.load)
    seats = "" if mood.seats is None else f"seats = {max(1, round(busiest * mood.seats))}\n"
    (folder / "rotation.toml").write_text(POLICY + seats, encoding="utf-8")


def main() -> None:
    """Write the company."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--employees", type=int, required=True)
    parser.add_argument("--mood", choices=MOODS, default="balanced", help="what makes the company easy or hard to plan")
    parser.add_argument("--load", type=float, help="requirement over the middle of all bands; default: the mood's")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    mood = MOODS[options.mood]
    mood = mood if options.load is None else replace(mood, load=options.load)
    write_company(options.out, options.employees, mood, options.seed)


if __name__ == "__main__":
    main()
