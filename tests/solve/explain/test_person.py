"""Why this shift and why not that one: told on tiny weeks where the answer can be seen."""

from __future__ import annotations

from rotation.company import Absence, Preference, Skill
from rotation.rules import rules
from rotation.solve.audit import audit
from rotation.solve.explain.person import Person, without_shift
from tests.solve.explain.weeks import EFFORT, judged, office
from tests.tiny import at, policy

TEN = {"Q tue 10:00-12:00": 1}


def test_a_shift_that_nobody_else_can_serve_is_worth_what_it_covers() -> None:
    week = judged(office("A"), required=TEN)
    (answer,) = [row for row in Person(week, 0, EFFORT).shifts() if row.shift.start == at("2026-06-09T10:00")]
    assert answer.without.fewer_missing == -120
    assert answer.without.terms["missing_agent"] == 720
    assert answer.without.points == audit(week.case, answer.without.after.plan, rules()).objective - week.objective
    assert answer.otherwise.points > 0
    others = answer.otherwise.after.plan.shifts
    assert all(row.end <= answer.shift.start or answer.shift.end <= row.start for row in others)


def test_the_other_week_is_the_best_one_that_leaves_that_time_free() -> None:
    likes = (Preference("A", 1, 600, 720, 3),)
    week = judged(office("A"), office("B", "E"), required=TEN, preferences=likes)
    answers = list(Person(week, 0, EFFORT).shifts())
    (ten,) = [row for row in answers if row.shift.start == at("2026-06-09T10:00")]
    assert ten.rearranged is not None and ten.rearranged.points < ten.otherwise.points
    assert set(ten.rearranged.people) == {"A", "B"}
    assert ten.rearranged.clean and ten.rearranged.fewer_missing == 0


def test_what_forbids_a_time_is_the_rule_that_does() -> None:
    away = (Absence("A", at("2026-06-10T00:00"), at("2026-06-11T00:00"), "fair"),)
    week = judged(office("A"), office("B", "E"), required=TEN, absences=away, skills=[Skill("A", "Q")])
    case = week.case

    def forbids(e: int, text: str) -> set[str]:
        answer = Person(week, e, EFFORT).why_not(case.horizon.floor(at(text)), [0])
        assert answer.cause is None and answer.own is None and answer.around is None
        return {clash.rule for clash in answer.forbidden}

    assert forbids(0, "2026-06-10T10:00") == {"availability"}
    assert forbids(0, "2026-06-13T10:00") == {"availability"}
    assert forbids(1, "2026-06-09T10:00") == {"certification"}


def test_the_time_that_somebody_serves_is_answered_with_the_shift() -> None:
    week = judged(office("A"), required=TEN)
    answer = Person(week, 0, EFFORT).why_not(week.case.horizon.floor(at("2026-06-09T11:00")), [0])
    assert answer.serves is not None and answer.serves.start == at("2026-06-09T10:00")


def test_a_time_that_is_only_dearer_says_how_much() -> None:
    week = judged(office("A"), required=TEN)
    answer = Person(week, 0, EFFORT).why_not(week.case.horizon.floor(at("2026-06-09T15:00")), [0])
    assert not answer.forbidden and answer.cause is not None
    assert answer.own is not None and answer.own.points > 0 and answer.own.clean
    assert answer.own.points == audit(week.case, answer.own.after.plan, rules()).objective - week.objective
    served = [row for row in answer.own.after.plan.shifts if row.start <= at("2026-06-09T15:00") < row.end]
    assert [row.employee_id for row in served] == ["A"]


def test_a_full_department_is_named_and_a_colleague_makes_room() -> None:
    tight = policy(departments={"max_away_pct": 1})
    week = judged(office("A"), office("B"), required=TEN, policy=tight, plan=("A Q tue 10:00-12:00",))
    answer = Person(week, 1, EFFORT).why_not(week.case.horizon.floor(at("2026-06-09T10:00")), [0])
    assert answer.cause is not None and (answer.cause.kind, answer.cause.group) == ("department_cap", "D")
    assert answer.own is None
    assert answer.around is not None and "A" in answer.around.people and answer.around.clean


def test_a_shift_is_taken_out_and_nothing_else() -> None:
    week = judged(office("A"), required=TEN)
    first, *rest = week.plan.shifts
    assert without_shift(week, first).plan.shifts == tuple(rest)
