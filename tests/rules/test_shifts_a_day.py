"""Shifts on one day of the own calendar: the rule alone."""

from __future__ import annotations

from rotation.rules import rules
from tests.tiny import AUTUMN, DENVER, person, policy, tiny_case, tiny_company, tiny_plan

RULE = rules()["shifts_a_day"]
ONCE = tiny_company(person("A"), person("D", timezone=DENVER))
TWICE = tiny_company(person("A"), policy=policy(shifts={"max_a_day": 2}))


def test_one_is_allowed_two_clash() -> None:
    case = tiny_case(ONCE)
    assert not RULE.judge(case, tiny_plan(case, "A Q mon 09:00-10:00", "A Q tue 09:00-10:00")).clashes
    (clash,) = RULE.judge(case, tiny_plan(case, "A Q mon 09:00-10:00", "A Q mon 14:00-15:00")).clashes
    assert clash.message == "A has 2 shifts on 2026-06-08, at most 1"
    assert clash.employee_id == "A"


def test_two_where_two_are_allowed_three_clash() -> None:
    case = tiny_case(TWICE)
    two = ("A Q mon 09:00-10:00", "A Q mon 14:00-15:00")
    assert not RULE.judge(case, tiny_plan(case, *two)).clashes
    assert len(RULE.judge(case, tiny_plan(case, *two, "A Q mon 18:00-19:00")).clashes) == 1


def test_a_shift_belongs_to_the_day_on_which_it_begins() -> None:
    case = tiny_case(ONCE)
    assert not RULE.judge(case, tiny_plan(case, "A Q mon 23:00+120", "A Q tue 09:00-10:00")).clashes


def test_the_day_is_that_of_the_own_calendar() -> None:
    case = tiny_case(ONCE)
    # 23:00 and 00:00 in Los Angeles are two days there, but one (midnight and one o'clock) in Denver.
    late, early = "mon 23:00-23:30", "tue 00:00-01:00"
    assert not RULE.judge(case, tiny_plan(case, f"A Q {late}", f"A Q {early}")).clashes
    assert len(RULE.judge(case, tiny_plan(case, f"D Q {late}", f"D Q {early}")).clashes) == 1
    # And the other way round: 22:00 and 23:00 are Monday and Tuesday in Denver.
    assert not RULE.judge(case, tiny_plan(case, "D Q mon 22:00-22:30", "D Q mon 23:00-23:30")).clashes


def test_the_day_with_twenty_five_hours_is_one_day() -> None:
    case = tiny_case(ONCE, AUTUMN)
    assert len(RULE.judge(case, tiny_plan(case, "A Q sun 00:00+60", "A Q sun 23:00+60")).clashes) == 1


def test_nobody_and_nothing() -> None:
    case = tiny_case(tiny_company())
    assert RULE.judge(case, tiny_plan(case)).clashes == ()
