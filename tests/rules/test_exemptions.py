"""Nobody exempt is planned: the rule alone."""

from __future__ import annotations

import datetime as dt

from rotation.company import Exemption
from rotation.rules import rules
from tests.tiny import AUTUMN, DENVER, SPRING, person, tiny_case, tiny_company, tiny_plan

RULE = rules()["exemptions"]
PEOPLE = (person("A"), person("B"), person("D", timezone=DENVER))


def exempt(employee_id: str, until: str) -> Exemption:
    return Exemption(employee_id, "parental leave", "CEO", dt.date.fromisoformat(until))


def test_the_last_day_is_included_the_next_is_free() -> None:
    case = tiny_case(tiny_company(*PEOPLE, exemptions=(exempt("A", "2026-06-08"),)))
    assert not RULE.judge(case, tiny_plan(case, "A Q tue 00:00-01:00", "B Q mon 10:00-11:00")).clashes
    (clash,) = RULE.judge(case, tiny_plan(case, "A Q mon 23:00-24:00")).clashes
    assert clash.message == (
        "A Mon 2026-06-08 23:00-2026-06-09 00:00 -07:00: exempt until 2026-06-08 (parental leave, approved by CEO)"
    )


def test_a_shift_from_the_last_day_into_the_first_free_one_clashes() -> None:
    case = tiny_case(tiny_company(*PEOPLE, exemptions=(exempt("A", "2026-06-08"),)))
    assert len(RULE.judge(case, tiny_plan(case, "A Q mon 23:30+60")).clashes) == 1


def test_the_day_is_that_of_the_own_calendar() -> None:
    case = tiny_case(tiny_company(*PEOPLE, exemptions=(exempt("D", "2026-06-08"),)))
    assert not RULE.judge(case, tiny_plan(case, "D Q mon 23:00-23:30")).clashes
    assert len(RULE.judge(case, tiny_plan(case, "D Q mon 22:30-23:00")).clashes) == 1


def test_an_exemption_that_ended_before_the_week_frees_all_of_it() -> None:
    for week, sunday in (("2026-W24", "2026-06-07"), (AUTUMN, "2026-10-25"), (SPRING, "2026-03-01")):
        case = tiny_case(tiny_company(*PEOPLE, exemptions=(exempt("A", sunday),)), week)
        assert not RULE.judge(case, tiny_plan(case, "A Q mon 00:00-01:00")).clashes


def test_nobody_and_nothing() -> None:
    case = tiny_case(tiny_company())
    assert RULE.judge(case, tiny_plan(case)).clashes == ()
