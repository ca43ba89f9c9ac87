"""ical/employees/EMPLOYEE_ID.ics: a calendar for everybody, also for those who have no shift this week."""

from __future__ import annotations

from rotation.exporters._exporter import Format
from rotation.exporters._writing import file_name
from rotation.ical import Entries, feed
from rotation.plan import Edition


def render(edition: Edition) -> dict[str, bytes]:
    """One calendar for each employee."""
    entries = Entries(edition)
    return {
        f"ical/employees/{file_name(person.employee_id)}.ics": feed(
            f"Customer service: {entries.words.person(person.employee_id)}",
            entries.of_employee(person.employee_id),
            entries.alarm,
        )
        for person in edition.case.company.employees
    }


EXPORTER = Format("ical_employee", "ical/employees/*.ics: everybody's own shifts, with a reminder", render)
