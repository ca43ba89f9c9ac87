"""Promises that cannot be kept: the least-bad plan comes back, and each clash names what stands in the way."""

from __future__ import annotations

from typing import Any

import pytest

from rotation.company import Absence, OpeningHours, Pin, Queue, Skill
from rotation.plan import Edition
from tests.solve.builders import planned
from tests.tiny import OFFICE, at, person, policy, tiny_case, tiny_company


def pin(who: str, start: str, end: str, queue: str = "Q") -> Pin:
    return Pin(who, queue, at(f"2026-06-{start}"), at(f"2026-06-{end}"))


TEN = pin("A", "09T10:00", "09T12:00")
AWAY = Absence("A", at("2026-06-09T11:00"), at("2026-06-09T12:00"), "dentist")


def edition_of(*pins: Pin, **tables: Any) -> Edition:
    people = [person(key, work_pattern_id="office") for key in "ABC"]
    company = tiny_company(*people, pins=pins, **tables)
    return planned(tiny_case(company, required={"Q tue 10:00-12:00": 1}))


def promised(edition: Edition, one: Pin) -> bool:
    return any(
        (s.queue_id, s.start, s.end) == (one.queue_id, one.start, one.end)
        for s in edition.plan.by_employee.get(one.employee_id, ())
    )


def test_pins_that_can_be_kept_are_kept() -> None:
    pins = TEN, pin("B", "10T10:00", "10T11:00"), pin("C", "12T15:30", "12T17:00")
    edition = edition_of(*pins)
    assert edition.clashes == ()
    assert all(promised(edition, one) for one in pins)


@pytest.mark.parametrize(
    ("one", "tables", "obstacle"),
    [
        (
            TEN,
            {"absences": (Absence("A", at("2026-06-09T11:00"), at("2026-06-09T12:00"), "dentist"),)},
            "absent dentist",
        ),
        (pin("A", "13T10:00", "13T12:00"), {}, "outside the work pattern"),
        (pin("A", "09T07:00", "09T08:30"), {"work_patterns": {"office": OFFICE}}, "outside the work pattern"),
        (TEN, {"skills": [Skill("B", "Q"), Skill("C", "Q")]}, "not certified for Q"),
        (TEN, {"skills": [Skill("A", "Q", 1), Skill("B", "Q")]}, "1 novices beside 0 mentors"),
        (pin("A", "09T10:00", "09T10:30"), {}, "30 min is not between 60 and 180 min"),
        (pin("A", "09T10:00", "09T14:00"), {}, "240 min is not between 60 and 180 min"),
        (TEN, {"opening_hours": (OpeningHours("Q", 1, 480, 660),)}, "Q is closed"),
        (pin("A", "09T10:15", "09T11:15"), {}, "off the grid"),
        (TEN, {"policy": policy(band={"min_pct": 1, "max_pct": 3})}, "the band ends at"),
    ],
)
def test_a_pin_that_cannot_be_kept_is_left_out_and_told_with_its_obstacle(
    one: Pin, tables: dict[str, Any], obstacle: str
) -> None:
    edition = edition_of(one, **tables)
    assert edition.search.status == "clash"
    (clash,) = edition.clashes
    assert clash.rule == "pins"
    assert clash.message.startswith("A was promised Q")
    assert obstacle in clash.message
    assert not promised(edition, one)
    assert edition.points["pins"] == 100_000


def test_of_two_pins_at_the_same_time_one_is_kept() -> None:
    other = pin("A", "09T11:00", "09T12:30", "R")
    edition = edition_of(TEN, other, queues=(Queue("Q", "Q", 300), Queue("R", "R", 300)))
    assert promised(edition, TEN) + promised(edition, other) == 1
    (clash,) = edition.clashes
    assert "it would break" in clash.message and "begins less than 60 min after" in clash.message


def test_two_pins_beyond_a_department_cap_name_the_cap() -> None:
    edition = edition_of(TEN, pin("B", "09T10:00", "09T12:00"), policy=policy(departments={"max_away_pct": 1}))
    (clash,) = edition.clashes
    assert "department_cap" in clash.message and "at most 1" in clash.message


def test_all_clashing_pins_are_told_at_once_and_the_rest_of_the_plan_is_whole() -> None:
    pins = pin("A", "13T10:00", "13T12:00"), pin("B", "09T10:00", "09T10:30"), pin("C", "10T10:00", "10T11:00")
    edition = edition_of(*pins)
    assert [clash.employee_id for clash in edition.clashes] == ["A", "B"]
    assert promised(edition, pins[2])
    assert {row.status for row in edition.participation} == {"inside"}


def test_a_pin_of_another_week_is_none_of_this_weeks_business() -> None:
    edition = edition_of(pin("A", "16T10:00", "16T12:00"), pin("B", "07T10:00", "07T12:00"))
    assert edition.clashes == ()


def test_a_search_that_is_stopped_at_once_keeps_what_pins_it_can() -> None:
    people = [person(key, work_pattern_id="office") for key in "ABC"]
    case = tiny_case(tiny_company(*people, pins=(TEN, pin("B", "13T10:00", "13T12:00"))))
    edition = planned(case, stopped=True)
    assert promised(edition, TEN)
    assert [clash.employee_id for clash in edition.clashes] == ["B"]
