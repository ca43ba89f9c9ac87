"""The vocabulary of rules: whatever is outside it cannot be a rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pytest

from rotation.declaration import Members, Rest, Rule, Verdict
from rotation.plan import Case, Plan
from rotation.rules import rules
from rotation.solve.instance import UnreadableRuleError, compile_instance
from tests.tiny import person, tiny_case, tiny_company


@dataclass(frozen=True)
class Wish:
    """A statement that no engine knows."""

    text: str


@dataclass(frozen=True)
class Wishful:
    """A rule that declares what it is given."""

    statements: tuple[object, ...]
    summary: str = "wishes"
    weights: tuple[str, ...] = ()

    def declare(self, case: Case) -> Iterable[object]:
        return self.statements

    def judge(self, case: Case, plan: Plan) -> Verdict:
        return Verdict()


def test_a_statement_outside_the_vocabulary_is_an_error_that_names_the_rule() -> None:
    case = tiny_case(tiny_company(person("A")))
    with pytest.raises(UnreadableRuleError, match="rule gravity declares Wish"):
        compile_instance(case, {"gravity": Wishful((Wish("fall"),))})
    assert compile_instance(case, {"rest": Wishful((Rest(3), Rest(2)))}).week.rest == 3


def test_every_member_of_the_family_is_a_rule() -> None:
    assert all(isinstance(rule, Rule) for rule in rules().values())
    assert list(rules()) == sorted(rules())


def test_members_are_parallel_arrays_also_of_nobody() -> None:
    members = Members.of([(0, 1, 2, -3), (4, 5, 6, 7)])
    assert [column.tolist() for column in (members.employee, members.queue, members.group, members.coefficient)] == [
        [0, 4],
        [1, 5],
        [2, 6],
        [-3, 7],
    ]
    assert Members.of([]).employee.shape == (0,)
