"""Tiny companies drawn by hypothesis, with every setting that a rule reads, and all plans over a few intervals each.

Two or three people, one or two queues, one week; shifts lie in two or three intervals at places where weeks are nasty:
their ends, midnights, clock changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from rotation.company import (
    Absence,
    BusyTime,
    Company,
    CoreStaff,
    Department,
    Employee,
    Exemption,
    OpeningHours,
    Pin,
    Policy,
    Preference,
    Queue,
    RequiredAgents,
    Skill,
    WorkPattern,
    WorkSpan,
)
from rotation.plan import Case, Ledger, Plan, Published
from rotation.timegrid import Horizon, IsoWeek
from tests.rules.tiny_policies import policies
from tests.tiny import ALWAYS, OFFICE

HOMES = ("America/Denver", "Europe/Berlin", "Asia/Kathmandu")
WEEKS = ("2026-W24", "2026-W10", "2026-W44", "2026-W14", "2026-W17", "2026-W40", "2026-W53")
Duty = tuple[str, str, dt.datetime, dt.datetime]


class Tiny:
    """A case, and the shifts that each person might be given (allowed or not)."""

    def __init__(self, case: Case, duties: tuple[tuple[Duty, ...], ...]) -> None:
        self.case, self.duties = case, duties

    def __repr__(self) -> str:
        company = replace(self.case.company, required=tuple(row for row in self.case.company.required if row.agents))
        return f"Tiny({self.case.horizon}, {company}, {self.case.ledger}, {self.case.published}, {self.duties})"

    def plans(self) -> Iterator[Plan]:
        """Every plan in which each person has at most two of these shifts, overlapping ones among them."""
        weeks = [[week for n in range(3) for week in combinations(duties, n)] for duties in self.duties]
        for chosen in product(*weeks):
            yield Plan.of(duty for week in chosen for duty in week)


@st.composite
def tiny_cases(draw: st.DrawFn) -> Tiny:
    """A tiny company, its week and its shifts: at most about 500 plans."""
    rules = draw(policies())
    horizon = Horizon(IsoWeek.parse(draw(st.sampled_from(WEEKS))), rules.site.timezone, rules.interval_min)
    people, queues, cells = draw(st.sampled_from([(2, 1, 3), (2, 2, 2), (3, 1, 2)]))
    places = [draw(_places(horizon, cells)) for _ in range(draw(st.sampled_from([1, 1, 2])))]
    company = _Drawing(draw, rules, horizon, places).company(people, queues)
    ledger = {
        row.employee_id: Ledger(draw(st.sampled_from([0, -90, 30, 60, 200])), draw(st.sampled_from([0, 60, 200, 600])))
        for row in company.employees
    }
    duties = tuple(
        tuple(
            (row.employee_id, queue.queue_id, horizon.instant(first), horizon.instant(last))
            for queue in company.queues
            for first, last in _stretches(places[n % len(places)])
        )
        for n, row in enumerate(company.employees)
    )
    case = Case.of(company, horizon, ledger)
    return Tiny(replace(case, published=draw(_published(horizon, places, duties))), duties)


@st.composite
def _published(
    draw: st.DrawFn, horizon: Horizon, places: list[tuple[int, ...]], duties: tuple[tuple[Duty, ...], ...]
) -> Published | None:
    """Nothing, or a promised shift or two, some hours after now."""
    if draw(st.sampled_from([True, False, False])):
        return None
    every = [duty for some in duties for duty in some]
    promised = draw(st.lists(st.sampled_from(every), min_size=1, max_size=2, unique_by=lambda duty: duty[0]))
    now = horizon.instant(places[0][0]) - dt.timedelta(hours=draw(st.sampled_from([60, 30, 200, 0])))
    return Published.at(Plan.of(promised).shifts, now, draw(st.sampled_from([0, 1, 100])))


def _stretches(cells: tuple[int, ...]) -> list[tuple[int, int]]:
    """All runs of following intervals, as (first, one after the last)."""
    found = []
    for n, first in enumerate(cells):
        last = first
        for cell in cells[n:]:
            if cell == last:
                last += 1
                found.append((first, last))
    return found


@st.composite
def _places(draw: st.DrawFn, horizon: Horizon, cells: int) -> tuple[int, ...]:
    """Following intervals, or a pair that is a day and a bit apart."""
    offsets = [horizon.local(n).utcoffset() for n in range(horizon.intervals)]
    changes = [n for n in range(1, horizon.intervals) if offsets[n] != offsets[n - 1]]
    midnights = [n for n in range(1, horizon.intervals) if horizon.local(n).date() != horizon.local(n - 1).date()]
    noon = horizon.intervals // 14
    anchor = draw(st.sampled_from([0, horizon.intervals - 2, noon, noon, midnights[0], *changes, *changes]))
    start = min(max(0, anchor - draw(st.integers(0, 2))), horizon.intervals - cells)
    if draw(st.integers(0, 3)):
        return tuple(range(start, start + cells))
    other = (start + draw(st.sampled_from([2, horizon.intervals // 7]))) % horizon.intervals
    return tuple(sorted({*range(start, start + cells - 1), other}))


class _Drawing:
    """The tables of a tiny company: most rows lie on or beside the places where its shifts may lie."""

    def __init__(self, draw: st.DrawFn, rules: Policy, horizon: Horizon, places: list[tuple[int, ...]]) -> None:
        self.draw, self.policy, self.horizon, self.places = draw, rules, horizon, places

    def company(self, people: int, queues: int) -> Company:
        draw = self.draw
        names = [Queue(f"Q{n}", f"Q{n}", 300, min_agents=draw(_upto(2)), priority=n + 1) for n in range(queues)]
        employees = [self._employee(n) for n in range(people)]
        opening = tuple(row for queue in names for row in self._opening(queue.queue_id))
        skills = [self._skill(row, queue) for row in employees for queue in names if draw(st.integers(0, 7))]
        return Company(
            policy=self.policy,
            departments=tuple(self._department(key) for key in dict.fromkeys(row.department_id for row in employees)),
            employees=tuple(employees),
            work_patterns={p.work_pattern_id: p for p in (ALWAYS, OFFICE, *map(self._pattern, employees))},
            queues=tuple(names),
            opening_hours=opening,
            skills=tuple(skills),
            required=tuple(self._required(names)),
            core_staff=tuple(CoreStaff(queue.queue_id, start, 1) for queue in names for start in self._some_starts()),
            absences=tuple(Absence(row.employee_id, *self._beside(), "ill") for row in self._some(employees)),
            busy_times=tuple(BusyTime(row.employee_id, *self._beside()) for row in self._some(employees)),
            preferences=tuple(self._preference(row) for row in employees for _ in range(draw(_upto(2)))),
            pins=tuple(self._pin(row, draw(st.sampled_from(names))) for row in self._some(employees)),
            exemptions=tuple(Exemption(row.employee_id, "r", "b", self._day()) for row in self._some(employees)[:1]),
            holidays={"YY": {self._day(): "Day"}} if draw(st.booleans()) else {},
        )

    def _some(self, rows: list[Employee]) -> list[Employee]:
        return [row for row in rows if not self.draw(_upto(2))]

    def _cell(self) -> int:
        return self.draw(st.sampled_from(self.draw(st.sampled_from(self.places))))

    def _some_starts(self) -> list[dt.datetime]:
        return [self.horizon.instant(n) for n in sorted({self._cell() for _ in range(self.draw(_upto(2)))})]

    def _beside(self) -> tuple[dt.datetime, dt.datetime]:
        """A stretch of time that touches a shift, or just does not."""
        start = self.horizon.instant(self._cell()) + dt.timedelta(minutes=self.draw(st.sampled_from([-40, 0, 15, 60])))
        return start, start + dt.timedelta(minutes=self.draw(st.sampled_from([1, 15, 60, 1440])))

    def _day(self) -> dt.date:
        day = self.horizon.local(self._cell()).date()
        return day + dt.timedelta(days=self.draw(st.sampled_from([-1, 0, 0, 1])))

    def _span(self, zone: ZoneInfo) -> tuple[int, int, int]:
        """Weekday and minutes of a stretch of the clock around some shift."""
        local = self.horizon.local(self._cell(), zone)
        minute = local.hour * 60 + local.minute
        start = max(0, minute - self.draw(st.sampled_from([0, 0, 15, 60, 1440])))
        return (
            local.weekday(),
            start,
            min(1440, max(start, minute) + self.draw(st.sampled_from([20, 60, 90, 180, 1440]))),
        )

    def _employee(self, n: int) -> Employee:
        draw = self.draw
        day = self._day()
        return Employee(
            f"E{n}",
            f"E{n}",
            f"e{n}@example.com",
            draw(st.sampled_from(["D", "D", "X"])),
            draw(st.sampled_from([5, 8, 10, 12.5, 20])),
            draw(st.sampled_from(["always", "always", "office", f"own {n}"])),
            draw(st.sampled_from([self.policy.site.timezone, self.policy.site.timezone, *HOMES])),
            mentor=draw(st.booleans()),
            works_from=draw(st.sampled_from(["office", "office", "office", "home"])),
            region=draw(st.sampled_from(["", "YY"])),
            starts_on=day if draw(_upto(7)) == 7 else None,
            ends_on=day if draw(_upto(7)) == 7 else None,
        )

    def _pattern(self, employee: Employee) -> WorkPattern:
        """Own spans, apart from each other: one a weekday."""
        spans = {
            span[0]: WorkSpan(*span)
            for span in (self._span(ZoneInfo(employee.timezone)) for _ in range(self.draw(st.integers(1, 3))))
        }
        return WorkPattern(f"own {employee.employee_id[1:]}", tuple(spans[day] for day in sorted(spans)))

    def _department(self, key: str) -> Department:
        return Department(key, key, self.draw(st.sampled_from([None, 1, 50, 100])), self.draw(_upto(2)))

    def _skill(self, employee: Employee, queue: Queue) -> Skill:
        dates = [self._day() if not self.draw(_upto(4)) else None for _ in range(2)]
        return Skill(employee.employee_id, queue.queue_id, self.draw(st.integers(1, 5)), *dates)

    def _opening(self, queue_id: str) -> list[OpeningHours]:
        """Around the clock, or around one shift, on the grid."""
        if self.draw(_upto(2)):
            return [OpeningHours(queue_id, day, 0, 1440) for day in range(7)]
        weekday, start, end = self._span(self.horizon.zone)
        step = self.policy.interval_min
        return [OpeningHours(queue_id, weekday, start // step * step, -(-end // step) * step)]

    def _required(self, queues: list[Queue]) -> Iterator[RequiredAgents]:
        """Agents for every interval, some of them where the shifts may lie."""
        asked = {cell: self.draw(_upto(2)) for place in self.places for cell in place}
        for queue in queues:
            for index in range(self.horizon.intervals):
                yield RequiredAgents(queue.queue_id, self.horizon.instant(index), asked.get(index, 0))

    def _preference(self, employee: Employee) -> Preference:
        span = self._span(ZoneInfo(employee.timezone))
        return Preference(employee.employee_id, *span, self.draw(st.integers(-3, 3)))

    def _pin(self, employee: Employee, queue: Queue) -> Pin:
        """Mostly on a shift that can be planned; now and then off the grid or over an end of the week."""
        first = self._cell() + self.draw(st.sampled_from([0, 0, 0, -1]))
        start = self.horizon.instant(first) + dt.timedelta(minutes=self.draw(st.sampled_from([0, 0, 0, 10])))
        return Pin(
            employee.employee_id, queue.queue_id, start, start + self.draw(st.integers(1, 2)) * self.horizon.step
        )


def _upto(most: int) -> st.SearchStrategy[int]:
    return st.integers(0, most)
