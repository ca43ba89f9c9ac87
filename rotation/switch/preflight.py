"""Before a shift: whose telephone is not registered, and who could stand in."""

from __future__ import annotations

import datetime as dt

from rotation.errors import SwitchFault
from rotation.routing import RoutingRow
from rotation.switch._driver import Driver
from rotation.switch.timetable import Timetable


class Preflight:
    """Asks for the telephones of the shifts that begin soon.

    Args:
        ahead_s: how long before a shift, seconds.
        every_s: not more often than this, seconds.
    """

    def __init__(self, ahead_s: float = 600, every_s: float = 60) -> None:
        self._ahead, self._every = dt.timedelta(seconds=ahead_s), dt.timedelta(seconds=every_s)
        self._asked: dt.datetime | None = None
        self._answer: tuple[str, ...] = ()

    async def __call__(self, driver: Driver, table: Timetable, now: dt.datetime) -> tuple[str, ...]:
        """Alarms for everybody who begins soon and cannot be rung."""
        if self._asked is not None and now - self._asked < self._every:
            return self._answer
        self._asked = now
        coming = [row for row in table.between(now, now + self._ahead) if row.valid_from > now and row.primary]
        known = {row for row in coming if table.agent_of(row)}
        alarms = [_alarm(table, row, "has no endpoint that the switch can ring") for row in coming if row not in known]
        if known:
            try:
                registered = await driver.registered({row.endpoint for row in known})
            except SwitchFault as fault:
                alarms.append(f"telephones cannot be checked before shifts: {fault}")
            else:
                lost = [row for row in known if not registered.get(row.endpoint, True)]
                alarms += [_alarm(table, row, "is not registered") for row in lost]
        self._answer = tuple(sorted(alarms))
        return self._answer


def _alarm(table: Timetable, row: RoutingRow, what: str) -> str:
    begins = f"{row.valid_from:%H:%M} UTC"
    who = f"{row.agent_name or row.employee_id} ({row.employee_id}, {row.endpoint or 'no endpoint'})"
    return f"{who} {what}; the shift in {row.queue_id} begins at {begins}; {_standby(table, row)}"


def _standby(table: Timetable, row: RoutingRow) -> str:
    """Whoever rings there as a second skill then."""
    there = [
        other
        for other in table.between(row.valid_from, row.valid_from)
        if not other.primary and other.queue_id == row.queue_id
    ]
    names = [f"{other.agent_name} ({other.employee_id})" for other in sorted(there, key=lambda one: one.ringing_order)]
    return f"standby: {', '.join(names[:3])}" if names else "the plan has no standby there"
