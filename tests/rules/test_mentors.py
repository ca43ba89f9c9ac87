"""Novices beside mentors: the rule alone."""

from __future__ import annotations

import pytest

from rotation.company import Queue, Skill
from rotation.plan import Case
from rotation.rules import rules
from tests.tiny import person, policy, tiny_case, tiny_company, tiny_plan

RULE = rules()["mentors"]
QUEUES = (Queue("Q", "Q", 300), Queue("R", "R", 300))
PEOPLE = (person("M", mentor=True), person("N"), person("O"), person("P"))


def case(ratio: int = 2, mentor_level: int = 4, novice_level: int = 1, **mentoring: int) -> Case:
    skills = [Skill("M", "Q", mentor_level), Skill("M", "R", 5)]
    skills += [Skill(key, queue, novice_level) for key in "NOP" for queue in "QR"]
    rules_of_mentoring = policy(mentoring={"novices_a_mentor": ratio} | mentoring)
    return tiny_case(tiny_company(*PEOPLE, queues=QUEUES, skills=skills, policy=rules_of_mentoring))


def test_a_novice_alone_clashes() -> None:
    week = case()
    (clash,) = RULE.judge(week, tiny_plan(week, "N Q mon 10:00-10:30")).clashes
    assert clash.message == "Q: 1 novices beside 0 mentors Mon 2026-06-08 10:00-10:30 -07:00"
    assert clash.queue_id == "Q"


def test_as_many_novices_as_the_ratio_and_no_more() -> None:
    week = case(ratio=2)
    shifts = [f"{key} Q mon 10:00-10:30" for key in "MNOP"]
    assert not RULE.judge(week, tiny_plan(week, *shifts[:3])).clashes
    (clash,) = RULE.judge(week, tiny_plan(week, *shifts)).clashes
    assert clash.message == "Q: 3 novices beside 1 mentors Mon 2026-06-08 10:00-10:30 -07:00"


def test_the_mentor_must_be_there_the_whole_time_and_in_the_same_queue() -> None:
    week = case()
    late = RULE.judge(week, tiny_plan(week, "N Q mon 10:00-11:00", "M Q mon 10:30-11:30")).clashes
    assert [clash.message for clash in late] == ["Q: 1 novices beside 0 mentors Mon 2026-06-08 10:00-10:30 -07:00"]
    assert len(RULE.judge(week, tiny_plan(week, "N Q mon 10:00-11:00", "M R mon 10:00-11:00")).clashes) == 2


@pytest.mark.parametrize(
    ("setting", "clashes"),
    [
        ({"mentor_level": 3}, 1),
        ({"mentor_level": 3, "mentor_min_level": 3}, 0),
        ({"ratio": 0}, 1),
        ({"novice_max_level": 0, "ratio": 0}, 0),
        ({"novice_level": 2}, 0),
        ({"novice_level": 2, "novice_max_level": 2, "ratio": 0}, 1),
    ],
)
def test_levels_of_the_policy(setting: dict[str, int], clashes: int) -> None:
    week = case(**setting)
    plan = tiny_plan(week, "M Q mon 10:00-10:30", "N Q mon 10:00-10:30")
    assert len(RULE.judge(week, plan).clashes) == clashes


def test_an_expert_who_is_no_mentor_is_none() -> None:
    people = (person("X"), person("N"))
    week = tiny_case(tiny_company(*people, skills=[Skill("X", "Q", 5), Skill("N", "Q", 1)]))
    assert len(RULE.judge(week, tiny_plan(week, "X Q mon 10:00-10:30", "N Q mon 10:00-10:30")).clashes) == 1


def test_nobody_and_nothing() -> None:
    week = tiny_case(tiny_company())
    assert RULE.judge(week, tiny_plan(week)).clashes == ()
