"""Enough people of a department stay at their own work: the rule alone."""

from __future__ import annotations

from rotation.company import Absence, Department
from rotation.rules import rules
from tests.tiny import AUTUMN, DENVER, SPRING, at, person, tiny_case, tiny_company, tiny_plan

RULE = rules()["residual_presence"]
KEEP_ONE = {"departments": (Department("D", "D", min_present=1),)}


def test_one_of_two_may_go_both_may_not() -> None:
    case = tiny_case(tiny_company(person("A"), person("B"), **KEEP_ONE))
    assert not RULE.judge(case, tiny_plan(case, "A Q mon 10:00-11:00", "B Q mon 11:00-12:00")).clashes
    (clash,) = RULE.judge(case, tiny_plan(case, "A Q mon 10:00-11:00", "B Q mon 10:30-11:30")).clashes
    assert clash.message == "D keeps 0 Mon 2026-06-08 10:30-11:00 -07:00, at least 1"


def test_nobody_needs_to_stay_unless_asked() -> None:
    case = tiny_case(tiny_company(person("A")))
    assert not RULE.judge(case, tiny_plan(case, "A Q mon 10:00-11:00")).clashes


def test_absent_people_do_not_count_as_present() -> None:
    away = Absence("B", at("2026-06-08T10:15"), at("2026-06-08T10:20"))
    case = tiny_case(tiny_company(person("A"), person("B"), absences=(away,), **KEEP_ONE))
    clashes = RULE.judge(case, tiny_plan(case, "A Q mon 09:30-11:00")).clashes
    assert [clash.message for clash in clashes] == ["D keeps 0 Mon 2026-06-08 10:00-10:30 -07:00, at least 1"]


def test_presence_follows_the_own_clock() -> None:
    people = (person("A"), person("B", work_pattern_id="office", timezone=DENVER))
    case = tiny_case(tiny_company(*people, **KEEP_ONE))
    # Denver's office hours are 07:00 to 16:00 in Los Angeles.
    assert not RULE.judge(case, tiny_plan(case, "A Q mon 15:00-16:00")).clashes
    assert len(RULE.judge(case, tiny_plan(case, "A Q mon 15:30-16:30")).clashes) == 1
    assert len(RULE.judge(case, tiny_plan(case, "A Q sat 10:00-10:30")).clashes) == 1


def test_holidays_take_people_out_unless_the_policy_works_them() -> None:
    people = (person("A"), person("B", region="US-CA"))
    monday = at("2026-06-08T00:00").date()
    case = tiny_case(tiny_company(*people, holidays={"US-CA": {monday: "Day of Rest"}}, **KEEP_ONE))
    assert len(RULE.judge(case, tiny_plan(case, "A Q mon 10:00-10:30")).clashes) == 1
    assert not RULE.judge(case, tiny_plan(case, "A Q tue 10:00-10:30")).clashes


def test_where_fewer_are_at_work_anyway_nobody_is_taken() -> None:
    departments = (Department("D", "D", min_present=3),)
    case = tiny_case(tiny_company(person("A"), person("B"), departments=departments))
    assert len(RULE.judge(case, tiny_plan(case, "A Q mon 10:00-10:30")).clashes) == 1
    assert RULE.judge(case, tiny_plan(case)).clashes == ()


def test_presence_through_the_hour_that_comes_twice_and_the_one_that_is_skipped() -> None:
    for week in (AUTUMN, SPRING):
        case = tiny_case(tiny_company(person("A"), person("B"), **KEEP_ONE), week)
        assert not RULE.judge(case, tiny_plan(case, "A Q sun 00:30+180")).clashes


def test_nobody_and_nothing() -> None:
    case = tiny_case(tiny_company(**KEEP_ONE))
    assert RULE.judge(case, tiny_plan(case)).clashes == ()
