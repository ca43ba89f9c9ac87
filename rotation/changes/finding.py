"""Finds the shift or the person that somebody names, or says what was probably meant."""

from __future__ import annotations

import datetime as dt

from rotation.errors import UsageFault
from rotation.intake.closest import Closest
from rotation.plan import ReleasedShift
from rotation.release import Release
from rotation.store import Store, trades
from rotation.store.chain import current_number, shifts_at
from rotation.timegrid import IsoWeek


def changeable_shift(store: Store, shift_id: str, now: dt.datetime) -> tuple[ReleasedShift, IsoWeek]:
    """The promised shift of an id and its week, if it can still change hands.

    Raises:
        UsageFault: there is none, it is called off or swapped already, or it has begun.
    """
    with store.reading() as connection:
        week = trades.week_of_shift(connection, shift_id)
        if week is None:
            known = trades.all_ids(connection, shift_id.split("-")[0] + "-")
            hint = Closest(known).hint(shift_id)
            raise UsageFault(f"there is no shift {shift_id!r}{hint}; `rotation diff --week` lists a week's shifts")
        found = shifts_at(connection, week, current_number(connection, week))[shift_id]
        steps = trades.trades_of(connection, shift_id)
    if found.cancelled:
        done = next((step for step in reversed(steps) if step.state == "done"), None)
        if done:
            taker = done.with_employee_id if done.shift_id == shift_id else done.employee_id
            raise UsageFault(f"{shift_id} went to {taker} already, by release {done.release}")
        raise UsageFault(f"{shift_id} was called off at {found.changed_at.isoformat()}; see `rotation history`")
    if found.start <= now:
        raise UsageFault(f"{shift_id} began at {found.start.isoformat()}, which is past; it cannot change hands")
    return found, week


def known_employee(release: Release, employee_id: str) -> None:
    """Refuse an id that nobody has.

    Raises:
        UsageFault: with the nearest id.
    """
    people = release.edition.case.company.employee
    if employee_id not in people:
        hint = Closest(list(people)).hint(employee_id)
        raise UsageFault(f"there is no employee {employee_id!r} in {release.week}{hint}")
