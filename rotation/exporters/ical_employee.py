"""ical/employees/EMPLOYEE_ID.ics: a calendar for everybody, also for those who have no shift this week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rotation.exporters._calendar import Entry, feed, reminder
from rotation.exporters._company_on_shift import Beside, Overlaps
from rotation.exporters._exporter import Format
from rotation.exporters._shift_text import ShiftText
from rotation.exporters._writing import file_name
from rotation.plan import Edition, Shift

REMINDER_MIN = 10


def entry_of(text: ShiftText, shift: Shift, beside: Sequence[Beside], sequence: int) -> Entry:
    """A shift as an entry in the calendar of the person who serves it.

    Args:
        text: the company's words.
        shift: the shift.
        beside: who else is on in the same queue.
        sequence: number of the shift's last change, from 0.
    """
    return Entry(
        uid=f"{shift.shift_id}@rotation",
        start=shift.start,
        end=shift.end,
        sequence=sequence,
        summary=f"Customer service: {text.queue(shift.queue_id)}",
        description=text.for_employee(shift, beside),
        busy=True,
    )


def render(edition: Edition) -> dict[str, bytes]:
    """One calendar for each employee."""
    text, overlaps = ShiftText(edition.case.company), Overlaps(edition.plan.shifts, lambda shift: shift.queue_id)
    alarm = reminder(REMINDER_MIN, f"Customer service begins in {REMINDER_MIN} minutes")

    def entries(employee_id: str) -> Iterator[Entry]:
        for shift in edition.plan.by_employee.get(employee_id, ()):
            yield entry_of(text, shift, overlaps.of(shift), edition.sequences.get(shift.shift_id, 0))

    return {
        f"ical/employees/{file_name(employee.employee_id)}.ics": feed(
            f"Customer service: {text.person(employee.employee_id)}",
            entries(employee.employee_id),
            edition.stamped_at,
            alarm,
        )
        for employee in edition.case.company.employees
    }


EXPORTER = Format("ical_employee", "ical/employees/*.ics: everybody's own shifts, with a reminder", render)
