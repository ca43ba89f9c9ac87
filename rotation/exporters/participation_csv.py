"""participation.csv: one row for each employee against the band."""

from __future__ import annotations

from rotation.exporters._exporter import Format
from rotation.exporters._writing import csv_bytes
from rotation.plan import Edition

COLUMNS = (
    "employee_id",
    "band_min",
    "band_max",
    "minutes",
    "debt_minutes",
    "status",
    "reason",
    "unpleasant_minutes",
    "total_unpleasant_minutes",
    "exact_band_min",
    "exact_band_max",
    "days_due",
    "days_there",
)


def render(edition: Edition) -> dict[str, bytes]:
    """Everybody in the order of the employees; minutes; the band's exact ends as whole numbers or as fractions."""
    rows = [
        (
            row.employee_id,
            row.band.band_min,
            row.band.band_max,
            row.minutes,
            row.debt_minutes,
            row.status,
            row.reason,
            row.unpleasant_minutes,
            row.total_unpleasant_minutes,
            str(row.band.exact_min),
            str(row.band.exact_max),
            row.band.days_due,
            row.band.days_there,
        )
        for row in edition.participation
    ]
    return {"participation.csv": csv_bytes(COLUMNS, rows)}


EXPORTER = Format("participation_csv", "participation.csv: everybody's minutes against the band, with causes", render)
