"""plan.csv: one row for each shift."""

from __future__ import annotations

from rotation.exporters._exporter import Format
from rotation.exporters._writing import csv_bytes, iso
from rotation.plan import Edition

COLUMNS = ("shift_id", "employee_id", "department_id", "queue_id", "start", "end")


def render(edition: Edition) -> dict[str, bytes]:
    """Shifts in the order of start, end and employee; instants in the site's zone."""
    zone, people = edition.case.horizon.zone, edition.case.company.employee
    rows = [
        (
            shift.shift_id,
            shift.employee_id,
            people[shift.employee_id].department_id if shift.employee_id in people else "",
            shift.queue_id,
            iso(shift.start, zone),
            iso(shift.end, zone),
        )
        for shift in edition.plan.shifts
    ]
    return {"plan.csv": csv_bytes(COLUMNS, rows)}


EXPORTER = Format("plan_csv", "plan.csv: who serves which queue from when to when", render)
