"""ical/departments/DEPARTMENT_ID.ics: for the department's lead, who is away on the phones when."""

from __future__ import annotations

from rotation.exporters._exporter import Format
from rotation.exporters._writing import file_name
from rotation.ical import Entries, feed
from rotation.plan import Edition


def render(edition: Edition) -> dict[str, bytes]:
    """One calendar for each department; times in texts are on the site's clock."""
    entries = Entries(edition)
    return {
        f"ical/departments/{file_name(department.department_id)}.ics": feed(
            f"On the phones: {entries.words.department(department.department_id)}",
            entries.of_department(department.department_id),
        )
        for department in edition.case.company.departments
    }


EXPORTER = Format("ical_department", "ical/departments/*.ics: for each lead, who is away on the phones when", render)
