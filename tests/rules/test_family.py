"""Every rule's two witnesses agree: what its declaration allows and costs, and what its judge says of the plan.

A broken promise (``pins``) costs points and is a clash, but is not forbidden: where promises clash with other rules a
plan must still come back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rotation.company.policy import Weights
from rotation.declaration import Rule, Verdict
from rotation.plan import Case, Plan
from rotation.rules import rules
from rotation.solve.instance import compile_instance
from tests.rules.declared import points_of
from tests.rules.tiny_cases import Tiny, tiny_cases
from tests.tiny import person, tiny_case, tiny_company, tiny_plan

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
# Where one rule is switched off the first disagreement ends the search, which may then be a long one.
EXAMPLES = 50 if settings.get_current_profile_name() == "unshrunk" else 12
FEW = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=SLOW)


def verdict_of(case: Case, plan: Plan, family: Mapping[str, Rule]) -> tuple[bool, int]:
    """Whether the witnesses forbid a plan, and its points by them."""
    verdicts: dict[str, Verdict] = {name: rule.judge(case, plan) for name, rule in family.items()}
    forbidden = any(verdict.clashes for name, verdict in verdicts.items() if name != "pins")
    return forbidden, sum(points for verdict in verdicts.values() for points in verdict.points.values())


def one_at_a_time(plan: Plan) -> bool:
    """Whether nobody serves two shifts at once, which no declaration can allow."""
    return all(before.end <= after.start for shifts in plan.by_employee.values() for before, after in pairwise(shifts))


def certified(case: Case, plan: Plan) -> bool:
    """Whether everybody has the skill at all; agents without it are members of no queue's rows."""
    return all((shift.employee_id, shift.queue_id) in case.company.skill for shift in plan.shifts)


def assert_agreement(case: Case, plans: list[Plan], family: Mapping[str, Rule]) -> None:
    instance = compile_instance(case, family)
    for plan in plans:
        if not one_at_a_time(plan) and "rest" not in family:
            continue
        declared = points_of(case, instance, plan)
        forbidden, points = verdict_of(case, plan, family)
        assert (declared is None) == forbidden, plan
        if declared is not None and certified(case, plan):
            assert declared == points, plan


@pytest.mark.parametrize("name", rules())
@given(tiny=tiny_cases())
@FEW
def test_declaration_and_witness_agree_on_every_tiny_plan(name: str, tiny: Tiny) -> None:
    assert_agreement(tiny.case, list(tiny.plans()), {name: rules()[name]})


@given(tiny=tiny_cases(), data=st.data())
@settings(FEW, max_examples=2 * EXAMPLES)
def test_all_rules_together_agree_on_tiny_plans(tiny: Tiny, data: st.DataObject) -> None:
    plans = list(tiny.plans())
    chosen = data.draw(st.lists(st.integers(0, len(plans) - 1), min_size=5, max_size=15, unique=True))
    assert_agreement(tiny.case, [plans[n] for n in (0, *chosen)], rules())


@pytest.mark.parametrize("name", rules())
def test_a_rules_terms_are_its_weights_in_the_policy(name: str) -> None:
    rule, week = rules()[name], tiny_case(tiny_company())
    assert rule.summary
    assert set(rule.weights) <= set(Weights.model_fields)
    # A broken promise has a price of its own, so that a plan can come back at all; no planner can set it.
    assert set(rule.judge(week, tiny_plan(week)).points) == ({"pins"} if name == "pins" else set(rule.weights))


def test_every_weight_of_the_policy_is_some_rules() -> None:
    assert sorted(key for rule in rules().values() for key in rule.weights) == sorted(Weights.model_fields)


@pytest.mark.parametrize("name", rules())
@pytest.mark.parametrize("people", [0, 1])
def test_every_rule_declares_itself_on_a_company_of_nobody_and_of_one(name: str, people: int) -> None:
    week = tiny_case(tiny_company(*[person("A")] * people))
    instance = compile_instance(week, {name: rules()[name]})
    assert points_of(week, instance, Plan(())) == verdict_of(week, Plan(()), {name: rules()[name]})[1]


@pytest.mark.parametrize("name", rules())
def test_every_rule_declares_itself_on_a_company_without_queues_or_departments(name: str) -> None:
    week = tiny_case(replace(tiny_company(), queues=(), opening_hours=()))
    instance = compile_instance(week, {name: rules()[name]})
    assert points_of(week, instance, Plan(())) == verdict_of(week, Plan(()), {name: rules()[name]})[1] == 0
