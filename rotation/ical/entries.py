"""The shifts of an edition as calendar entries, for the person, for leads of departments and for those of queues."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cached_property

from rotation.ical.beside import Overlaps
from rotation.ical.feed import Entry, reminder
from rotation.ical.words import Words
from rotation.plan import Edition, ReleasedShift, Shift


class Entries:
    """The entries of one edition. Its cancelled shifts stay, called off, in the order of time.

    Args:
        edition: the edition.
    """

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.words = Words(edition.case.company)
        self._home = {person.employee_id: person.department_id for person in edition.case.company.employees}
        self._shifts = [shift for shift in edition.plan.shifts if shift.employee_id in self._home]
        self._cancelled = [shift for shift in edition.cancelled if shift.employee_id in self._home]

    @property
    def alarm(self) -> tuple[str, ...]:
        """Lines of everybody's reminder."""
        minutes = self.edition.case.company.policy.calendars.reminder_min
        return reminder(minutes, f"Customer service begins in {minutes} minutes")

    def of_employee(self, employee_id: str) -> list[Entry]:
        """What a person's calendar holds; the time is taken."""
        shifts = self.edition.plan.by_employee.get(employee_id, ())
        gone = [shift for shift in self._cancelled if shift.employee_id == employee_id]
        return self._in_order([self.own(shift) for shift in shifts], [self.own_cancelled(shift) for shift in gone])

    def own(self, shift: Shift) -> Entry:
        """A shift as the person who serves it sees it."""
        text = self.words.for_employee(shift, self._by_queue.of(shift))
        summary = f"Customer service: {self.words.queue(shift.queue_id)}"
        return self._entry(shift, "@rotation", summary, text, busy=True, url=self.words.swap_url(shift))

    def own_cancelled(self, shift: ReleasedShift) -> Entry:
        """A shift that is called off as the person who was to serve it sees it."""
        summary = f"Cancelled: Customer service: {self.words.queue(shift.queue_id)}"
        return _called_off(shift, "@rotation", summary, "You do not serve this shift any more.")

    def of_department(self, department_id: str) -> list[Entry]:
        """What the calendar of a department's lead holds; the lead's own time stays free."""
        zone, entries = self.edition.case.horizon.zone, []
        for shift in self._shifts:
            if self._home[shift.employee_id] == department_id:
                text = self.words.for_lead(shift, self._by_department.of(shift), zone, "Also away then")
                # Not the person's UID: a lead who subscribes to both calendars would lose one of the two entries.
                entries.append(self._entry(shift, "@department.rotation", self._who(shift), text, busy=False))
        gone = [shift for shift in self._cancelled if self._home[shift.employee_id] == department_id]
        return self._in_order(entries, self._gone(gone, "@department.rotation"))

    def of_queue(self, queue_id: str) -> list[Entry]:
        """What the calendar of a queue's lead holds; the lead's own time stays free."""
        zone, entries = self.edition.case.horizon.zone, []
        for shift in self._shifts:
            if shift.queue_id == queue_id:
                text = self.words.for_lead(shift, self._by_queue.of(shift), zone, "Also on then")
                entries.append(self._entry(shift, "@queue.rotation", self._who(shift), text, busy=False))
        gone = [shift for shift in self._cancelled if shift.queue_id == queue_id]
        return self._in_order(entries, self._gone(gone, "@queue.rotation"))

    @cached_property
    def _by_queue(self) -> Overlaps:
        return Overlaps(self._shifts, lambda shift: shift.queue_id)

    @cached_property
    def _by_department(self) -> Overlaps:
        return Overlaps(self._shifts, lambda shift: self._home[shift.employee_id])

    def _who(self, shift: Shift | ReleasedShift) -> str:
        return f"{self.words.person(shift.employee_id)}: {self.words.queue(shift.queue_id)}"

    def _gone(self, shifts: Iterable[ReleasedShift], domain: str) -> list[Entry]:
        return [_called_off(shift, domain, f"Cancelled: {self._who(shift)}", "Called off.") for shift in shifts]

    def _entry(self, shift: Shift, domain: str, summary: str, text: str, busy: bool, url: str = "") -> Entry:
        edition, key = self.edition, shift.shift_id
        return Entry(
            uid=key + domain,
            start=shift.start,
            end=shift.end,
            sequence=edition.sequences.get(key, 0),
            changed_at=edition.changed_at.get(key, edition.stamped_at),
            summary=summary,
            description=text,
            busy=busy,
            url=url,
        )

    def _in_order(self, entries: list[Entry], cancelled: list[Entry]) -> list[Entry]:
        if not cancelled:
            return entries
        return sorted((*entries, *cancelled), key=lambda entry: (entry.start, entry.end, entry.uid))


def not_over(entries: Iterable[Entry], at: dt.datetime) -> list[Entry]:
    """Entries without those that are called off and have passed.

    Args:
        entries: any entries.
        at: now, aware.
    """
    return [entry for entry in entries if not entry.cancelled or entry.end > at]


def _called_off(shift: ReleasedShift, domain: str, summary: str, text: str) -> Entry:
    return Entry(
        uid=shift.shift_id + domain,
        start=shift.start,
        end=shift.end,
        sequence=shift.sequence,
        changed_at=shift.changed_at,
        summary=summary,
        description=text,
        busy=False,
        cancelled=True,
    )
