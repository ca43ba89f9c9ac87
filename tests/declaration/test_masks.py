"""Who works when, as arrays."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from rotation.company import Absence, Company, WorkPattern, WorkSpan
from rotation.declaration.masks import working
from tests.tiny import AUTUMN, DENVER, SPRING, WEEK, at, person, policy, tiny_case, tiny_company


def cells(company: Company, week: str = WEEK) -> list[int]:
    """The intervals in which the first person works."""
    return np.flatnonzero(working(tiny_case(company, week))[0]).tolist()


def test_office_hours_in_two_zones() -> None:
    people = person("D", timezone=DENVER, work_pattern_id="office"), person("A", work_pattern_id="office")
    mask = working(tiny_case(tiny_company(*people)))
    assert mask.shape == (2, 336)
    assert np.flatnonzero(mask[0, :48]).tolist() == list(range(14, 32))
    assert np.flatnonzero(mask[1, :48]).tolist() == list(range(16, 34))
    assert not mask[:, 5 * 48 :].any()


@pytest.mark.parametrize(("week", "intervals"), [(WEEK, 336), (SPRING, 334), (AUTUMN, 338)])
def test_around_the_clock_is_every_interval_of_any_week(week: str, intervals: int) -> None:
    assert cells(tiny_company(person("A")), week) == list(range(intervals))


def test_spans_that_touch_off_the_grid_lose_no_interval() -> None:
    pattern = WorkPattern("p", (WorkSpan(0, 0, 45), WorkSpan(0, 45, 100), WorkSpan(0, 110, 150)))
    company = tiny_company(person("A", work_pattern_id="p"), work_patterns={"p": pattern})
    assert cells(company) == [0, 1, 2, 4]


def test_absences_take_every_interval_that_they_touch() -> None:
    pattern = WorkPattern("p", (WorkSpan(0, 0, 180),))
    away = Absence("A", at("2026-06-08T00:45"), at("2026-06-08T01:31"))
    company = tiny_company(person("A", work_pattern_id="p"), work_patterns={"p": pattern}, absences=(away,))
    assert cells(company) == [0, 4, 5]


def test_employment_begins_and_ends_at_midnight_of_the_own_clock() -> None:
    company = tiny_company(person("D", timezone=DENVER, starts_on=dt.date(2026, 6, 9), ends_on=dt.date(2026, 6, 9)))
    assert cells(company) == list(range(46, 94))
    for before_or_after in ({"ends_on": dt.date(2026, 6, 1)}, {"starts_on": dt.date(2026, 6, 29)}):
        assert cells(tiny_company(person("A", **before_or_after))) == []


def test_holidays_unless_the_policy_works_them() -> None:
    holidays = {"US": {dt.date(2026, 6, 8): "Founders' Day"}}
    company = tiny_company(person("A", region="US"), person("B"), holidays=holidays)
    assert cells(company) == list(range(48, 336))
    worked = policy(availability={"work_on_holidays": True})
    assert cells(tiny_company(person("A", region="US"), holidays=holidays, policy=worked)) == list(range(336))


def test_nobody() -> None:
    assert working(tiny_case(tiny_company())).shape == (0, 336)
