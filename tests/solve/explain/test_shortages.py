"""Prepared shortages with one true cause: it is named, and what would help is found by solving again."""

from __future__ import annotations

from typing import Any

import pytest

from rotation.company import Absence, BusyTime, Department, Queue, Skill
from rotation.rules import rules
from rotation.solve.audit import audit
from rotation.solve.explain.judged import JudgedWeek
from rotation.solve.explain.relaxations import relaxations
from rotation.solve.explain.shortage import Shortages, short_stretches
from tests.solve.explain.weeks import EFFORT, QUEUE, changes, explained, judged, office
from tests.tiny import at, person, policy, tiny_plan

TEN, TWO = {"Q tue 10:00-12:00": 1}, {"Q tue 10:00-12:00": 2}


def prepared(kind: str) -> JudgedWeek:
    """A week that is short for one reason."""
    loose = policy(departments={"max_away_pct": 100})
    weeks: dict[str, Any] = {
        "department_cap": lambda: judged(
            office("A"), office("B"), required=TWO, policy=policy(departments={"max_away_pct": 1})
        ),
        "residual_presence": lambda: judged(
            office("A"), office("B"), required=TEN, departments=(Department("D", "Field", 100, 2),)
        ),
        "seats": lambda: judged(
            office("A"), office("B", "E"), required=TWO, policy=policy(site={"seats": 1})
        ),
        "mentors": lambda: judged(office("A"), required=TEN, skills=[Skill("A", "Q", 1)]),
        "band": lambda: judged(
            office("A"),
            required={"Q mon 09:00-12:00": 1, "Q tue 09:00-12:00": 1, "Q wed 09:00-11:00": 1},
            plan=("A Q mon 09:00-12:00", "A Q tue 09:00-12:00"),
        ),
        "shift_limits": lambda: judged(
            office("A"), required={"Q tue 08:00-10:00": 1, "Q tue 15:00-17:00": 1}, policy=loose
        ),
        "certification": lambda: judged(office("A"), office("B"), required=TEN, skills=[], policy=loose),
        "meeting": lambda: judged(
            office("A"), required=TEN, busy_times=(BusyTime("A", at("2026-06-09T09:30"), at("2026-06-09T12:30")),)
        ),
        "working_time": lambda: judged(office("A"), required={"Q sat 10:00-12:00": 1}),
    }  # fmt: skip
    week: JudgedWeek = weeks[kind]()
    return week


@pytest.mark.parametrize("kind", sorted(relaxations()))
def test_the_one_true_cause_is_named_and_its_change_is_confirmed(kind: str) -> None:
    week = prepared(kind)
    answer = explained(week)
    assert answer.binds == kind, (answer.cause, changes(answer))
    assert {row.relaxation.kind for row in answer.single} == {kind}
    best = answer.single[0]
    assert best.here == best.week == answer.missing > 0
    assert best.proven and best.points > 0
    assert answer.better is None and answer.together == ()
    assert answer.forced is None or answer.forced.fewer_missing <= 0


@pytest.mark.parametrize("kind", sorted(relaxations()))
def test_a_confirmed_change_is_a_plan_that_the_witnesses_find_clean_and_worth_what_is_said(kind: str) -> None:
    week = prepared(kind)
    for row in explained(week).single:
        world = row.relaxation.apply(week.world)
        verdict = audit(world.case, row.after.plan, rules())
        excused = [
            clash for clash in verdict.clashes if clash.rule == "band" and clash.employee_id in world.beyond_band
        ]
        assert list(verdict.clashes) == excused
        assert week.objective - verdict.objective == row.points
        assert week.missing_minutes - row.after.missing_minutes == row.week


def test_the_words_say_what_a_planner_would_change() -> None:
    assert "let D lend 2 at a time instead of 1" in changes(explained(prepared("department_cap")))
    assert "have 2 seats on site instead of 1" in changes(explained(prepared("seats")))
    assert "let Field keep 1 at its own work instead of 2" in changes(explained(prepared("residual_presence")))
    assert "certify A (A) for Q" in changes(explained(prepared("certification")))
    assert "let A (A) serve 120 minutes beyond the band this week" in changes(explained(prepared("band")))
    assert "allow 2 shifts of one person on a day instead of 1" in changes(explained(prepared("shift_limits")))
    assert "train A (A) to level 2 of Q" in changes(explained(prepared("mentors")))
    assert any("Tue 2026-06-09 09:30-12:30" in change for change in changes(explained(prepared("meeting"))))
    assert any(change.startswith("let A (A) work Sat") for change in changes(explained(prepared("working_time"))))


def test_two_causes_are_loosened_one_on_top_of_the_other() -> None:
    week = judged(
        office("A"),
        office("B"),
        office("C", "E"),
        required={"Q tue 10:00-12:00": 3},
        policy=policy(departments={"max_away_pct": 1}),
        skills=[Skill("A", "Q"), Skill("B", "Q")],
    )
    answer = explained(week)
    assert answer.missing == 240
    assert [row.here for row in answer.single[:2]] == [120, 120]
    assert [row.here for row in answer.together] == [120, 120]
    assert {row.relaxation.kind for row in answer.together} == {"department_cap", "certification"}
    assert answer.together[1].after.missing_minutes == 0


def test_nothing_is_promised_where_nobody_could_come() -> None:
    away = [Absence("A", at("2026-06-09T00:00"), at("2026-06-10T00:00"), "fair")]
    answer = explained(judged(office("A"), required=TEN, absences=tuple(away)))
    assert answer.binds == "absent" and answer.single == ()
    assert answer.cause == "none of the 1 certified people is at work and free: 1 are absent"


def test_a_plan_that_leaves_a_gap_for_no_reason_is_told_to_search_longer() -> None:
    people = office("A"), office("B", "E")
    week = judged(*people, required=TEN)
    worse = JudgedWeek.of(week.world, tiny_plan(week.case))
    answer = explained(worse)
    assert answer.binds == "search"
    assert answer.better is not None and answer.better.fewer_missing == 120 and answer.better.points < 0
    assert answer.better.clean


def test_a_stretch_that_could_be_covered_at_a_price_says_the_price() -> None:
    dear = policy(weights={"missing_agent": 2, "small_shift": 1000, "surplus_agent": 1000, "band_short": 0})
    week = judged(office("A"), required={"Q tue 10:00-11:00": 1}, policy=dear)
    answer = explained(week)
    assert answer.binds == "points" and answer.forced is not None
    assert answer.forced.fewer_missing == 60
    assert answer.forced.points == sum(answer.forced.terms.values()) > 0
    assert answer.forced.terms["missing_agent"] < 0 < answer.forced.terms["surplus_agent"]


def test_a_queue_that_takes_from_another_is_not_called_a_matter_of_points() -> None:
    queues = QUEUE, Queue("R", "R", 300, min_agents=0, priority=1)
    week = judged(office("A"), queues=queues, required={"Q tue 10:00-12:00": 1, "R tue 10:00-12:00": 1})
    answer = explained(week)
    assert answer.forced is not None and answer.forced.fewer_missing == 0
    assert answer.binds != "points"
    assert "1 serve another queue then" in answer.cause


def test_stretches_come_worst_first_and_only_of_the_queues_asked_for() -> None:
    queues = QUEUE, Queue("R", "R", 300, min_agents=0)
    week = judged(office("A"), queues=queues, skills=[Skill("A", "R")],
                  required={"Q tue 10:00-11:00": 1, "Q wed 10:00-12:00": 3, "R sat 10:00-11:00": 1})  # fmt: skip
    spans = short_stretches(week)
    assert [(q, b - a) for q, a, b in spans] == [(0, 4), (0, 2), (1, 2)]
    assert [q for q, _, _ in short_stretches(week, [1])] == [1]


def test_the_same_question_has_the_same_answer() -> None:
    week = prepared("band")
    (span,) = short_stretches(week)
    first, second = (Shortages(week, EFFORT).explain(span) for _ in range(2))
    assert changes(first) == changes(second)
    assert [row.after.plan for row in first.single] == [row.after.plan for row in second.single]


def test_a_shift_that_cannot_stand_any_more_is_taken_as_not_served() -> None:
    week = judged(office("A"), required=TEN)
    plan = tiny_plan(week.case, "A Q tue 10:00-12:00", "A Q sun 10:00-12:00")
    found = JudgedWeek.of(week.world, plan)
    assert [shift.shift_id for shift, _ in found.dropped] == [plan.shifts[1].shift_id]
    assert "outside the work pattern" in found.dropped[0][1]
    assert len(found.plan.shifts) == 1 and found.objective == audit(week.case, found.plan, rules()).objective


def test_who_works_around_the_clock_is_free_at_night() -> None:
    answer = explained(judged(person("A"), office("B", "E"), required={"Q tue 02:00-04:00": 2}))
    assert answer.binds == "working_time"
    assert "1 who serve it" in answer.cause or "all 1 certified" in answer.cause
