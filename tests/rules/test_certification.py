"""Nobody answers without a certification: the rule alone."""

from __future__ import annotations

import datetime as dt

from rotation.company import Queue, Skill
from rotation.plan import Case
from rotation.rules import rules
from tests.tiny import DENVER, person, tiny_case, tiny_company, tiny_plan

RULE = rules()["certification"]
QUEUES = (Queue("Q", "Q", 300), Queue("R", "R", 300))


def case(*skills: Skill) -> Case:
    return tiny_case(tiny_company(person("A"), person("D", timezone=DENVER), queues=QUEUES, skills=skills))


def causes(week: Case, *shifts: str) -> list[str]:
    return [clash.message.split(": ", 1)[1] for clash in RULE.judge(week, tiny_plan(week, *shifts)).clashes]


def test_certified_for_one_queue_is_not_certified_for_another() -> None:
    week = case(Skill("A", "Q"))
    assert causes(week, "A Q mon 10:00-11:00") == []
    assert causes(week, "A R mon 10:00-11:00") == ["not certified for R"]
    assert causes(week, "D Q mon 10:00-11:00") == ["not certified for Q"]


def test_it_holds_from_its_first_to_its_last_day() -> None:
    week = case(Skill("A", "Q", 3, dt.date(2026, 6, 9), dt.date(2026, 6, 10)))
    assert causes(week, "A Q tue 00:00-01:00", "A Q wed 22:00-24:00") == []
    for shift in ("A Q mon 23:00-24:00", "A Q mon 23:30+60", "A Q wed 23:30+60", "A Q thu 00:00-01:00"):
        assert causes(week, shift) == ["no certification that day for Q"]


def test_days_are_those_of_the_own_calendar() -> None:
    week = case(Skill("D", "Q", 3, dt.date(2026, 6, 9)))
    assert causes(week, "D Q mon 23:00-24:00") == []
    assert causes(week, "D Q mon 22:30-23:30") == ["no certification that day for Q"]


def test_expired_and_not_yet_certified() -> None:
    week = case(Skill("A", "Q", 5, None, dt.date(2026, 6, 7)), Skill("A", "R", 5, dt.date(2026, 6, 15)))
    assert len(causes(week, "A Q mon 00:00-01:00", "A R sun 23:00-24:00")) == 2


def test_nobody_and_nothing() -> None:
    week = tiny_case(tiny_company())
    assert RULE.judge(week, tiny_plan(week)).clashes == ()
