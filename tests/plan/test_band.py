"""What one person owes in one week."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rotation.company import Absence, Exemption, WorkPattern, WorkSpan
from rotation.plan import Case, Ledger, WeeklyBand, weekly_band, weekly_bands
from rotation.plan.band import achievable, day_off
from tests.tiny import AUTUMN, DENVER, SPRING, WEEK, at, person, policy, tiny_case, tiny_company

MONDAY = dt.date(2026, 6, 8)


def band(
    week: str = WEEK, debt: int = 0, sections: dict[str, dict[str, object]] | None = None, **changes: object
) -> WeeklyBand:
    """The band of one office worker; changes are fields of the employee or tables of the company."""
    tables = {
        key: changes.pop(key) for key in ("absences", "exemptions", "holidays", "work_patterns") if key in changes
    }
    employee = person("A", **{"work_pattern_id": "office", **changes})
    company = tiny_company(employee, policy=policy(**(sections or {})), **tables)
    return weekly_band(tiny_case(company, week, ledger={"A": Ledger(debt)}), employee)


def ends(found: WeeklyBand) -> tuple[int, int]:
    return found.band_min, found.band_max


def away(start: str, end: str, reason: str = "", zone: str = "America/Los_Angeles") -> Absence:
    return Absence("A", at(start, zone), at(end, zone), reason)


@pytest.mark.parametrize("week", [WEEK, SPRING, AUTUMN])
def test_a_tenth_to_fifteen_hundredths_of_the_contract(week: str) -> None:
    found = band(week)
    assert ends(found) == (240, 360)
    assert (found.exact_min, found.exact_max) == (240, 360)
    assert (found.days_due, found.days_there, found.cause, found.eligible) == (5, 5, "", True)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (20, (120, 180)),
        (35, (210, 300)),
        (37.5, (240, 330)),
        (38.5, (240, 330)),
        (25, (150, 210)),
        (0.1, (30, 0)),
        (168, (1020, 1500)),
    ],
)
def test_rounded_inward_to_the_grid(hours: float, expected: tuple[int, int]) -> None:
    assert ends(band(weekly_hours=hours)) == expected


def test_percentages_are_taken_as_written_not_as_binary_fractions() -> None:
    # 40 h * 12.4 % = 297.6 min and 40 h * 0.7 % = 16.8 min, exactly.
    found = band(sections={"band": {"min_pct": 0.7, "max_pct": 12.4}})
    assert (found.exact_min, found.exact_max) == (Fraction(84, 5), Fraction(1488, 5))
    # 41.7 * 60 * 10 % = 250.2.
    assert band(weekly_hours=41.7).exact_min == Fraction(1251, 5)


@pytest.mark.parametrize(("days", "expected"), [(1, (210, 270)), (2, (150, 210)), (3, (120, 120)), (4, (60, 60))])
def test_pro_rated_by_the_days_really_there(days: int, expected: tuple[int, int]) -> None:
    end = f"2026-06-{8 + days:02d}T00:00"
    found = band(absences=(away("2026-06-08T00:00", end, "vacation"),))
    assert found.exact_min == Fraction(240 * (5 - days), 5)
    assert ends(found) == expected
    assert (found.days_there, found.cause) == (5 - days, "absent: vacation")


def test_part_of_a_day_away_is_a_day_there() -> None:
    assert band(absences=(away("2026-06-08T08:00", "2026-06-08T16:59"),)).days_there == 5
    assert band(absences=(away("2026-06-08T08:00", "2026-06-08T17:00"),)).days_there == 4
    assert band(absences=(away("2026-06-08T08:01", "2026-06-08T17:00"),)).days_there == 5


def test_a_day_is_the_persons_own() -> None:
    # 08:00 to 17:00 in Denver is 07:00 to 16:00 in Los Angeles.
    assert band(timezone=DENVER, absences=(away("2026-06-08T07:00", "2026-06-08T16:00"),)).days_there == 4
    assert band(timezone=DENVER, absences=(away("2026-06-08T08:00", "2026-06-08T17:00"),)).days_there == 5


def test_two_spans_of_a_day_may_be_covered_by_two_absences() -> None:
    split = WorkPattern("split", (WorkSpan(0, 480, 720), WorkSpan(0, 780, 1020)))
    morning, afternoon = away("2026-06-08T08:00", "2026-06-08T12:00"), away("2026-06-08T13:00", "2026-06-08T17:00")
    patterns = {"work_pattern_id": "split", "work_patterns": {"split": split}}
    assert band(absences=(morning,), **patterns).days_there == 1
    assert band(absences=(morning, afternoon), **patterns).days_there == 0


def test_two_absences_that_meet_cover_one_day() -> None:
    morning, afternoon = away("2026-06-08T08:00", "2026-06-08T12:00"), away("2026-06-08T12:00", "2026-06-08T17:00")
    assert band(absences=(morning, afternoon)).days_there == 4


def test_holidays_exemptions_and_employment_take_days_off_and_say_so() -> None:
    holidays = {"US": {MONDAY: "Founders' Day"}}
    exemption = Exemption("A", "training", "CEO", MONDAY + dt.timedelta(days=1))
    found = band(region="US", holidays=holidays, exemptions=(exemption,), ends_on=MONDAY + dt.timedelta(days=2))
    assert (found.days_due, found.days_there) == (5, 1)
    assert found.cause == (
        "exempt until 2026-06-09: training (approved by CEO); not employed; public holiday Founders' Day"
    )


def test_holidays_of_others_or_worked_do_not_count() -> None:
    holidays = {"US": {MONDAY: "Founders' Day"}}
    assert band(region="CA", holidays=holidays).days_there == 5
    assert band(region="US", holidays=holidays, sections={"availability": {"work_on_holidays": True}}).days_there == 5
    sunday = {"US": {MONDAY + dt.timedelta(days=6): "Sunday"}}
    assert band(region="US", holidays=sunday).days_there == 5


def test_nobody_there_all_week_is_not_eligible_and_owes_nothing() -> None:
    found = band(absences=(away("2026-06-01T00:00", "2026-07-01T00:00", "vacation"),), debt=600)
    assert (ends(found), found.eligible, found.cause) == ((0, 0), False, "absent: vacation")


def test_a_pattern_without_hours() -> None:
    found = band(work_pattern_id="none", work_patterns={"none": WorkPattern("none", ())})
    assert (ends(found), found.eligible, found.cause) == ((0, 0), False, "the work pattern has no hours")


def test_day_off_names_the_first_cause() -> None:
    company = tiny_company(person("A", starts_on=dt.date(2026, 6, 9)))
    assert day_off(company, company.employees[0], MONDAY) == "not employed"
    assert day_off(company, company.employees[0], dt.date(2026, 6, 9)) is None


# Small contracts: 6 h a week are 36 to 54 minutes, in which no shift of an hour fits.


def test_a_small_contract_gathers_debt_until_the_shortest_shift_fits() -> None:
    assert ends(band(weekly_hours=6)) == (60, 30)
    assert ends(band(weekly_hours=6, debt=5)) == (60, 30)
    assert ends(band(weekly_hours=6, debt=6)) == (60, 60)
    assert ends(band(weekly_hours=6, debt=100_000)) == (60, 60)


def test_credit_never_raises_the_upper_end() -> None:
    assert ends(band(weekly_hours=6, debt=-600)) == (60, 30)


def test_a_band_that_holds_a_shift_is_never_raised_by_debt() -> None:
    assert ends(band(debt=600)) == (240, 360)
    assert ends(band(weekly_hours=8, debt=600)) == (60, 60)


def test_a_band_between_two_lengths_may_be_raised_only_to_the_shortest_shift() -> None:
    # 20 h: 120 to 180 minutes, but shifts last at least 240.
    lengths = {"shifts": {"min_length_min": 240, "max_length_min": 240}}
    assert ends(band(weekly_hours=20, sections=lengths)) == (120, 180)
    assert ends(band(weekly_hours=20, sections=lengths, debt=30)) == (120, 210)
    assert ends(band(weekly_hours=20, sections=lengths, debt=600)) == (120, 240)


@pytest.mark.parametrize(
    ("least", "most", "found"),
    [
        (0, 0, True),
        (0, 30, True),
        (30, 30, False),
        (60, 60, True),
        (90, 90, True),
        (181, 200, True),
        (300, 300, True),
        (301, 400, False),
        (61, 59, False),
    ],
)
def test_achievable_sums_of_shifts(least: int, most: int, found: bool) -> None:
    lengths = policy(shifts={"min_length_min": 60, "max_length_min": 150, "max_a_week": 2})
    assert achievable(tiny_case(tiny_company(policy=lengths)), least, most) == found


@given(
    hours=st.decimals(0, 60, places=1),
    pct=st.tuples(st.decimals(0, 50, places=1), st.decimals("0.1", 50, places=1)).map(sorted),
    debt=st.integers(-2000, 2000),
    days=st.integers(0, 5),
    step=st.sampled_from([15, 30, 60]),
)
@settings(max_examples=60, deadline=None)
def test_every_band_keeps_to_its_exact_share(hours: object, pct: list[object], debt: int, days: int, step: int) -> None:
    sections = {
        "band": {"min_pct": float(pct[0]), "max_pct": float(pct[1])},
        "site": {"interval_min": step},
        "shifts": {"start_grid_min": 60},
    }
    absences = (away("2026-06-08T00:00", f"2026-06-{8 + days:02d}T00:00"),) if days else ()
    found = band(weekly_hours=float(hours), debt=debt, sections=sections, absences=absences)
    minutes = Fraction(str(hours)) * 60 * Fraction(5 - days, 5)
    assert (found.exact_min, found.exact_max) == tuple(minutes * Fraction(str(p)) / 100 for p in pct)
    assert found.band_min % step == found.band_max % step == 0
    assert found.exact_min <= found.band_min < found.exact_min + step
    # Debt may lift the upper end beyond the week's own share only up to the shortest shift.
    assert found.band_max <= max(found.exact_max, min(found.exact_max + max(debt, 0), 60))
    assert found.band_max > found.exact_max - step
    assert found.eligible == (days < 5)


def test_bands_of_all_are_in_the_order_of_the_employees() -> None:
    case: Case = tiny_case(tiny_company(person("B", weekly_hours=20), person("A")))
    assert [ends(found) for found in weekly_bands(case)] == [(120, 180), (240, 360)]
    assert weekly_bands(tiny_case(tiny_company())) == ()
