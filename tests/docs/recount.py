"""The objective of a plan, recomputed from files alone as docs/model.md tells a stranger to do it.

A second witness, written from the page with nothing but pandas: it must never import the package. Public holidays are
left out, so that it holds for weeks without any.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from pathlib import Path
from typing import Any

import pandas as pd

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Span = tuple[pd.Timestamp, pd.Timestamp]


def table(folder: Path, name: str) -> pd.DataFrame:
    """A CSV table, every cell as text; no rows when the file is not there."""
    path = folder / f"{name}.csv"
    return pd.read_csv(path, dtype=str, keep_default_na=False) if path.exists() else pd.DataFrame()


def minute_of(clock: str) -> int:
    """Minutes after midnight."""
    return int(clock[:-3]) * 60 + int(clock[-2:])


def instant(day: pd.Timestamp, clock: str, zone: str) -> pd.Timestamp:
    """The first instant at which a clock shows a time of a day."""
    local = day + pd.Timedelta(minutes=minute_of(clock))
    return local.tz_localize(zone, ambiguous=True, nonexistent="shift_forward").tz_convert("UTC")


@dataclass(frozen=True)
class Due:
    """What one person owes, section "The band" of the page; minutes."""

    exact_min: Fraction
    exact_max: Fraction
    band_min: int
    band_max: int
    takes_part: bool


@dataclass(frozen=True)
class Files:
    """The company's tables, its policy and a written plan.

    Args:
        company: folder of the tables.
        policy: the policy file, parsed; every key stated.
        week: ISO week.
        plan: plan.csv.
        coverage: of coverage.csv the columns queue_id, start, required and core.
        carried: participation.csv of the week before; None starts fresh.
    """

    company: Path
    policy: dict[str, Any]
    week: str
    plan: pd.DataFrame
    coverage: pd.DataFrame
    carried: pd.DataFrame | None = None

    @classmethod
    def read(cls, company: Path, config: Path, week: str, out: Path, carry: Path | None) -> Files:
        """Read everything from its folder."""
        carried = table(carry, "participation") if carry else None
        policy = tomllib.loads(config.read_text("utf-8"))
        coverage = table(out, "coverage")[["queue_id", "start", "required", "core"]]
        return cls(company, policy, week, table(out, "plan"), coverage, carried)

    @property
    def step(self) -> int:
        """Minutes of an interval."""
        return int(self.policy["site"]["interval_min"])

    @property
    def days(self) -> list[pd.Timestamp]:
        """The week's seven dates."""
        year, number = self.week.split("-W")
        monday = pd.Timestamp.fromisocalendar(int(year), int(number), 1)
        return [monday + pd.Timedelta(days=n) for n in range(7)]

    @cached_property
    def employees(self) -> pd.DataFrame:
        """employees.csv with the site's zone where none is stated, by employee id."""
        rows = table(self.company, "employees").set_index("employee_id", drop=False)
        zone = rows["timezone"] if "timezone" in rows else pd.Series("", index=rows.index)
        return rows.assign(zone=zone.where(zone != "", self.policy["site"]["timezone"]))

    @cached_property
    def queues(self) -> pd.DataFrame:
        """queues.csv by queue id."""
        return table(self.company, "queues").set_index("queue_id", drop=False)

    @cached_property
    def served(self) -> pd.DataFrame:
        """One row for each interval that somebody serves: employee_id, department_id, queue_id, at (UTC)."""
        rows = []
        for shift in self.plan.itertuples():
            first, last = (pd.Timestamp(text).tz_convert("UTC") for text in (shift.start, shift.end))
            for at in pd.date_range(first, last, freq=f"{self.step}min", inclusive="left"):
                department = self.employees.loc[shift.employee_id, "department_id"]
                rows.append((shift.employee_id, department, shift.queue_id, at))
        return pd.DataFrame(rows, columns=["employee_id", "department_id", "queue_id", "at"])

    @cached_property
    def cells(self) -> pd.DataFrame:
        """One row for each queue and interval of the week: asked, agents, core, open."""
        rows = self.coverage.assign(at=pd.to_datetime(self.coverage["start"], utc=True))
        required, core = rows["required"].astype(int), rows["core"].astype(int)
        agents = self.served.groupby(["queue_id", "at"]).size().rename("agents").reset_index()
        rows = rows.assign(core=core, asked=(required - core).clip(lower=0))
        rows = rows.merge(agents, on=["queue_id", "at"], how="left").fillna({"agents": 0})
        return rows.assign(open=[self.is_open(row.queue_id, row.at) for row in rows.itertuples()])

    def is_open(self, queue_id: str, at: pd.Timestamp) -> bool:
        """Whether a queue is open, on the site's clock."""
        local = at.tz_convert(self.policy["site"]["timezone"])
        return any(
            WEEKDAYS[local.weekday()] == day and minute_of(start) <= local.hour * 60 + local.minute < minute_of(end)
            for day, start, end in self.opening.get(queue_id, ())
        )

    @cached_property
    def opening(self) -> dict[str, list[tuple[str, str, str]]]:
        """opening_hours.csv by queue."""
        found: dict[str, list[tuple[str, str, str]]] = {}
        for row in table(self.company, "opening_hours").itertuples():
            found.setdefault(row.queue_id, []).append((row.weekday, row.open, row.close))
        return found

    def ledger(self, employee_id: str) -> tuple[int, int]:
        """Debt and unpleasant minutes carried into the week."""
        return self._ledgers.get(employee_id, (0, 0))

    @cached_property
    def _ledgers(self) -> dict[str, tuple[int, int]]:
        rows = () if self.carried is None else self.carried.itertuples()
        return {row.employee_id: (int(row.debt_minutes), int(row.total_unpleasant_minutes)) for row in rows}

    def minutes(self, employee_id: str) -> int:
        """Minutes that somebody serves."""
        return self._minutes.get(employee_id, 0)

    @cached_property
    def _minutes(self) -> dict[str, int]:
        return {key: int(count) * self.step for key, count in self.served["employee_id"].value_counts().items()}

    @cached_property
    def dues(self) -> dict[str, Due]:
        """Everybody's band."""
        patterns = table(self.company, "work_patterns")
        spans: dict[str, list[tuple[str, str, str]]] = {}
        for row in patterns.itertuples():
            spans.setdefault(row.work_pattern_id, []).append((row.weekday, row.start, row.end))
        return {row.employee_id: self._due(row, spans[row.work_pattern_id]) for row in self.employees.itertuples()}

    def _due(self, person: Any, spans: list[tuple[str, str, str]]) -> Due:
        worked = [day for day in self.days if WEEKDAYS[day.weekday()] in {span[0] for span in spans}]
        there = [day for day in worked if not self._off(person, day, spans)]
        minutes = Fraction(person.weekly_hours) * 60 * Fraction(len(there), len(worked)) if worked else Fraction(0)
        low, high = (minutes * Fraction(str(self.policy["band"][key])) / 100 for key in ("min_pct", "max_pct"))
        least, most = ceil(low / self.step) * self.step, floor(high / self.step) * self.step
        if not self._achievable(least, most):
            owed = floor((high + max(self.ledger(person.employee_id)[0], 0)) / self.step) * self.step
            most = max(most, min(owed, self.policy["shifts"]["min_length_min"]))
        return Due(low, high, least, most, bool(there))

    def _achievable(self, least: int, most: int) -> bool:
        shifts = self.policy["shifts"]
        return least <= 0 <= most or any(
            max(least, n * shifts["min_length_min"]) <= min(most, n * shifts["max_length_min"])
            for n in range(1, shifts["max_a_week"] + 1)
        )

    def _off(self, person: Any, day: pd.Timestamp, spans: list[tuple[str, str, str]]) -> bool:
        starts, ends = getattr(person, "starts_on", ""), getattr(person, "ends_on", "")
        date = day.date().isoformat()
        if (starts and date < starts) or (ends and date > ends):
            return True
        if date <= self._exempt_until.get(person.employee_id, ""):
            return True
        away = list(self._absences(person))
        work = [(instant(day, a, person.zone), instant(day, b, person.zone)) for d, a, b in spans
                if d == WEEKDAYS[day.weekday()]]  # fmt: skip
        return all(any(first <= start and end <= last for first, last in away) for start, end in work)

    @cached_property
    def _exempt_until(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for row in table(self.company, "exemptions").itertuples():
            found[row.employee_id] = max(row.until, found.get(row.employee_id, ""))
        return found

    @cached_property
    def _absence_rows(self) -> pd.DataFrame:
        return table(self.company, "absences")

    def _absences(self, person: Any) -> Iterator[Span]:
        rows = self._absence_rows
        for row in rows[rows["employee_id"] == person.employee_id].itertuples() if len(rows) else ():
            whole = [len(text) == len("2026-11-30") for text in (row.start, row.end)]
            start = instant(pd.Timestamp(row.start), "00:00", person.zone) if whole[0] else pd.Timestamp(row.start)
            end = instant(pd.Timestamp(row.end), "24:00", person.zone) if whole[1] else pd.Timestamp(row.end)
            yield start.tz_convert("UTC"), end.tz_convert("UTC")
