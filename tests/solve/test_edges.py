"""Weeks at the edge of what a company can be: each ends with a plan that the witnesses accept, or with a clear word."""

from __future__ import annotations

import pytest

from rotation.company.policy import Weights
from rotation.plan import Case, Edition
from tests.solve.builders import WORKDAYS, planned
from tests.tiny import SITE, person, policy, tiny_case, tiny_company

ALL_DAYS = (*WORKDAYS, "sat", "sun")


def ends_well(case: Case, **settings: object) -> Edition:
    edition = planned(case, **({"time_limit_s": 1.5} | settings))
    assert edition.clashes == ()
    assert edition.search.lower_bound <= edition.search.objective
    assert "not stated" not in {row.reason for row in edition.participation}
    return edition


def all_day(agents: int, days: tuple[str, ...] = WORKDAYS, hours: str = "08:00-17:00") -> dict[str, int]:
    return {f"Q {day} {hours}": agents for day in days}


def test_without_employees_everything_is_missing() -> None:
    edition = ends_well(tiny_case(tiny_company(), required=all_day(2)))
    assert edition.plan.shifts == ()
    assert {shortage.cause for shortage in edition.shortages} == {"nobody is certified"}


def test_without_employees_and_without_demand_nothing_is_missing() -> None:
    assert ends_well(tiny_case(tiny_company())).shortages == ()


def test_without_demand_everybody_still_serves_the_band() -> None:
    edition = ends_well(tiny_case(tiny_company(person("A"), person("B"))))
    assert [row.status for row in edition.participation] == ["inside", "inside"]


def test_one_employee_serves_within_the_band() -> None:
    edition = ends_well(tiny_case(tiny_company(person("A")), required=all_day(1)))
    assert 240 <= edition.participation[0].minutes <= 360


def test_a_demand_of_a_hundred_times_the_supply_uses_everybody_up() -> None:
    people = [person(f"P{n}", f"D{n % 3}", work_pattern_id="office") for n in range(6)]
    edition = ends_well(tiny_case(tiny_company(*people), required=all_day(600)))
    assert {row.minutes for row in edition.participation} == {360}
    assert sum(shortage.missing_minutes for shortage in edition.shortages) > 100 * 6 * 360


def test_a_band_that_fits_no_shift_is_carried_as_debt() -> None:
    edition = ends_well(tiny_case(tiny_company(person("A", weekly_hours=3), person("B")), required=all_day(1)))
    row = edition.participation[0]
    assert (row.minutes, row.status, row.debt_minutes) == (0, "below", 18)
    assert row.reason.startswith("no legal set of shifts")
    if edition.search.status == "optimal":
        assert edition.search.lower_bound == edition.search.objective


def test_an_optimal_plan_is_as_dear_as_its_bound_even_where_nobody_may_serve() -> None:
    edition = ends_well(tiny_case(tiny_company(person("A", weekly_hours=3, work_pattern_id="office"))))
    assert edition.search.status == "optimal"
    assert edition.search.lower_bound == edition.search.objective


def test_without_weights_any_legal_plan_is_best() -> None:
    nothing = policy(weights=dict.fromkeys(Weights.model_fields, 0))
    people = [person(f"P{n}", work_pattern_id="office") for n in range(6)]
    edition = ends_well(tiny_case(tiny_company(*people, policy=nothing), required=all_day(2)))
    assert edition.search.status == "optimal"
    assert edition.search.objective == edition.search.lower_bound == edition.search.gap == 0


@pytest.mark.parametrize("interval_min", [15, 60])
def test_short_and_long_intervals_around_the_clock(interval_min: int) -> None:
    grid = policy(site={"interval_min": interval_min}, shifts={"start_grid_min": interval_min})
    people = [person(f"P{n}") for n in range(3)]
    edition = ends_well(tiny_case(tiny_company(*people, policy=grid), required=all_day(1, ALL_DAYS, "00:00+1440")))
    assert all(240 <= row.minutes <= 360 for row in edition.participation)


def test_a_queue_that_never_opens_gets_nobody() -> None:
    edition = ends_well(tiny_case(tiny_company(person("A"), opening_hours=())))
    assert edition.plan.shifts == ()
    assert edition.participation[0].status == "below"


def test_many_shifts_a_day_and_no_rest() -> None:
    busy = policy(shifts={"max_a_day": 6, "max_a_week": 30, "min_rest_min": 0, "max_length_min": 60})
    edition = ends_well(tiny_case(tiny_company(person("A"), policy=busy), required=all_day(1, ("mon",))))
    assert edition.participation[0].minutes == 360


@pytest.mark.parametrize("week", ["2026-W10", "2026-W44", "2026-W53"])
def test_weeks_that_lose_or_gain_an_hour_or_a_year(week: str) -> None:
    people = [person("A"), person("B", timezone="Pacific/Auckland"), person("C", timezone=SITE)]
    edition = ends_well(tiny_case(tiny_company(*people), week, required=all_day(1, ("sun",), "00:00-04:00")))
    assert all(240 <= row.minutes <= 360 for row in edition.participation)
