"""Who and what: departments, employees, queues, skills, availability and policy. Frozen, without input or output."""

from rotation.company.availability import Absence, BusyTime, Exemption, Pin, Preference, WorkPattern, WorkSpan
from rotation.company.company import Company
from rotation.company.demand import Adjustment, CoreStaff, Demand, OfferedCalls, RequiredAgents, SpecialDay
from rotation.company.people import Department, Employee, Skill
from rotation.company.policy import ClockSpan, Policy, Weights
from rotation.company.queue import OpeningHours, Queue

__all__ = [
    "Absence",
    "Adjustment",
    "BusyTime",
    "ClockSpan",
    "Company",
    "CoreStaff",
    "Demand",
    "Department",
    "Employee",
    "Exemption",
    "OfferedCalls",
    "OpeningHours",
    "Pin",
    "Policy",
    "Preference",
    "Queue",
    "RequiredAgents",
    "Skill",
    "SpecialDay",
    "Weights",
    "WorkPattern",
    "WorkSpan",
]
