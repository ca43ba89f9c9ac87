"""Runs what rows of one or several tables must say together: every check of the open family ``checks``.

A check takes the tables and notes what it finds. Knows none of them by name.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from rotation.company import Policy
from rotation.intake import checks
from rotation.intake.findings import Findings
from rotation.intake.folder import Tables
from rotation.registry import members


@dataclass(frozen=True)
class Question:
    """What a check may look at.

    Args:
        tables: all rows that are in order by themselves.
        policy: the policy.
        today: the date, None when nobody asks what has expired.
        window: the planned time, None when no time is planned.
        demand_needed: whether a table must say how many calls or agents to expect.
    """

    tables: Tables
    policy: Policy
    today: dt.date | None
    window: tuple[dt.datetime, dt.datetime] | None = None
    demand_needed: bool = True


@runtime_checkable
class Check(Protocol):
    """Notes every fault and warning of one kind."""

    def __call__(self, question: Question, found: Findings) -> None:
        """Look at the tables and note what is found."""


def run_checks(question: Question, found: Findings) -> None:
    """Run every check of the family.

    Args:
        question: the tables and what they are judged by.
        found: takes what is found.
    """
    for check in members(checks, "CHECK", Check).values():
        assert isinstance(check, Check)
        check(question, found)
