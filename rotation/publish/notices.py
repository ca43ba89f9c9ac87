"""A release -> whom to tell what: one notice for each shift that it made, moved or called off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import replace
from zoneinfo import ZoneInfo

from rotation.ical import Entries
from rotation.plan import ReleasedShift, Shift
from rotation.publish.mail import Notice, Why
from rotation.release import Release


def notices_of(
    release: Release, changed: Iterable[ReleasedShift], superseded: Collection[str], at: dt.datetime
) -> tuple[list[Notice], list[tuple[ReleasedShift, Why]]]:
    """Whom to tell, and what nobody need be told any more.

    Args:
        release: the release.
        changed: the shifts that it changed, as it left them.
        superseded: ids of those that a later release has changed again.
        at: now, aware.

    Returns:
        Notices by person and time; and shifts that are left out, with the reason.
    """
    # What is called off is rendered by the release itself only while it is not over.
    edition = replace(release.edition, cancelled=tuple(shift for shift in changed if shift.cancelled))
    entries, people = Entries(edition), edition.case.company.employee
    own: dict[str, Shift] = {shift.shift_id: shift for shift in edition.plan.shifts}
    notices, left_out = [], []
    for shift in changed:
        person = people.get(shift.employee_id)
        why: Why = "over" if shift.end <= at else "superseded" if shift.shift_id in superseded else ""
        if person is None or not person.email:
            why = why or "no address"
        if why or person is None:
            left_out.append((shift, why))
            continue
        entry = entries.own_cancelled(shift) if shift.cancelled else entries.own(own[shift.shift_id])
        zone = ZoneInfo(person.timezone)
        when = f"{shift.start.astimezone(zone):%a %d %b %Y, %H:%M} to {shift.end.astimezone(zone):%H:%M %Z}"
        name = entries.words.person(shift.employee_id)
        notices.append(Notice(shift.shift_id, shift.employee_id, name, person.email, entry, when, entries.alarm))
    return notices, left_out
