"""What `check` tells before anybody searches."""

from __future__ import annotations

import datetime as dt
from typing import Any

from rotation.company import Department, Exemption, OpeningHours, Skill
from rotation.rules import rules
from rotation.solve.forewarnings import forewarnings
from rotation.solve.instance import compile_instance
from tests.tiny import person, tiny_case, tiny_company

OFFICE_HOURS = tuple(OpeningHours("Q", day, 480, 1020) for day in range(5))


def told(*people: Any, required: dict[str, int] | None = None, **tables: Any) -> list[str]:
    case = tiny_case(tiny_company(*people, **({"opening_hours": OFFICE_HOURS} | tables)), required=required)
    return [str(warning) for warning in forewarnings(case, compile_instance(case, rules()))]


def office(key: str, **changes: Any) -> Any:
    return person(key, work_pattern_id="office", **changes)


def test_a_week_that_can_be_planned_is_without_warning() -> None:
    assert told(office("A"), office("B"), required={"Q tue 10:00-12:00": 1}) == []


def test_somebody_without_a_certification() -> None:
    assert told(office("A"), office("B"), skills=[Skill("A", "Q"), Skill("B", "Q", 3, None, dt.date(2026, 6, 7))]) == [
        "skills.csv, column employee_id: 'B' has no certification that holds in 2026-W24 and cannot be planned"
    ]


def test_somebody_exempt_needs_no_certification() -> None:
    gone = Exemption("B", "sabbatical", "the lead", dt.date(2026, 12, 31))
    assert told(office("A"), office("B"), skills=[Skill("A", "Q")], exemptions=(gone,)) == []


def test_a_band_without_any_legal_set_of_shifts() -> None:
    assert told(office("A", weekly_hours=3)) == [
        "employees.csv, column weekly_hours: 'A' a band of 30 to 0 min holds no legal set of shifts; "
        "the minutes are carried as debt"
    ]


def test_times_in_which_nobody_is_certified_and_at_work() -> None:
    found = told(office("A"), required={"Q tue 16:00-18:00": 1, "Q sun 10:00-11:00": 1}, opening_hours=())
    nobody = "skills.csv, column queue_id: 'Q' nobody certified and at work (0) for 1 asked"
    assert found == [f"{nobody} Tue 2026-06-09 17:00-18:00 -07:00", f"{nobody} Sun 2026-06-14 10:00-11:00 -07:00"]


def test_times_in_which_too_few_are_certified_and_at_work() -> None:
    (found,) = told(office("A"), office("B"), required={"Q tue 10:00-11:00": 3})
    assert "too few certified and at work (2) for 3 asked Tue 2026-06-09 10:00-11:00 -07:00" in found


def test_a_week_that_asks_for_more_than_all_bands_give() -> None:
    days = ("mon", "tue", "wed", "thu", "fri")
    (found,) = told(office("A"), required={f"Q {day} 08:00-17:00": 1 for day in days})
    assert found.endswith("asks for 45.0 agent-hours, all bands together give at most 6.0")


def test_kinds_come_in_the_order_of_people_queues_company() -> None:
    files = [line.split(",")[0] for line in told(office("A"), skills=[], required={"Q tue 08:00-17:00": 9})]
    assert files == ["skills.csv", "skills.csv", "demand.csv"]


def test_a_company_without_people_is_told_so() -> None:
    departments = (Department("D", "D"),)
    found = told(departments=departments, required={"Q tue 10:00-12:00": 1})
    assert any("nobody certified" in line for line in found)
    assert any("at most 0.0" in line for line in found)
