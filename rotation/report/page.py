"""The tables of the week's page: an edition's facts in words, row by row. Knows no HTML."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rotation.plan import Edition
from rotation.report.figures.theme import queue_mark
from rotation.report.headline import NOT_DUE
from rotation.report.spelling import MINUS, clock, day, span

_ORDER = ("above", "below", "inside", "exempt", "away")


@dataclass(frozen=True, slots=True)
class QueueMark:
    """A queue's name, colour and pattern in the legend."""

    name: str
    colour: str
    pattern: str


@dataclass(frozen=True, slots=True)
class ClashRow:
    """A broken hard rule in words."""

    rule: str
    message: str
    who: str
    queue: str
    when: str


@dataclass(frozen=True, slots=True)
class ShortageRow:
    """A stretch with too few agents in words; ``missing_minutes`` are agent-minutes."""

    queue: str
    when: str
    missing_minutes: int
    cause: str


@dataclass(frozen=True, slots=True)
class OutsideRow:
    """Somebody who does not serve inside the band, and why; minutes."""

    employee_id: str
    name: str
    department: str
    status: str
    minutes: int
    band_min: int
    band_max: int
    debt_minutes: int
    reason: str


@dataclass(frozen=True, slots=True)
class CoverageDay:
    """Coverage of one queue on one local day, agent-minutes; ``worst`` is empty when nobody is missing."""

    queue: str
    day: str
    required_minutes: int
    covered_minutes: int
    missing_minutes: int
    worst: str


def queue_legend(edition: Edition) -> tuple[QueueMark, ...]:
    """Colours and patterns of all queues."""
    return tuple(QueueMark(queue.name, *queue_mark(n)) for n, queue in enumerate(edition.case.company.queues))


def clash_rows(edition: Edition) -> tuple[ClashRow, ...]:
    """What breaks a hard rule, with names and local times."""
    company, zone = edition.case.company, edition.case.horizon.zone
    rows = []
    for clash in edition.clashes:
        person, queue = company.employee.get(clash.employee_id), company.queue.get(clash.queue_id)
        who = f"{person.name} ({person.employee_id})" if person else clash.employee_id
        when = span(clash.start, clash.end, zone) if clash.start and clash.end else "the whole week"
        rows.append(ClashRow(clash.rule, clash.message, who, queue.name if queue else clash.queue_id, when))
    return tuple(rows)


def shortage_rows(edition: Edition) -> tuple[ShortageRow, ...]:
    """Where agents are missing, in the order of queues and time."""
    company, zone, place = edition.case.company, edition.case.horizon.zone, edition.case.queue_index
    ordered = sorted(edition.shortages, key=lambda row: (place.get(row.queue_id, len(place)), row.queue_id, row.start))
    return tuple(
        ShortageRow(
            company.queue[row.queue_id].name if row.queue_id in company.queue else row.queue_id,
            span(row.start, row.end, zone),
            row.missing_minutes,
            row.cause,
        )
        for row in ordered
    )


def not_inside_rows(edition: Edition) -> tuple[OutsideRow, ...]:
    """People who are not inside their band: first above, then below, then those who do not take part."""
    company = edition.case.company
    place = {row.department_id: n for n, row in enumerate(company.departments)}
    outside = [row for row in edition.participation if row.status != "inside"]
    rank = {status: n for n, status in enumerate(_ORDER)}
    outside.sort(
        key=lambda row: (
            rank.get(row.status, len(rank)),
            place[company.employee[row.employee_id].department_id],
            row.employee_id,
        )
    )
    return tuple(
        OutsideRow(
            row.employee_id,
            company.employee[row.employee_id].name,
            company.department[company.employee[row.employee_id].department_id].name,
            row.status,
            row.minutes,
            0 if row.status in NOT_DUE else row.band.band_min,
            0 if row.status in NOT_DUE else row.band.band_max,
            row.debt_minutes,
            row.reason,
        )
        for row in outside
    )


def coverage_days(edition: Edition) -> tuple[CoverageDay, ...]:
    """Coverage of each queue on each day on which it is open."""
    horizon, coverage, is_open = edition.case.horizon, edition.coverage, edition.case.is_open
    numbers = np.array(horizon.day_numbers())
    rows = []
    for index, queue in enumerate(edition.case.company.queues):
        for number, date in enumerate(horizon.days()):
            cells = np.flatnonzero((numbers == number) & is_open[index])
            if not cells.size:
                continue
            required, missing = coverage.required[index, cells], coverage.shortage[index, cells]
            worst = int(missing.argmax())
            at = f"{clock(horizon.local(int(cells[worst])))} {MINUS}{missing[worst]}" if missing[worst] else ""
            step = horizon.interval_min
            covered = int((required - missing).sum()) * step
            rows.append(
                CoverageDay(queue.name, day(date), int(required.sum()) * step, covered, int(missing.sum()) * step, at)
            )
    return tuple(rows)
