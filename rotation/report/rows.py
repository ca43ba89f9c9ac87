"""One row of coverage, one shift, one person: what tables show, from an edition or from written files."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from rotation.plan import Edition


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """Agents of one queue in one interval; ``start`` is a local time of the site."""

    queue_id: str
    start: dt.datetime
    required: int
    core: int
    assigned: int
    shortage: int
    surplus: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """One shift, in UTC."""

    shift_id: str
    employee_id: str
    department_id: str
    queue_id: str
    start: dt.datetime
    end: dt.datetime

    @property
    def minutes(self) -> int:
        """Length in minutes."""
        return (self.end - self.start) // dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person's week; minutes."""

    employee_id: str
    band_min: int
    band_max: int
    minutes: int
    debt_minutes: int
    status: str
    reason: str
    total_unpleasant_minutes: int = 0


def coverage_rows(edition: Edition) -> tuple[CoverageRow, ...]:
    """Every queue and interval of an edition, closed ones included."""
    case, coverage = edition.case, edition.coverage
    starts = [case.horizon.local(index) for index in range(case.horizon.intervals)]
    rows: list[CoverageRow] = []
    for number, queue in enumerate(case.company.queues):
        columns = zip(
            starts,
            coverage.required[number].tolist(),
            coverage.core[number].tolist(),
            coverage.assigned[number].tolist(),
            coverage.shortage[number].tolist(),
            coverage.surplus[number].tolist(),
            case.is_open[number].tolist(),
            strict=True,
        )
        rows += [CoverageRow(queue.queue_id, *fields) for fields in columns]
    return tuple(rows)
