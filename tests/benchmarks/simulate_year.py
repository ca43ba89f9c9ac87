"""Lives through 52 weeks of the sample company: joiners, leavers, illness, swaps, no-shows; then reads the ledger.

    python tests/benchmarks/simulate_year.py --weeks 52 --out out/year

Every week is planned with a short search on what the store carries, released, changed by absences and swaps while it
runs, and settled by attendance, by the functions that the commands call. The sample's nine weeks of demand come
round again, by weekday and clock; public holidays are closed. Prints mean shares and the spread of unpleasant
hours per eligible week, and writes the spread week by week as year.svg and year.csv.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import os
import random
import shutil
import statistics
import tempfile
import time
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays

from rotation.changes import Actor
from rotation.changes.absence import report_absence
from rotation.changes.attend import attend
from rotation.changes.swap import swap
from rotation.cli.reading import read_case
from rotation.company import Absence
from rotation.errors import ChangeRefused, InfeasiblePlan, UsageFault
from rotation.intake.attendance import Served
from rotation.plan import Case
from rotation.release import Inputs, Proposal, Release
from rotation.release.absent import Asked
from rotation.release.ledger import Account
from rotation.release.trading import takers
from rotation.rules import rules
from rotation.solve.planning import plan_week
from rotation.solve.settings import SearchSettings, Watch
from rotation.store import Store
from rotation.timegrid import Horizon, IsoWeek

ROOT = Path(__file__).parents[2]
SITE = ZoneInfo("America/Los_Angeles")
FIRST = IsoWeek(2026, 49)
DATED = ("demand.csv", "core_staff.csv")
Rows = list[dict[str, str]]


def read(path: Path) -> Rows:
    """The rows of a table."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write(path: Path, rows: Rows) -> None:
    """A table; none is written without rows."""
    if rows:
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


class Year:
    """The company as it changes from week to week.

    Args:
        place: where its folder is written.
        rng: draws joiners, leavers, illness, swaps and no-shows.
    """

    def __init__(self, place: Path, rng: random.Random) -> None:
        self.folder, self.config, self.rng = place / "company", ROOT / "config" / "rotation.toml", rng
        self.folder.mkdir()
        data = ROOT / "data"
        for name in ("departments", "work_patterns", "queues", "opening_hours", "preferences"):
            shutil.copy(data / f"{name}.csv", self.folder)
        shutil.copytree(data / "calendars", self.folder / "calendars")
        self.people, self.skills = read(data / "employees.csv"), read(data / "skills.csv")
        for row in self.skills:
            row["expires_on"] = ""
        self.dated = {name: self._by_week(read(data / name)) for name in DATED}
        self.absences = read(data / "absences.csv")
        self.seasons = sorted(self.dated["demand.csv"], key=str)
        self.joined = self.left = 0

    def _by_week(self, rows: Rows) -> dict[IsoWeek, dict[tuple[str, int, str], dict[str, str]]]:
        found: dict[IsoWeek, dict[tuple[str, int, str], dict[str, str]]] = {}
        for row in rows:
            start = dt.datetime.fromisoformat(row["start"]).astimezone(SITE)
            key = (row["queue_id"], start.weekday(), f"{start:%H:%M}")
            found.setdefault(IsoWeek.of(start.date()), {})[key] = row
        return found

    def turn(self, number: int, week: IsoWeek) -> None:
        """Write the folder of a week: who is there, and what is asked."""
        if number % 4 == 2:
            self._join(week)
        if number % 4 == 3:
            self._leave(week)
        season = self.seasons[number % len(self.seasons)]
        horizon, closed = Horizon(week, SITE.key, 30), holidays.country_holidays("US", years=[week.year, week.year + 1])
        for name in DATED:
            whole = {key: row for found in self.dated[name].values() for key, row in found.items()}
            # A week in which the clock skipped an hour lacks it, and takes another week's.
            table = whole | self.dated[name].get(season, {})
            rows = []
            for n in range(horizon.intervals):
                local = horizon.local(n)
                for queue in sorted({key[0] for key in table}):
                    row = table.get((queue, local.weekday(), f"{local:%H:%M}"))
                    if row and local.date() not in closed:
                        rows.append({**row, "start": local.isoformat()})
            write(self.folder / name, rows)
        days = (week.monday() - season.monday()).days
        write(self.folder / "absences.csv", [self._moved(row, days) for row in self.absences if self._is_there(row)])
        write(self.folder / "employees.csv", self.people)
        write(self.folder / "skills.csv", self.skills)

    def _is_there(self, row: dict[str, str]) -> bool:
        return any(person["employee_id"] == row["employee_id"] for person in self.people)

    def _moved(self, row: dict[str, str], days: int) -> dict[str, str]:
        def later(text: str) -> str:
            return (dt.date.fromisoformat(text[:10]) + dt.timedelta(days=days)).isoformat() + text[10:]

        return {**row, "start": later(row["start"]), "end": later(row["end"])}

    def _join(self, week: IsoWeek) -> None:
        """Somebody like somebody else begins on Monday."""
        twin = self.rng.choice([row for row in self.people if not row["employee_id"].startswith("N")])
        self.joined += 1
        name = f"N{self.joined:03}"
        self.people.append(
            {
                **twin,
                "employee_id": name,
                "name": f"Joiner {self.joined}",
                "email": f"{name}@example.com".lower(),
                "endpoint": f"PJSIP/9{self.joined:03}",
                "starts_on": week.monday().isoformat(),
                "ends_on": "",
            }
        )
        self.skills += [
            {**row, "employee_id": name} for row in self.skills if row["employee_id"] == twin["employee_id"]
        ]

    def _leave(self, week: IsoWeek) -> None:
        """Somebody's last day is this Wednesday."""
        staying = [row for row in self.people if not row["ends_on"] and not row["employee_id"].startswith("N")]
        gone = self.rng.choice(staying)
        gone["ends_on"] = (week.monday() + dt.timedelta(days=2)).isoformat()
        self.left += 1


class Diary:
    """Counts what happened."""

    def __init__(self) -> None:
        self.absent = self.unmended = self.swaps = self.refused = self.no_shows = 0
        self.rows: list[dict[str, object]] = []


def plan_and_release(store: Store, year: Year, week: IsoWeek, seconds: float) -> Release:
    """What `rotation plan` and `rotation release` do."""
    now = Horizon(week, SITE.key, 30).start - dt.timedelta(days=7)
    known = store.known(week, 26)
    question = read_case(year.folder, year.config, week, now.date(), None, known, now)
    inputs = Inputs.gather(year.folder, year.config, question.case.company)
    settings = SearchSettings(seconds, 0.02, 1, os.cpu_count() or 1)
    edition = plan_week(question.case, rules(), settings, Watch(time.monotonic), now, {})
    proposal = Proposal.judged(edition, rules(), inputs, parent=0, kind="plan", overlay=known.overlay)
    with store.writing() as transaction:
        return transaction.release(proposal, "planner", now)


def fall_ill(store: Store, release: Release, diary: Diary, rng: random.Random) -> None:
    """Two people a week report in the morning that they are ill for one to three days."""
    horizon = release.edition.case.horizon
    for day in sorted(rng.sample(range(5), 2)):
        morning = horizon.start + dt.timedelta(days=day, hours=7)
        person = rng.choice(release.edition.case.company.employees)
        absence = Absence(person.employee_id, morning, morning + dt.timedelta(hours=17 + 24 * rng.randrange(3)), "ill")
        diary.absent += 1
        try:
            actor = Actor("desk", morning)
            report_absence(store, absence, lambda _, at=morning: asked(at), Watch(time.monotonic), actor)
        except InfeasiblePlan:
            diary.unmended += 1
        except UsageFault:
            diary.absent -= 1


def asked(now: dt.datetime) -> Asked:
    """The policy's defaults with a short search."""
    return Asked(now, rules(), 3, 48, 2.0, os.cpu_count() or 1)


def trade(store: Store, week: IsoWeek, diary: Diary, rng: random.Random) -> None:
    """Two gifts to somebody who may take the shift, and one try with somebody at random."""
    for attempt in range(3):
        release = store.release(week)
        now = release.edition.case.horizon.start - dt.timedelta(days=3)
        shift = rng.choice(release.shifts)
        legal = list(islice(takers(release, shift, rules()), 3))
        partner = (
            rng.choice(legal) if legal and attempt else rng.choice(release.edition.case.company.employees).employee_id
        )
        try:
            swap(store, shift.shift_id, partner, rules(), Actor("desk", now, "asked for"))
            diary.swaps += 1
        except (ChangeRefused, UsageFault):
            diary.refused += 1


def settle(store: Store, week: IsoWeek, diary: Diary, rng: random.Random) -> None:
    """Everybody serves what was promised, but one shift in a hundred."""
    release = store.release(week)
    after = release.edition.case.horizon.end + dt.timedelta(hours=8)
    shifts = [shift for shift in release.edition.plan.shifts if rng.random() > 0.01]
    served = [Served(shift.start, shift.end, shift.employee_id, shift.queue_id) for shift in shifts]
    diary.no_shows += len(release.edition.plan.shifts) - len(served)
    attend(store, release, served, "switch", Actor("switch", after))


def note(store: Store, before: IsoWeek | None, week: IsoWeek, case: Case) -> dict[str, object]:
    """How unpleasant hours per eligible week spread so far: by person, and about the mean of the own work pattern."""
    found = [row for row in store.accounts(before, 26).values() if able(row, case)]
    pattern = {row.employee_id: row.work_pattern_id for row in case.company.employees}
    groups: dict[str, list[float]] = {}
    for row in found:
        groups.setdefault(pattern[row.employee_id], []).append(rate(row))
    apart = sorted(value - statistics.mean(values) for values in groups.values() if len(values) > 1 for value in values)
    tenth, rates = len(apart) // 10, sorted(rate(row) for row in found)
    return {
        "week": str(week),
        "people": len(apart),
        "lowest rate": round(rates[0], 3),
        "highest rate": round(rates[-1], 3),
        "least": round(apart[0], 3),
        "low": round(apart[tenth], 3),
        "high": round(apart[-1 - tenth], 3),
        "most": round(apart[-1], 3),
    }


def rate(row: Account) -> float:
    """Unpleasant hours per eligible week."""
    return row.unpleasant_minutes / 60 / max(1, row.unpleasant_weeks)


def able(row: Account, case: Case) -> bool:
    """Whether somebody is there, and could take unpleasant hours, or do without, in at least half of the own weeks."""
    return row.unpleasant_weeks >= max(1, row.weeks / 2) and row.employee_id in case.company.employee


def shares(found: dict[str, Account], case: Case, pct: tuple[float, float]) -> tuple[list[float], list[str]]:
    """Everybody's mean share of the contract in per cent, and those outside the band."""
    values, outside = [], []
    certified = {skill.employee_id for skill in case.company.skills}
    for name, row in found.items():
        if row.weeks >= 4 and name in certified and row.owed_max:
            share = pct[1] * row.minutes / float(row.owed_max)
            values.append(share)
            if not pct[0] - 0.05 <= share <= pct[1] + 0.05:
                outside.append(f"{name} {share:.2f} %")
    return values, outside


def picture(rows: list[dict[str, object]], path: Path) -> None:
    """Lines of the spread over the weeks, about the mean of the own work pattern."""
    wide, high, left, top = 860, 340, 52, 30
    values = {key: [float(str(row[key])) for row in rows] for key in ("most", "high", "low", "least")}
    most = max(1.0, *(abs(value) for line in values.values() for value in line)) * 1.05

    def height(value: float) -> float:
        return top + (high - 60) * (0.5 - value / most / 2)

    def points(line: list[float]) -> str:
        step = (wide - left - 110) / max(1, len(line) - 1)
        return " ".join(f"{left + n * step:.1f},{height(value):.1f}" for n, value in enumerate(line))

    title = "Unpleasant hours per eligible week: each person against the mean of the own work pattern"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" font-family="sans-serif" font-size="12">',
        f'<rect width="{wide}" height="{high}" fill="white"/>',
        f'<text x="{left}" y="18" font-size="14">{title}</text>',
    ]
    for value in (-most, -most / 2, 0.0, most / 2, most):
        y = height(value)
        lines.append(f'<line x1="{left}" x2="{wide - 110}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>')
        lines.append(f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{value:+.1f}</text>')
    styles = {"most": "#b2182b", "high": "#ef8a62", "low": "#67a9cf", "least": "#2166ac"}
    words = {"high": "90 % below", "low": "10 % below"}
    for key, colour in styles.items():
        lines.append(f'<polyline fill="none" stroke="{colour}" stroke-width="1.8" points="{points(values[key])}"/>')
        y = height(values[key][-1]) + 4
        lines.append(f'<text x="{wide - 104}" y="{y:.1f}" fill="{colour}">{words.get(key, key)}</text>')
    lines.append(f'<text x="{left}" y="{high - 10}">{rows[0]["week"]}</text>')
    lines.append(f'<text x="{wide - 110}" y="{high - 10}" text-anchor="end">{rows[-1]["week"]}</text></svg>')
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Run the year."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--seconds", type=float, default=4.0, help="search of each week")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store", help="any store; a file in --out otherwise")
    parser.add_argument("--out", type=Path, default=Path("out/year"))
    words = parser.parse_args()
    rng, began, diary = random.Random(words.seed), time.monotonic(), Diary()
    words.out.mkdir(parents=True, exist_ok=True)
    (words.out / "year.sqlite").unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as place, Store.open(words.store or str(words.out / "year.sqlite")) as store:
        year, week = Year(Path(place), rng), FIRST
        for number in range(words.weeks):
            year.turn(number, week)
            release = plan_and_release(store, year, week, words.seconds)
            trade(store, week, diary, rng)
            fall_ill(store, store.release(week), diary, rng)
            settle(store, week, diary, rng)
            row = note(store, None, week, release.edition.case)
            diary.rows.append(row)
            print(
                f"{week}: {len(release.shifts)} shifts, unpleasant h a week {row['least']} to {row['most']} about the "
                f"mean of the pattern (80 %: {row['low']} to {row['high']}), {time.monotonic() - began:.0f} s",
                flush=True,
            )
            week = week.following()
        conclude(store, year, diary, release.edition.case)
    write(words.out / "year.csv", [{key: str(value) for key, value in row.items()} for row in diary.rows])
    picture(diary.rows, words.out / "year.svg")
    print(f"{words.weeks} weeks in {(time.monotonic() - began) / 60:.1f} min; written: {words.out}/year.svg, year.csv")


def conclude(store: Store, year: Year, diary: Diary, case: Case) -> None:
    """Shares and spread over the whole year."""
    found = {name: row for name, row in store.accounts(None, 26).items() if name in case.company.employee}
    policy = case.company.policy
    values, outside = shares(found, case, (policy.band.min_pct, policy.band.max_pct))
    print(
        f"{year.joined} joined, {year.left} left, {diary.absent} absences ({diary.unmended} refused), "
        f"{diary.swaps} swaps ({diary.refused} refused), {diary.no_shows} no-shows"
    )
    if values:
        print(f"mean share of {len(values)} certified people: {min(values):.2f} to {max(values):.2f} %")
        print(f"outside the band: {', '.join(outside) or 'nobody'}")
    row = diary.rows[-1]
    print(
        f"unpleasant hours per eligible week of {row['people']} who have a choice: {row['lowest rate']} to "
        f"{row['highest rate']}; about the mean of the own pattern {row['least']} to {row['most']}, "
        f"eight tenths {row['low']} to {row['high']}"
    )


if __name__ == "__main__":
    main()
