"""Replacements for a shift: all legal ones, ranked by what the witnesses count."""

from __future__ import annotations

from rotation.company import Absence, Preference, Skill
from rotation.plan import Plan, Shift, shift_id
from rotation.rules import rules
from rotation.solve.audit import audit
from rotation.solve.explain.judged import JudgedWeek
from rotation.solve.explain.replacements import suggest
from tests.solve.explain.weeks import EFFORT, judged, office
from tests.tiny import at, policy

TEN = {"Q tue 10:00-12:00": 1}
ALONE = ("A Q tue 10:00-12:00",)


def test_replacements_are_ranked_by_points_and_judged_by_the_witnesses() -> None:
    hates = (Preference("C", 1, 600, 720, -3),)
    people = office("A"), office("B", "E"), office("C", "F"), office("X", "G")
    week = judged(*people, required=TEN, plan=ALONE, preferences=hates, skills=[Skill(key, "Q") for key in "ABC"])
    answer = suggest(week, week.plan.shifts[0], EFFORT, 10)
    assert [row.employee_id for row in answer.best] == ["B", "C"]
    assert answer.legal == 2 and not any(row.moved for row in answer.best)
    assert answer.best[1].change.points - answer.best[0].change.points == 2 * 3 * 8
    for row in answer.best:
        verdict = audit(week.case, row.change.after.plan, rules())
        assert verdict.clashes == () and verdict.objective - week.objective == row.change.points
        assert row.change.people == tuple(sorted(("A", row.employee_id)))
    assert answer.left_open.fewer_missing == -120
    assert {cause.kind: count for cause, count in answer.kept} == {"not_certified": 1}


def test_every_replacement_that_is_legal_is_found_and_no_other() -> None:
    week = judged(
        *(office(key, key) for key in "ABCDE"),
        required=TEN | {"Q tue 15:00-17:00": 1, "Q wed 10:00-13:00": 1, "Q thu 10:00-13:00": 1},
        plan=(*ALONE, "B Q tue 15:00-17:00", "C Q wed 10:00-13:00", "C Q thu 10:00-13:00"),
        absences=(Absence("D", at("2026-06-09T08:00"), at("2026-06-09T11:00"), "dentist"),),
    )
    shift = next(row for row in week.plan.shifts if row.employee_id == "A")
    answer = suggest(week, shift, EFFORT, 10)
    simple = set()
    for key in "BCDE":
        others = [row for row in week.plan.shifts if row is not shift]
        taken = Shift(shift.start, shift.end, key, "Q", shift_id(key, shift.start))
        if not audit(week.case, Plan(tuple(sorted([*others, taken]))), rules()).clashes:
            simple.add(key)
    assert simple == {"E"}
    assert {row.employee_id for row in answer.best if not row.moved} == simple
    assert {row.employee_id for row in answer.best if row.moved} == {"B", "C"}
    assert {cause.kind for cause, _ in answer.kept} == {"absent"}


def test_a_department_that_is_full_takes_no_shift() -> None:
    tight = policy(departments={"max_away_pct": 1})
    week = judged(
        office("A"), office("B", "E"), office("C", "E"),
        required={"Q tue 10:00-12:00": 2}, policy=tight, plan=(*ALONE, "B Q tue 10:00-12:00"),
    )  # fmt: skip
    shift = next(row for row in week.plan.shifts if row.employee_id == "A")
    answer = suggest(week, shift, EFFORT, 10)
    assert answer.best == () and answer.legal == 0
    assert {(cause.kind, cause.group): count for cause, count in answer.kept} == {
        ("department_cap", "E"): 1,
        ("serves", ""): 1,
    }


def test_a_shift_of_somebody_who_fell_ill_finds_replacements() -> None:
    week = judged(office("A"), office("B", "E"), required=TEN, plan=ALONE)
    shift = week.plan.shifts[0]
    ill = judged(
        office("A"), office("B", "E"), required=TEN, plan=ALONE,
        absences=(Absence("A", at("2026-06-09T00:00"), at("2026-06-10T00:00"), "ill"),),
    )  # fmt: skip
    assert [row.shift_id for row, _ in ill.dropped] == [shift.shift_id]
    answer = suggest(ill, shift, EFFORT, 10)
    assert [row.employee_id for row in answer.best] == ["B"]
    assert answer.best[0].change.fewer_missing == 120 and answer.best[0].change.points < 0


def test_the_number_of_replacements_is_limited_to_what_is_asked_for() -> None:
    week = judged(*(office(key, key) for key in "ABCDE"), required=TEN, plan=ALONE)
    answer = suggest(week, week.plan.shifts[0], EFFORT, 2)
    assert len(answer.best) == 2 and answer.legal == 4
    assert isinstance(answer.best[0].change.after, JudgedWeek)
