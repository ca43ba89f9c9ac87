"""Agents by queue and interval against the requirement."""

from __future__ import annotations

from rotation.company import Queue
from rotation.plan import Plan, coverage_of
from rotation.plan.attendance import agents_by_department, agents_by_queue
from tests.tiny import AUTUMN, at, person, tiny_case, tiny_company, tiny_plan

QUEUES = (Queue("Q", "Q", 300), Queue("R", "R", 300))
COMPANY = tiny_company(person("A"), person("B"), person("X", "E"), queues=QUEUES)


def test_shortage_and_surplus_by_interval() -> None:
    case = tiny_case(COMPANY, required={"Q mon 00:00-01:30": 2, "R mon 00:00-01:00": 1}, core={"R mon 00:00-00:30": 3})
    found = coverage_of(case, tiny_plan(case, "A Q mon 00:00-01:00", "B Q mon 00:30-02:00", "X R mon 00:00-01:00"))
    assert found.assigned[:, :5].tolist() == [[1, 2, 1, 1, 0], [1, 1, 0, 0, 0]]
    assert found.shortage[:, :5].tolist() == [[1, 0, 1, 0, 0], [0, 0, 0, 0, 0]]
    # Core staff beyond the requirement is no surplus of the rotation, but one more agent is.
    assert found.surplus[:, :5].tolist() == [[0, 0, 0, 1, 0], [1, 0, 0, 0, 0]]


def test_unknown_queues_other_weeks_and_broken_intervals_cover_nothing() -> None:
    case = tiny_case(COMPANY)
    strange = Plan.of(
        [
            ("A", "nowhere", at("2026-06-08T10:00"), at("2026-06-08T11:00")),
            ("A", "Q", at("2026-06-01T10:00"), at("2026-06-01T11:00")),
            ("A", "Q", at("2026-06-15T00:00"), at("2026-06-15T01:00")),
            ("A", "Q", at("2026-06-08T10:10"), at("2026-06-08T10:50")),
        ]
    )
    assert coverage_of(case, strange).assigned.sum() == 0
    over_the_end = tiny_plan(case, "A Q sun 23:00+120", "B Q mon-1 23:00+120")
    assert coverage_of(case, over_the_end).assigned.sum() == 4


def test_the_hour_that_comes_twice_is_covered_twice() -> None:
    case = tiny_case(COMPANY, AUTUMN)
    assert coverage_of(case, tiny_plan(case, "A Q sun 01:00-02:00")).assigned.sum() == 4


def test_attendance_counts_what_a_shift_touches() -> None:
    case = tiny_case(COMPANY)
    plan = Plan.of([("A", "Q", at("2026-06-08T00:10"), at("2026-06-08T00:40"))])
    assert agents_by_queue(case, plan) == {("Q", 0): 1, ("Q", 1): 1}
    assert agents_by_department(case, plan) == {("D", 0): 1, ("D", 1): 1}


def test_attendance_of_strangers_counts_for_no_department() -> None:
    case = tiny_case(COMPANY)
    plan = tiny_plan(case, "nobody Q mon 00:00-00:30")
    assert agents_by_department(case, plan) == {}
    assert agents_by_queue(case, plan) == {("Q", 0): 1}
