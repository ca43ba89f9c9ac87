"""The vocabulary in which rules declare themselves, once, for every engine and for the lower bound.

A rule says something about one employee's week (``week``) or gives rows over (group, interval) (``rows``). Whatever
cannot be said in this vocabulary cannot be a rule: compiling an unknown statement is an error.
"""

from rotation.declaration.rows import Hinge, Members, RowFamily
from rotation.declaration.rule import Rule, Statement, Verdict
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

__all__ = [
    "Hinge",
    "IntervalPoints",
    "MayServe",
    "Members",
    "Promise",
    "QueueOpen",
    "Rest",
    "RowFamily",
    "Rule",
    "ServedIntervals",
    "ShiftLength",
    "ShiftPoints",
    "ShiftStart",
    "ShiftsADay",
    "ShiftsAWeek",
    "Statement",
    "Unavailable",
    "Verdict",
]
