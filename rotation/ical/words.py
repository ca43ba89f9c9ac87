"""What a calendar says of a shift: the queue, how to sign in, what to ask, who else is on, who is the mentor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from urllib.parse import quote
from zoneinfo import ZoneInfo

from rotation.company import Company
from rotation.ical.beside import Beside
from rotation.ical.spelling import one_line
from rotation.plan import Shift
from rotation.routing import is_mentor, is_novice

NAMED_AT_MOST = 12
CHECKLIST = """
On every call:
- ask for name, number and e-mail
- note the product
- hand a lead to sales
"""


class Words:
    """The words for the shifts of one company; names and clock times are worked out once."""

    def __init__(self, company: Company) -> None:
        self._company = company
        self._people = {row.employee_id: one_line(row.name) or row.employee_id for row in company.employees}
        self._queues = {row.queue_id: one_line(row.name) or row.queue_id for row in company.queues}
        self._departments = {row.department_id: one_line(row.name) or row.department_id for row in company.departments}
        self._mentors: dict[str, set[str]] = {}
        for employee_id, queue_id in company.skill:
            if is_mentor(company, employee_id, queue_id):
                self._mentors.setdefault(queue_id, set()).add(employee_id)
        self._clock: dict[tuple[dt.datetime, str], str] = {}

    def person(self, employee_id: str) -> str:
        """A person's name; the id when there is none."""
        return self._people.get(employee_id, employee_id)

    def queue(self, queue_id: str) -> str:
        """A queue as people call it; its id when it has no name."""
        return self._queues.get(queue_id, queue_id)

    def department(self, department_id: str) -> str:
        """A department's name; its id when it has no name."""
        return self._departments.get(department_id, department_id)

    def people(self, shift: Shift, beside: Sequence[Beside], zone: ZoneInfo) -> str:
        """Names, with the times where these are not the whole shift; a long list says how many more there are."""
        named = [self.person(one.employee_id) + self._times(shift, one, zone) for one in beside[:NAMED_AT_MOST]]
        more = [f"{len(beside) - NAMED_AT_MOST} more"] if len(beside) > NAMED_AT_MOST else []
        return "; ".join(named + more)

    def for_employee(self, shift: Shift, beside: Sequence[Beside]) -> str:
        """The text for the person who serves a shift; times on that person's clock.

        Args:
            shift: the shift.
            beside: who else is on in the same queue.
        """
        employee, queue = self._company.employee[shift.employee_id], self._company.queue.get(shift.queue_id)
        zone = ZoneInfo(employee.timezone)
        dialled = f", dialled as {one_line(queue.extension)}" if queue and queue.extension else ""
        sign_in = one_line(employee.endpoint) or "no endpoint on file, ask the telephony administrator"
        return "\n".join(
            (
                f"Queue: {self.queue(shift.queue_id)} ({shift.queue_id}){dialled}",
                f"Before the shift, sign in with: {sign_in}",
                f"With you: {self.people(shift, beside, zone) or 'nobody from the rotation'}",
                self._mentoring(shift, beside, zone),
                CHECKLIST,
                *self._contacts(shift),
            )
        )

    def swap_url(self, shift: Shift) -> str:
        """Where the person offers the shift to others; empty when the policy names no address."""
        address = self._company.policy.calendars.swap_url
        return address.replace("{shift_id}", quote(shift.shift_id, safe="")) if address else ""

    def _contacts(self, shift: Shift) -> list[str]:
        ill, swap = one_line(self._company.policy.calendars.ill_contact), self.swap_url(shift)
        return [*([f"If you are ill: {ill}"] if ill else ()), *([f"To swap: {swap}"] if swap else ())]

    def for_lead(self, shift: Shift, beside: Sequence[Beside], zone: ZoneInfo, heading: str) -> str:
        """The text for the lead of the person's department or of the queue.

        Args:
            shift: the shift.
            beside: who else of the department is away, or is on in the queue.
            zone: whose clock the times are on.
            heading: what introduces them.
        """
        person, queue = self.person(shift.employee_id), self.queue(shift.queue_id)
        return (
            f"{person} ({shift.employee_id}) answers the queue {queue} ({shift.queue_id}).\n"
            f"{heading}: {self.people(shift, beside, zone) or 'nobody'}"
        )

    def _mentoring(self, shift: Shift, beside: Sequence[Beside], zone: ZoneInfo) -> str:
        mentors_here = self._mentors.get(shift.queue_id, set())
        if shift.employee_id in mentors_here:
            novices = [one for one in beside if is_novice(self._company, one.employee_id, one.queue_id)]
            return f"You are the mentor of: {self.people(shift, novices, zone)}" if novices else "You are a mentor"
        mentors = [one for one in beside if one.employee_id in mentors_here] if mentors_here else []
        return f"Mentor: {self.people(shift, mentors, zone) or 'none on this shift'}"

    def _times(self, shift: Shift, one: Beside, zone: ZoneInfo) -> str:
        begins, ends = one.start > shift.start, one.end < shift.end
        if begins and ends:
            return f" ({self._shown(one.start, zone)} to {self._shown(one.end, zone)})"
        if begins:
            return f" (from {self._shown(one.start, zone)})"
        return f" (until {self._shown(one.end, zone)})" if ends else ""

    def _shown(self, instant: dt.datetime, zone: ZoneInfo) -> str:
        key = (instant, zone.key)
        if key not in self._clock:
            # With the zone's letters, because after a clock change one hour comes twice.
            self._clock[key] = f"{instant.astimezone(zone):%H:%M %Z}"
        return self._clock[key]
