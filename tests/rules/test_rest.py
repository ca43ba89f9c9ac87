"""One shift at a time and a rest before the next: the rule alone."""

from __future__ import annotations

from rotation.rules import rules
from tests.tiny import AUTUMN, SPRING, person, policy, tiny_case, tiny_company, tiny_plan

RULE = rules()["rest"]
COMPANY = tiny_company(person("A"), person("B"), policy=policy(shifts={"min_rest_min": 60}))


def test_exactly_the_rest_is_enough() -> None:
    case = tiny_case(COMPANY)
    assert RULE.judge(case, tiny_plan(case, "A Q mon 09:00-10:00", "A Q mon 11:00-12:00")).clashes == ()


def test_one_interval_less_clashes_with_both_shifts_named() -> None:
    case = tiny_case(COMPANY)
    (clash,) = RULE.judge(case, tiny_plan(case, "A Q mon 10:30-12:00", "A Q mon 09:00-10:00")).clashes
    assert clash.message == (
        "A: Mon 2026-06-08 10:30-12:00 -07:00 begins less than 60 min after Mon 2026-06-08 09:00-10:00 -07:00"
    )
    assert (clash.rule, clash.employee_id, clash.queue_id) == ("rest", "A", "Q")


def test_two_shifts_at_a_time_clash_even_without_any_rest() -> None:
    case = tiny_case(tiny_company(person("A"), policy=policy(shifts={"min_rest_min": 0})))
    assert not RULE.judge(case, tiny_plan(case, "A Q mon 09:00-10:00", "A Q mon 10:00-11:00")).clashes
    assert len(RULE.judge(case, tiny_plan(case, "A Q mon 09:00-10:00", "A Q mon 09:30-10:30")).clashes) == 1
    assert len(RULE.judge(case, tiny_plan(case, "A Q mon 09:00-11:00", "A Q mon 09:00-11:00")).clashes) == 1


def test_other_people_may_follow_at_once() -> None:
    case = tiny_case(COMPANY)
    assert not RULE.judge(case, tiny_plan(case, "A Q mon 09:00-10:00", "B Q mon 10:00-11:00")).clashes


def test_rest_is_time_that_passes_not_time_on_the_clock() -> None:
    autumn, spring = tiny_case(COMPANY, AUTUMN), tiny_case(COMPANY, SPRING)
    # 01:00 comes twice: from the second 02:00 back to the first 01:00 two hours pass.
    assert not RULE.judge(autumn, tiny_plan(autumn, "A Q sun 00:30+30", "A Q sun 02:00+60")).clashes
    # On the clock an hour and a half lies between, in truth half an hour.
    assert len(RULE.judge(spring, tiny_plan(spring, "A Q sun 01:00+30", "A Q sun 03:00+60")).clashes) == 1


def test_nobody_and_nothing() -> None:
    case = tiny_case(tiny_company())
    assert RULE.judge(case, tiny_plan(case)).clashes == ()
