"""The whole company as one frozen, validated value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from rotation.company.availability import Absence, BusyTime, Exemption, Pin, Preference, WorkPattern
from rotation.company.demand import Adjustment, CoreStaff, Demand, OfferedCalls, RequiredAgents, SpecialDay
from rotation.company.people import Department, Employee, Skill
from rotation.company.policy import Policy
from rotation.company.queue import OpeningHours, Queue

Row = TypeVar("Row", Absence, BusyTime, Preference, Pin, Exemption)


@dataclass(frozen=True)
class Company:
    """Everything that was read from the company's tables, calendars and policy.

    Rows keep the order of their files. ``history_is_by_call`` says that call_history.csv had a row a call, so that an
    interval without one had none. ``holidays`` maps a region such as ``US-CA`` to its public holidays by date.
    """

    policy: Policy
    departments: tuple[Department, ...]
    employees: tuple[Employee, ...]
    work_patterns: Mapping[str, WorkPattern]
    queues: tuple[Queue, ...]
    opening_hours: tuple[OpeningHours, ...]
    skills: tuple[Skill, ...]
    demand: tuple[Demand, ...] = ()
    call_history: tuple[OfferedCalls, ...] = ()
    history_is_by_call: bool = False
    special_days: tuple[SpecialDay, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    required: tuple[RequiredAgents, ...] = ()
    core_staff: tuple[CoreStaff, ...] = ()
    absences: tuple[Absence, ...] = ()
    busy_times: tuple[BusyTime, ...] = ()
    preferences: tuple[Preference, ...] = ()
    pins: tuple[Pin, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    holidays: Mapping[str, Mapping[dt.date, str]] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def department(self) -> dict[str, Department]:
        """Departments by id."""
        return {row.department_id: row for row in self.departments}

    @cached_property
    def employee(self) -> dict[str, Employee]:
        """Employees by id."""
        return {row.employee_id: row for row in self.employees}

    @cached_property
    def queue(self) -> dict[str, Queue]:
        """Queues by id."""
        return {row.queue_id: row for row in self.queues}

    @cached_property
    def skill(self) -> dict[tuple[str, str], Skill]:
        """Skills by employee and queue."""
        return {(row.employee_id, row.queue_id): row for row in self.skills}

    @cached_property
    def absences_of(self) -> dict[str, tuple[Absence, ...]]:
        """Absences by employee."""
        return _by_employee(self.absences)

    @cached_property
    def busy_times_of(self) -> dict[str, tuple[BusyTime, ...]]:
        """Busy times by employee."""
        return _by_employee(self.busy_times)

    @cached_property
    def preferences_of(self) -> dict[str, tuple[Preference, ...]]:
        """Preferences by employee."""
        return _by_employee(self.preferences)

    @cached_property
    def pins_of(self) -> dict[str, tuple[Pin, ...]]:
        """Pins by employee."""
        return _by_employee(self.pins)

    @cached_property
    def exemptions_of(self) -> dict[str, tuple[Exemption, ...]]:
        """Exemptions by employee."""
        return _by_employee(self.exemptions)

    @cached_property
    def members_of(self) -> dict[str, tuple[Employee, ...]]:
        """Employees by department."""
        groups: dict[str, list[Employee]] = {row.department_id: [] for row in self.departments}
        for employee in self.employees:
            groups[employee.department_id].append(employee)
        return {key: tuple(rows) for key, rows in groups.items()}

    def holiday_name(self, employee: Employee, day: dt.date) -> str | None:
        """The public holiday that a person has on a date, if any."""
        return self.holidays.get(employee.region or self.policy.region, {}).get(day)


def _by_employee(rows: tuple[Row, ...]) -> dict[str, tuple[Row, ...]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.employee_id, []).append(row)
    return {key: tuple(found) for key, found in groups.items()}
