"""Every sample week, planned for a few seconds and judged by the calendar, without the rules' own witnesses."""

from __future__ import annotations

import datetime as dt
import time
from zoneinfo import ZoneInfo

import pytest

from rotation.cli.reading import read_case
from rotation.company import Employee
from rotation.plan import Case, Edition, Shift
from rotation.rules import rules
from rotation.solve.audit import audit
from rotation.solve.planning import plan_week
from rotation.solve.settings import SearchSettings, Watch
from rotation.timegrid import IsoWeek
from tests.cli.company_folder import ROOT

WEEKS = ("2026-W10", "2026-W44", "2026-W48", "2026-W49", "2026-W50", "2026-W51", "2026-W52", "2027-W10", "2027-W44")
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(scope="module", params=WEEKS)
def edition(request: pytest.FixtureRequest) -> Edition:
    week = IsoWeek.parse(request.param)
    case = read_case(ROOT / "data", ROOT / "config" / "rotation.toml", week, dt.date(2026, 3, 1)).case
    settings = SearchSettings(time_limit_s=4.0, workers=2)
    return plan_week(case, rules(), settings, Watch(time.monotonic), dt.datetime(2026, 3, 1, tzinfo=dt.UTC), {})


def clock(case: Case, shift: Shift) -> tuple[Employee, list[dt.datetime]]:
    """Who serves, and the first instant of each quarter of an hour of the shift on the own clock."""
    employee = case.company.employee[shift.employee_id]
    quarters = range(0, shift.minutes, 15)
    return employee, [(shift.start + n * MINUTE).astimezone(ZoneInfo(employee.timezone)) for n in quarters]


@pytest.mark.slow
def test_the_plan_of_a_sample_week_is_clean(edition: Edition) -> None:
    judged = audit(edition.case, edition.plan, rules())
    assert judged.clashes == edition.clashes == ()
    assert judged.objective == edition.search.objective >= edition.search.lower_bound > 0
    assert len(edition.plan.shifts) > 200


@pytest.mark.slow
def test_everybody_is_inside_the_band_or_has_a_cause(edition: Edition) -> None:
    due = [row for row in edition.participation if row.band.eligible]
    assert len(due) > 100
    for row in due:
        if row.status == "inside":
            assert row.band.band_min <= row.minutes <= row.band.band_max
        else:
            assert row.status == "below" and row.reason and row.reason != "not stated", row
    assert sum(row.status == "inside" for row in due) > 0.9 * len(due)
    assert all(row.minutes == 0 and row.reason for row in edition.participation if not row.band.eligible)


@pytest.mark.slow
def test_every_shortage_has_a_cause(edition: Edition) -> None:
    missing = int(edition.coverage.shortage.sum()) * edition.case.horizon.interval_min
    assert sum(shortage.missing_minutes for shortage in edition.shortages) == missing
    assert all(shortage.cause for shortage in edition.shortages)


@pytest.mark.slow
def test_nobody_is_planned_on_a_day_off(edition: Edition) -> None:
    company = edition.case.company
    for shift in edition.plan.shifts:
        employee, quarters = clock(edition.case, shift)
        free = company.holidays.get(employee.region or company.policy.region, {})
        for at in quarters:
            day = at.date()
            assert day not in free, (shift, free[day])
            assert employee.starts_on is None or employee.starts_on <= day
            assert employee.ends_on is None or day <= employee.ends_on
            assert not any(row.employee_id == employee.employee_id and day <= row.until for row in company.exemptions)
        for absence in company.absences:
            if absence.employee_id == employee.employee_id:
                assert absence.end <= shift.start or shift.end <= absence.start, (shift, absence)


@pytest.mark.slow
def test_every_minute_lies_in_the_work_pattern_of_the_own_clock(edition: Edition) -> None:
    company = edition.case.company
    for shift in edition.plan.shifts:
        employee, quarters = clock(edition.case, shift)
        spans = company.work_patterns[employee.work_pattern_id].spans
        for at in quarters:
            minute = at.hour * 60 + at.minute
            assert any(s.weekday == at.weekday() and s.start_min <= minute < s.end_min for s in spans), (shift, at)


@pytest.mark.slow
def test_every_queue_is_open_on_the_clock_of_the_site_and_its_agents_certified(edition: Edition) -> None:
    company, zone = edition.case.company, edition.case.horizon.zone
    for shift in edition.plan.shifts:
        _, quarters = clock(edition.case, shift)
        skill = company.skill[shift.employee_id, shift.queue_id]
        for at in quarters:
            site = at.astimezone(zone)
            minute = site.hour * 60 + site.minute
            assert any(
                row.queue_id == shift.queue_id
                and row.weekday == site.weekday()
                and row.open_min <= minute < row.close_min
                for row in company.opening_hours
            ), (shift, site)
            assert skill.holds_on(at.date())
