"""What a rule is: one declaration for all engines, and one plain witness that judges any plan without them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias, runtime_checkable

from rotation.declaration.rows import RowFamily
from rotation.declaration.week import (
    IntervalPoints,
    MayServe,
    Promise,
    QueueOpen,
    Rest,
    ServedIntervals,
    ShiftLength,
    ShiftPoints,
    ShiftsADay,
    ShiftsAWeek,
    ShiftStart,
    Unavailable,
)
from rotation.plan import Case, Clash, Plan

Statement: TypeAlias = (
    Unavailable
    | MayServe
    | QueueOpen
    | ShiftLength
    | ShiftStart
    | ShiftsADay
    | ShiftsAWeek
    | Rest
    | ServedIntervals
    | IntervalPoints
    | ShiftPoints
    | Promise
    | RowFamily
)


@dataclass(frozen=True)
class Verdict:
    """What a rule's witness says of a plan.

    Args:
        clashes: broken hard rules.
        points: the objective's terms of this rule, whole points.
    """

    clashes: tuple[Clash, ...] = ()
    points: Mapping[str, int] = field(default_factory=dict)


@runtime_checkable
class Rule(Protocol):
    """A member of the family ``rotation.rules``; its name is its file's name."""

    @property
    def summary(self) -> str:
        """One line for planners."""
        ...

    @property
    def kind(self) -> str:
        """``hard``, ``soft``, or both for a rule with a hard and a soft end."""
        ...

    @property
    def weights(self) -> tuple[str, ...]:
        """Names of its weights in the policy, which are also its terms of the objective; empty for a hard rule."""
        ...

    def declare(self, case: Case) -> Iterable[Statement]:
        """Say the rule in the vocabulary of ``rotation.declaration``."""
        ...

    def judge(self, case: Case, plan: Plan) -> Verdict:
        """Judge a plan in plain Python, without any engine and without :meth:`declare`."""
        ...
