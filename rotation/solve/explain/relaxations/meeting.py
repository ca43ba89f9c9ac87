"""A meeting is moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial

from rotation.company import BusyTime
from rotation.plan.wording import when
from rotation.solve.explain.judged import World
from rotation.solve.explain.relaxations._relaxation import FEW, Relaxation, Shortfall, person, with_company


class MovedMeeting:
    """People who are certified and at work then, but busy by their calendar."""

    summary = "one person's meeting is moved"

    def propose(self, short: Shortfall) -> Iterable[Relaxation]:
        """The meetings that touch the stretch with their buffer, of those with the most room in their band."""
        case, shortest = short.week.case, short.week.instance.week.shortest
        buffer = dt.timedelta(minutes=case.company.policy.availability.buffer_min)
        _, a, b = short.span
        start, end = case.horizon.instant(a), case.horizon.instant(b)
        people = [e for e in short.of("meeting") if short.room(e) >= shortest]
        tried = 0
        for e in sorted(people, key=lambda e: (-short.room(e), e)):
            busy = [
                row
                for row in case.company.busy_times_of.get(case.company.employees[e].employee_id, ())
                if row.start - buffer < end and start < row.end + buffer
            ]
            if busy and tried < FEW:
                tried += 1
                times = " and ".join(when(case, row.start, row.end) for row in busy)
                yield Relaxation(
                    "meeting",
                    f"move a meeting of {person(case.company, e)}, {times}",
                    f"the calendar of {case.company.employees[e].employee_id}",
                    partial(_without, busy=tuple(busy)),
                    (e,),
                )


def _without(world: World, busy: tuple[BusyTime, ...]) -> World:
    return with_company(world, busy_times=tuple(row for row in world.case.company.busy_times if row not in busy))


RELAXATION = MovedMeeting()
