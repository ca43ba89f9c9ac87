"""The rules' declarations compiled into plain arrays: the one thing that every engine and the bound read.

Points are whole. E employees, Q queues, T intervals, G row groups, H hinges a group at most. A week row is a group
whose activity is summed over all intervals; it sits in column 0 of the activity.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rotation.declaration import Promise, RowFamily, Rule, Statement
from rotation.plan import Case
from rotation.solve.rowtable import RowTable, stack_rows
from rotation.solve.weekshape import WeekShape, shape_weeks


class UnreadableRuleError(TypeError):
    """A rule declares something that no engine can read."""


@dataclass(frozen=True)
class Instance:
    """All that an engine needs to know of a week.

    Args:
        week: what shapes each employee's week.
        rows: what employees amount to together.
    """

    week: WeekShape
    rows: RowTable

    @property
    def employees(self) -> int:
        """E."""
        return int(self.week.available.shape[0])

    @property
    def intervals(self) -> int:
        """T."""
        return int(self.week.available.shape[1])

    @property
    def promised(self) -> int:
        """Points of all promises, paid unless they are kept."""
        return int(self.week.promise_points.sum())


def compile_instance(case: Case, rules: Mapping[str, Rule]) -> Instance:
    """Let every rule declare itself on a case.

    Args:
        case: the week.
        rules: by name.

    Returns:
        The arrays that engines read.

    Raises:
        UnreadableRuleError: when a rule says something outside the vocabulary.
    """
    shaping: list[Statement] = []
    families: list[RowFamily] = []
    for name, rule in rules.items():
        for statement in rule.declare(case):
            if isinstance(statement, RowFamily):
                families.append(statement)
            elif type(statement).__module__ == Promise.__module__:
                shaping.append(statement)
            else:
                raise UnreadableRuleError(f"rule {name} declares {type(statement).__name__}, which no engine can read")
    size = len(case.company.employees), len(case.company.queues), case.horizon.intervals
    return Instance(shape_weeks(size, shaping), stack_rows(size, families))
