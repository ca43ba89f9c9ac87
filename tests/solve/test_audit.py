"""The audit finds each kind of break, in plans that no search would make."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from rotation.company import Absence, Department, Exemption, OpeningHours, Pin, Queue, Skill
from rotation.plan import Case, Plan, Published
from rotation.rules import rules
from rotation.solve.audit import audit
from tests.tiny import at, person, policy, tiny_case, tiny_company, tiny_plan

GOOD = "A Q mon 10:00-12:00", "A Q tue 10:00-12:00"


def case_of(**changes: Any) -> Case:
    people = changes.pop("people", (person("A"), person("B"), person("C", "E")))
    published = changes.pop("published", None)
    return replace(tiny_case(tiny_company(*people, **changes)), published=published)


def broken(case: Case, *shifts: str) -> set[str]:
    return {clash.rule for clash in audit(case, tiny_plan(case, *shifts), rules()).clashes}


def test_a_good_plan_has_no_clash_and_its_points_add_up() -> None:
    judged = audit(case_of(), tiny_plan(case_of(), *GOOD), rules())
    assert judged.clashes == ()
    assert judged.objective == sum(judged.points.values())
    assert list(judged.points) == sorted(judged.points)
    assert judged.points["band_short"] == 2 * 4 * 2000


CLOSED = {"opening_hours": tuple(OpeningHours("Q", day, 480, 1080) for day in range(7))}
NOVICES = {"skills": [Skill(key, "Q", 1) for key in "ABC"]}
AWAY = {"absences": (Absence("A", at("2026-06-09T11:30"), at("2026-06-09T13:00"), "dentist"),)}
EXEMPT = {"exemptions": (Exemption("A", "new father", "the lead", dt.date(2026, 6, 8)),)}
PINNED = {"pins": (Pin("B", "Q", at("2026-06-08T10:00"), at("2026-06-08T11:00")),)}
STAY = {"departments": (Department("D", "D", 100, 1), Department("E", "E"))}


@pytest.mark.parametrize(
    ("rule", "tables", "shifts"),
    [
        ("availability", AWAY, GOOD),
        ("availability", {"people": (person("A", work_pattern_id="office"),)}, ("A Q mon 16:00-18:00",)),
        ("band", {}, (*GOOD, "A Q wed 10:00-12:00", "A Q thu 10:00-11:00")),
        ("certification", {"skills": [Skill("B", "Q")]}, GOOD),
        ("certification", {"skills": [Skill("A", "Q", 3, None, dt.date(2026, 6, 8))]}, GOOD),
        ("department_cap", {}, ("A Q mon 10:00-12:00", "B Q mon 11:30-12:30")),
        ("exemptions", EXEMPT, GOOD),
        ("freeze", {"published": Published((), at("2026-06-08T08:00"), at("2026-06-09T08:00"))}, GOOD),
        ("mentors", NOVICES, GOOD),
        ("opening_hours", CLOSED, ("A Q mon 17:30-18:30",)),
        ("pins", PINNED, GOOD),
        ("residual_presence", STAY, ("A Q mon 10:00-12:00", "B Q mon 11:30-12:30")),
        ("rest", {}, ("A Q mon 23:00+60", "A Q tue 00:30-01:30")),
        ("rest", {}, ("A Q mon 10:00-12:00", "A Q mon 11:00-12:30")),
        ("seats", {"policy": policy(site={"seats": 1})}, ("A Q mon 10:00-12:00", "C Q mon 11:30-12:30")),
        ("shift_grid", {}, ("A Q mon 10:15-12:15",)),
        ("shift_grid", {}, ("A Q sun 23:00+120",)),
        ("shift_grid", {}, ("A Q mon-7 10:00-12:00",)),
        ("shift_length", {}, ("A Q mon 10:00-10:30",)),
        ("shift_length", {}, ("A Q mon 10:00-13:30",)),
        ("shifts_a_day", {}, ("A Q mon 10:00-11:00", "A Q mon 14:00-15:00")),
        ("shifts_a_week", {"policy": policy(shifts={"max_a_week": 1})}, GOOD),
    ],
)
def test_each_kind_of_break_is_found(rule: str, tables: dict[str, Any], shifts: tuple[str, ...]) -> None:
    assert rule in broken(case_of(**tables), *shifts)


def test_every_hard_rule_has_a_break_above() -> None:
    (parameters,) = (m for m in test_each_kind_of_break_is_found.pytestmark if m.name == "parametrize")  # type: ignore[attr-defined]
    hard = {name for name, rule in rules().items() if not rule.weights}
    assert hard - {"band"} <= {row[0] for row in parameters.args[1]}


def test_unknown_people_unknown_queues_and_shifts_that_end_before_they_begin() -> None:
    case = case_of()
    good = tiny_plan(case, *GOOD)
    wrong = tiny_plan(case, "X Q mon 10:00-11:00", "A Y wed 10:00-11:00", "B Q fri 10:00+0")
    backwards = replace(wrong.shifts[-1], end=wrong.shifts[-1].start - dt.timedelta(hours=1), shift_id="back")
    judged = audit(case, Plan((*good.shifts, *wrong.shifts, backwards)), rules())
    assert [(clash.rule, clash.message.split(": ")[-1]) for clash in judged.clashes] == [
        ("references", "unknown employee X"),
        ("references", "unknown queue Y"),
        ("references", "ends before it begins"),
        ("references", "ends before it begins"),
    ]
    assert judged.points == audit(case, good, rules()).points


def test_shift_ids_that_come_twice_are_told_and_still_judged() -> None:
    case = case_of()
    first, second = tiny_plan(case, *GOOD).shifts
    judged = audit(case, Plan((first, replace(second, shift_id=first.shift_id))), rules())
    assert [clash.rule for clash in judged.clashes] == ["references"] * 2
    assert all(f"shift id {first.shift_id} comes 2 times" in clash.message for clash in judged.clashes)
    assert judged.points == audit(case, tiny_plan(case, *GOOD), rules()).points


def test_many_breaks_of_one_plan_are_all_told() -> None:
    case = case_of(queues=(Queue("Q", "Q", 300), Queue("R", "R", 300)), **PINNED)
    found = broken(case, "A Q mon 10:15-10:45", "A R mon 10:30-15:00", "A Q sat 01:00-04:00", "B Q mon 10:00-13:30")
    assert found == {"shift_grid", "shift_length", "rest", "band", "shifts_a_day", "department_cap", "pins"}


def test_a_break_names_who_where_and_when() -> None:
    case = case_of(**CLOSED)
    (clash,) = audit(case, tiny_plan(case, "A Q mon 17:30-18:30"), rules()).clashes
    assert (clash.employee_id, clash.queue_id) == ("A", "Q")
    assert (clash.start, clash.end) == (at("2026-06-08T17:30"), at("2026-06-08T18:30"))
    assert "Mon 2026-06-08 17:30-18:30 -07:00" in clash.message
