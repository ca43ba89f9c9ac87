"""Shortages and people below the band: prepared weeks in which one thing is the cause, and the cause is named."""

from __future__ import annotations

from typing import Any

from rotation.company import Absence, Department, OpeningHours, Queue, Skill
from rotation.plan import Edition
from tests.solve.builders import planned
from tests.tiny import at, person, policy, tiny_case, tiny_company

TEN = {"Q tue 10:00-12:00": 1}


QUEUE = Queue("Q", "Q", 300, min_agents=0)


def edition_of(*people: Any, required: dict[str, int] | None = None, **tables: Any) -> Edition:
    """A plan of a company whose only queue asks for nobody but at the times given."""
    tables = {"queues": (QUEUE,)} | tables
    return planned(tiny_case(tiny_company(*people, **tables), required=required or TEN))


def office(key: str, department: str = "D", **changes: Any) -> Any:
    return person(key, department, work_pattern_id="office", **changes)


def shortage_causes(edition: Edition) -> list[str]:
    return [shortage.cause for shortage in edition.shortages]


def causes_named(edition: Edition) -> list[list[str]]:
    """What keeps those who are certified and free, for each shortage."""
    parts = [cause.partition(": ") for cause in shortage_causes(edition)]
    assert all(head.startswith("of ") and "certified and free" in head for head, _, _ in parts)
    return [named.split(", ") for _, _, named in parts]


def reasons(edition: Edition) -> dict[str, str]:
    return {row.employee_id: row.reason for row in edition.participation if row.status == "below"}


def test_nobody_certified() -> None:
    queues = QUEUE, Queue("R", "R", 300, min_agents=0)
    edition = edition_of(office("A"), queues=queues, skills=[Skill("A", "R")])
    assert shortage_causes(edition) == ["nobody is certified"]
    (shortage,) = edition.shortages
    assert (shortage.queue_id, shortage.start, shortage.end) == ("Q", at("2026-06-09T10:00"), at("2026-06-09T12:00"))
    assert shortage.missing_minutes == 120


def test_certified_but_nobody_at_work() -> None:
    away = [Absence(key, at("2026-06-09T00:00"), at("2026-06-10T00:00"), "fair") for key in "AB"]
    edition = edition_of(office("A"), office("B"), absences=tuple(away))
    assert shortage_causes(edition) == ["none of the 2 certified people is at work and free"]


def test_outside_everybodys_hours() -> None:
    edition = edition_of(office("A"), required={"Q sat 10:00-12:00": 2})
    assert shortage_causes(edition) == ["none of the 1 certified people is at work and free"]
    assert edition.shortages[0].missing_minutes == 240


def test_a_department_cap_holds() -> None:
    tight = policy(departments={"max_away_pct": 1})
    edition = edition_of(office("A"), office("B"), policy=tight, required={"Q tue 10:00-12:00": 2})
    assert causes_named(edition) == [["1 held by department_cap of D"]]


def test_residual_presence_holds() -> None:
    tables = {"departments": (Department("D", "Field", 100, 2),)}
    edition = edition_of(office("A"), office("B"), **tables)
    assert causes_named(edition) == [["2 held by residual_presence of Field"]]
    assert set(reasons(edition)) == {"A", "B"}
    assert all("residual_presence of Field" in reason for reason in reasons(edition).values())


def test_seats_hold() -> None:
    tight = policy(site={"seats": 1})
    people = office("A"), office("B", "E", works_from="office")
    edition = edition_of(*people, policy=tight, required={"Q tue 10:00-12:00": 2})
    assert causes_named(edition) == [["1 held by seats of site"]]


def test_novices_without_a_mentor_hold() -> None:
    edition = edition_of(office("A"), skills=[Skill("A", "Q", 1)])
    assert causes_named(edition) == [["1 held by mentors of Q"]]
    assert reasons(edition) == {"A": "mentors of Q hold A back"}


def test_the_band_is_used_up() -> None:
    days = ("mon", "tue", "wed", "thu", "fri")
    edition = edition_of(office("A"), required={f"Q {day} 09:00-12:00": 1 for day in days})
    assert edition.participation[0].minutes == 360
    assert edition.shortages
    assert all(named == ["1 have their band used up"] for named in causes_named(edition))


def test_those_who_serve_another_queue_are_counted() -> None:
    queues = QUEUE, Queue("R", "R", 300, min_agents=0, priority=1)
    wanted = {"Q tue 10:00-12:00": 1, "R tue 10:00-12:00": 1}
    edition = edition_of(office("A"), queues=queues, required=wanted)
    (shortage,) = edition.shortages
    assert shortage.queue_id == "Q"
    assert causes_named(edition) == [["1 serve another queue"]]


def test_a_second_shift_of_the_day_is_not_allowed() -> None:
    wanted = {"Q tue 09:00-10:00": 1, "Q tue 15:00-16:00": 1}
    edition = edition_of(office("A"), required=wanted)
    assert causes_named(edition) == [["1 already serve that day"]]


def test_nothing_is_short_when_nothing_is() -> None:
    edition = edition_of(office("A"), office("B", "E"))
    assert edition.shortages == ()
    assert reasons(edition) == {}


def test_below_the_band_for_want_of_a_certification() -> None:
    assert reasons(edition_of(office("A"), skills=[])) == {"A": "not certified for any queue this week"}


def test_below_the_band_for_a_small_contract() -> None:
    (reason,) = reasons(edition_of(office("A", weekly_hours=3))).values()
    assert reason == "no legal set of shifts adds up to between 30 and 0 min; carried as debt"


def test_below_the_band_for_want_of_free_time_in_opening_hours() -> None:
    tables = {"opening_hours": (OpeningHours("Q", 1, 600, 720),)}
    assert reasons(edition_of(office("A"), **tables)) == {
        "A": "free and certified time in opening hours allows at most 120 min"
    }


def test_below_the_band_for_a_department_that_may_not_lend_two() -> None:
    tables = {
        "policy": policy(departments={"max_away_pct": 1}),
        "opening_hours": tuple(OpeningHours("Q", day, 600, 720) for day in range(3)),
    }
    edition = edition_of(office("A"), office("B"), **tables)
    assert reasons(edition)
    assert all(f"department_cap of D hold {key} back" in text for key, text in reasons(edition).items())


def test_below_the_band_because_other_points_outweigh_it() -> None:
    cheap = policy(weights={"band_short": 0})
    edition = edition_of(office("A"), office("B", "E"), policy=cheap)
    assert set(reasons(edition).values()) <= {"other points outweigh the band"}
    assert reasons(edition)
