"""ical/departments/DEPARTMENT_ID.ics: for the department's lead, who is away on the phones when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from rotation.company import Department
from rotation.exporters._calendar import Entry, feed, one_line
from rotation.exporters._company_on_shift import Beside, Overlaps
from rotation.exporters._exporter import Format
from rotation.exporters._shift_text import ShiftText
from rotation.exporters._writing import file_name
from rotation.plan import Edition, Shift


def entry_of(text: ShiftText, shift: Shift, away: Sequence[Beside], sequence: int, zone: ZoneInfo) -> Entry:
    """A shift as the lead of the person's department sees it; the lead's own time stays free.

    Args:
        text: the company's words.
        shift: the shift.
        away: who else of the department is away.
        sequence: number of the shift's last change, from 0.
        zone: whose clock the times in the text are on.
    """
    return Entry(
        # Not the person's UID: a lead who subscribes to both calendars would lose one of the two entries.
        uid=f"{shift.shift_id}@department.rotation",
        start=shift.start,
        end=shift.end,
        sequence=sequence,
        summary=f"{text.person(shift.employee_id)}: {text.queue(shift.queue_id)}",
        description=text.for_lead(shift, away, zone),
        busy=False,
    )


def render(edition: Edition) -> dict[str, bytes]:
    """One calendar for each department; times in texts are on the site's clock."""
    company, zone = edition.case.company, edition.case.horizon.zone
    text = ShiftText(company)
    home = {employee.employee_id: employee.department_id for employee in company.employees}
    shifts = [shift for shift in edition.plan.shifts if shift.employee_id in home]
    overlaps = Overlaps(shifts, lambda shift: home[shift.employee_id])
    of_department: dict[str, list[Shift]] = {}
    for shift in shifts:
        of_department.setdefault(home[shift.employee_id], []).append(shift)

    def entries(department: Department) -> Iterator[Entry]:
        for shift in of_department.get(department.department_id, ()):
            yield entry_of(text, shift, overlaps.of(shift), edition.sequences.get(shift.shift_id, 0), zone)

    return {
        f"ical/departments/{file_name(department.department_id)}.ics": feed(
            f"On the phones: {one_line(department.name) or department.department_id}",
            entries(department),
            edition.stamped_at,
        )
        for department in company.departments
    }


EXPORTER = Format("ical_department", "ical/departments/*.ics: for each lead, who is away on the phones when", render)
