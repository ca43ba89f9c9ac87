"""People: departments, employees and the queues they are certified for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Department:
    """A department that lends its people to the phones.

    Args:
        department_id: its id.
        name: its name.
        max_away_pct: at most this share of its people may be on the phones at a time; None takes the policy's.
        min_present: at least so many of its people stay at their own work at any time they work at all.
    """

    department_id: str
    name: str
    max_away_pct: int | None = None
    min_present: int = 0


@dataclass(frozen=True, slots=True)
class Employee:
    """Somebody who takes a turn.

    Args:
        employee_id: the id.
        name: as written in calendars.
        email: where invitations go.
        department_id: the department.
        weekly_hours: the contract's hours a week.
        work_pattern_id: which hours of the week the person works.
        timezone: the IANA zone of the person's clock.
        endpoint: what the switch rings, such as ``PJSIP/1001``; empty when unknown.
        mentor: whether novices may serve beside this person.
        works_from: ``office`` (takes a seat) or ``home``.
        region: whose public holidays, such as ``US-CA``.
        starts_on: first day of employment, None for always.
        ends_on: last day of employment, None for open.
    """

    employee_id: str
    name: str
    email: str
    department_id: str
    weekly_hours: float
    work_pattern_id: str
    timezone: str
    endpoint: str = ""
    mentor: bool = False
    works_from: str = "office"
    region: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None

    def employed_on(self, day: dt.date) -> bool:
        """Whether the person is employed on a date."""
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True)
class Skill:
    """A certification of one person for one queue.

    Args:
        employee_id: who.
        queue_id: for which queue.
        level: 1 (novice) to 5 (expert).
        certified_on: the first day it holds, None for always.
        expires_on: the last day it holds, None for open.
    """

    employee_id: str
    queue_id: str
    level: int = 3
    certified_on: dt.date | None = None
    expires_on: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Whether the certification holds on a date of the person's own calendar."""
        return (self.certified_on is None or self.certified_on <= day) and (
            self.expires_on is None or day <= self.expires_on
        )
