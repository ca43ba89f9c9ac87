"""The weeks that are in force, as calendar entries by whose they are. What feeds and CalDAV servers show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from rotation.ical import Entries, Entry
from rotation.release import Release, ReleaseNote
from rotation.store import Store

Owner = tuple[str, str]
"""``employee``, ``department``, ``queue`` or ``company``, and the id."""
COMPANY: Owner = ("company", "")


@dataclass(frozen=True, slots=True)
class WeekEntries:
    """One week at its effective release.

    Args:
        number: of the release.
        released_at: when it was made, aware.
        entries: by owner, in the order of time.
        names: names of calendars by owner.
        emails: addresses by employee id.
        alarm: lines of the reminder in employees' own entries.
    """

    number: int
    released_at: dt.datetime
    entries: dict[Owner, tuple[Entry, ...]]
    names: dict[Owner, str]
    emails: dict[str, str]
    alarm: tuple[str, ...]


def in_force(notes: Iterable[ReleaseNote], since: dt.datetime) -> list[ReleaseNote]:
    """The effective release of every week that is not over at an instant, in the order of the weeks."""
    latest = {note.week: note for note in notes}
    # West of UTC a week ends up to a day later than its last date in UTC.
    day = since.astimezone(dt.UTC).date()
    found = [note for week, note in latest.items() if week.monday() + dt.timedelta(days=8) > day]
    return sorted(found, key=lambda note: note.week.monday())


def entries_of(release: Release) -> WeekEntries:
    """A release as entries."""
    source, company = Entries(release.edition), release.edition.case.company
    entries: dict[Owner, tuple[Entry, ...]] = {}
    names: dict[Owner, str] = {COMPANY: "Customer service: everybody"}
    for person in company.employees:
        owner = ("employee", person.employee_id)
        entries[owner] = tuple(source.of_employee(person.employee_id))
        names[owner] = f"Customer service: {source.words.person(person.employee_id)}"
    for department in company.departments:
        owner = ("department", department.department_id)
        entries[owner] = tuple(source.of_department(department.department_id))
        names[owner] = f"On the phones: {source.words.department(department.department_id)}"
    for queue in company.queues:
        owner = ("queue", queue.queue_id)
        entries[owner] = tuple(source.of_queue(queue.queue_id))
        names[owner] = f"Queue: {source.words.queue(queue.queue_id)}"
    everybody = (
        entry for department in company.departments for entry in entries["department", department.department_id]
    )
    entries[COMPANY] = tuple(sorted(everybody, key=lambda entry: (entry.start, entry.end, entry.uid)))
    emails = {person.employee_id: person.email for person in company.employees}
    return WeekEntries(release.number, release.note.released_at, entries, names, emails, source.alarm)


def load_week(place: str, number: int) -> WeekEntries:
    """Read a release from a store; a function of its own, so that another process can run it.

    Args:
        place: the store.
        number: of the release.
    """
    with Store.open(place) as store:
        return entries_of(store.release(number))
