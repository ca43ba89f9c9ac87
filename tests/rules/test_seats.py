"""Seats on site: the rule alone."""

from __future__ import annotations

from rotation.rules import rules
from tests.tiny import person, policy, tiny_case, tiny_company, tiny_plan

RULE = rules()["seats"]
PEOPLE = (person("A"), person("B"), person("H", works_from="home"))
ONE_SEAT = tiny_company(*PEOPLE, policy=policy(site={"seats": 1}))


def test_as_many_as_seats_are_allowed_and_people_at_home_take_none() -> None:
    case = tiny_case(ONE_SEAT)
    assert not RULE.judge(case, tiny_plan(case, "A Q mon 10:00-11:00", "H Q mon 10:00-11:00")).clashes


def test_one_more_clashes_in_each_interval_that_both_serve() -> None:
    case = tiny_case(ONE_SEAT)
    clashes = RULE.judge(case, tiny_plan(case, "A Q mon 10:00-11:00", "B Q mon 10:30-11:30")).clashes
    assert [clash.message for clash in clashes] == ["2 agents on site Mon 2026-06-08 10:30-11:00 -07:00, 1 seats"]


def test_whoever_follows_takes_the_same_seat() -> None:
    case = tiny_case(ONE_SEAT)
    assert not RULE.judge(case, tiny_plan(case, "A Q mon 10:00-11:00", "B Q mon 11:00-12:00")).clashes


def test_zero_seats_means_no_limit() -> None:
    case = tiny_case(tiny_company(*PEOPLE, policy=policy(site={"seats": 0})))
    assert not RULE.judge(case, tiny_plan(case, "A Q mon 10:00-11:00", "B Q mon 10:00-11:00")).clashes
    assert list(RULE.declare(case)) == []


def test_nobody_and_nothing() -> None:
    case = tiny_case(tiny_company(policy=policy(site={"seats": 1})))
    assert RULE.judge(case, tiny_plan(case)).clashes == ()
