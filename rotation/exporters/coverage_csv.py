"""coverage.csv: agents required and there, one row for each queue and interval."""

from __future__ import annotations

from rotation.exporters._exporter import Format
from rotation.exporters._writing import csv_bytes, iso
from rotation.plan import Edition

COLUMNS = ("queue_id", "start", "required", "core", "assigned", "shortage", "surplus", "is_open")


def render(edition: Edition) -> dict[str, bytes]:
    """Every queue and interval of the week, closed ones included (``is_open`` 0); agents; site's zone."""
    case, coverage = edition.case, edition.coverage
    columns = (coverage.required, coverage.core, coverage.assigned, coverage.shortage, coverage.surplus, case.is_open)
    starts = [iso(case.horizon.instant(index), case.horizon.zone) for index in range(case.horizon.intervals)]
    rows = [
        (queue.queue_id, start, *(int(array[number, index]) for array in columns))
        for number, queue in enumerate(case.company.queues)
        for index, start in enumerate(starts)
    ]
    return {"coverage.csv": csv_bytes(COLUMNS, rows)}


EXPORTER = Format("coverage_csv", "coverage.csv: agents required and assigned per queue and interval", render)
