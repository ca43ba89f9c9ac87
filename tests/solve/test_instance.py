"""Compiling rules: everything said is read, and what cannot be read is refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pytest

from rotation.declaration import ServedIntervals, ShiftLength, ShiftsADay, ShiftsAWeek, Statement, Verdict
from rotation.plan import Case, Plan
from rotation.rules import rules
from rotation.solve.instance import UnreadableRuleError, compile_instance
from rotation.solve.rowtable import HARD
from rotation.solve.weekshape import FORBIDDEN, shape_weeks
from tests.tiny import person, policy, tiny_case, tiny_company


@dataclass(frozen=True)
class FavouriteColour:
    """Something that no engine has heard of."""

    colour: str


@dataclass(frozen=True)
class Says:
    """A rule that declares what it is given."""

    statement: object
    summary: str = "Says something"
    weights: tuple[str, ...] = ()

    def declare(self, case: Case) -> Iterable[Statement]:
        yield self.statement  # type: ignore[misc]

    def judge(self, case: Case, plan: Plan) -> Verdict:
        return Verdict()


@pytest.mark.parametrize("said", [FavouriteColour("red"), "no night shifts", None, 7])
def test_a_rule_that_no_engine_can_read_is_refused_by_name(said: object) -> None:
    case = tiny_case(tiny_company(person("A")))
    with pytest.raises(UnreadableRuleError, match=f"rule colours declares {type(said).__name__}"):
        compile_instance(case, rules() | {"colours": Says(said)})


def test_the_shape_of_a_week_is_what_the_policy_says() -> None:
    shifts = {"min_length_min": 90, "max_length_min": 150, "max_a_day": 2, "max_a_week": 3, "min_rest_min": 45}
    week = compile_instance(tiny_case(tiny_company(person("A"), policy=policy(shifts=shifts))), rules()).week
    assert (week.shortest, week.longest, week.a_day, week.a_week, week.rest) == (3, 5, 2, 3, 2)
    assert week.served_points.shape == (1, 13)
    assert week.served_points[0, :8].tolist() == [8000, 7000, 6000, 5000, 4000, 3000, 2000, 1000]
    assert not week.served_points[0, 8:].any()
    assert week.length_points.tolist() == [15, 15, 15, 15, 0, 0]


def test_beyond_the_own_band_serving_is_forbidden() -> None:
    week = compile_instance(tiny_case(tiny_company(person("A", weekly_hours=20), person("B"))), rules()).week
    assert (week.served_points[0] == FORBIDDEN).tolist() == [False] * 7 + [True] * 6
    assert not (week.served_points[1] == FORBIDDEN).any()


def test_limits_of_a_kind_take_the_tightest() -> None:
    size = 1, 1, 10
    said = (
        ShiftLength(1, 4),
        ShiftLength(2, 9),
        ShiftsAWeek(3),
        ShiftsAWeek(2),
        ServedIntervals("above", np.array([6], dtype=np.int32), None),
        ServedIntervals("above", np.array([5], dtype=np.int32), None),
    )
    for order in (said, said[::-1]):
        week = shape_weeks(size, order)
        assert (week.shortest, week.longest, week.a_week, week.served_points.shape) == (2, 4, 2, (1, 6))


def test_shifts_a_day_take_the_tightest_as_well() -> None:
    day, zone = np.zeros((1, 10), dtype=np.int32), np.zeros(1, dtype=np.int32)
    said = (ShiftsADay(1, day, zone), ShiftsADay(3, day, zone))
    assert {shape_weeks((1, 1, 10), order).a_day for order in (said, said[::-1])} == {1}


def test_rows_carry_their_rules_and_hard_ones_cost_more_than_anything_soft() -> None:
    rows = compile_instance(tiny_case(tiny_company(person("A"), person("B", "E"))), rules()).rows
    caps = [n for n, name in enumerate(rows.names) if name.startswith("department_cap")]
    assert [rows.names[n] for n in caps] == ["department_cap: D", "department_cap: E"]
    assert (rows.points[caps, 0] == HARD).all() and (rows.limit[caps, 0] == 1).all()
    assert rows.points[rows.points < HARD].max() < HARD // 100
    assert [rows.names[g] for g in np.flatnonzero(rows.is_week)] == ["department_share: D", "department_share: E"]
