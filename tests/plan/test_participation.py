"""Who served how much, and what is carried to the next week."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rotation.company import Absence, Exemption
from rotation.plan import Ledger, Participation, WeeklyBand, participation_of
from rotation.plan.participation import settle
from tests.tiny import at, person, policy, tiny_case, tiny_company, tiny_plan


def band(low: Fraction | int, high: Fraction | int, days: int = 5) -> WeeklyBand:
    return WeeklyBand(Fraction(low), Fraction(high), -(-low // 30) * 30, high // 30 * 30, 5, days)


@pytest.mark.parametrize(
    ("debt", "minutes", "after"),
    [
        (0, 240, 0),
        (0, 300, 0),
        (0, 360, 0),
        (0, 210, 30),
        (0, 0, 240),
        (0, 390, -30),
        (60, 240, 60),
        (60, 300, 0),
        (60, 270, 30),
        (60, 360, 0),
        (60, 450, -30),
        (-60, 360, -60),
        (-60, 300, 0),
        (-60, 330, -30),
        (-60, 240, 0),
        (-60, 150, 30),
    ],
)
def test_only_what_lies_outside_the_band_is_carried(debt: int, minutes: int, after: int) -> None:
    assert settle(debt, band(240, 360), minutes) == after


def test_fractions_of_minutes_are_never_lost_by_rounding() -> None:
    third = band(Fraction(100, 3), Fraction(50))
    assert settle(0, third, 0) == 34
    assert settle(0, band(Fraction(10), Fraction(100, 3)), 60) == -27


def test_whoever_is_not_there_keeps_what_was_carried() -> None:
    assert settle(75, band(0, 0, days=0), 0) == 75
    assert settle(-75, band(0, 0, days=0), 0) == -75


@given(
    debt=st.integers(-1000, 1000),
    low=st.fractions(0, 400, max_denominator=60),
    width=st.fractions(0, 200, max_denominator=60),
    minutes=st.integers(0, 800),
    more=st.integers(0, 100),
)
def test_serving_more_never_leaves_more_owed(
    debt: int, low: Fraction, width: Fraction, minutes: int, more: int
) -> None:
    due = band(low, low + width)
    after = settle(debt, due, minutes)
    assert settle(debt, due, minutes + more) <= after <= settle(debt + more, due, minutes)
    # The dead zone, and beyond it every minute, to the next whole one.
    if debt + low <= minutes <= debt + low + width:
        assert after == 0
    elif minutes < debt + low:
        assert debt + low - minutes <= after < debt + low - minutes + 1
    else:
        assert debt + low + width - minutes - 1 < after <= debt + low + width - minutes


def week(minutes: dict[str, int], causes: dict[str, str] | None = None) -> dict[str, Participation]:
    """Five people who differ in what keeps them, each with so many minutes on Wednesday."""
    absence = Absence("away", at("2026-06-01T00:00"), at("2026-07-01T00:00"), "vacation")
    exemption = Exemption("exempt", "parental leave", "CEO", dt.date(2026, 7, 1))
    part = Absence("part", at("2026-06-08T00:00"), at("2026-06-09T00:00"), "ill")
    company = tiny_company(
        *(person(key) for key in ("A", "B", "away", "exempt", "part")),
        absences=(absence, part),
        exemptions=(exemption,),
        policy=policy(unpleasant=[{"weekdays": ["wed"], "start": "11:00", "end": "12:00"}]),
    )
    case = tiny_case(company, ledger={"A": Ledger(30, 90)})
    plan = tiny_plan(case, *(f"{key} Q wed 10:00+{n}" for key, n in minutes.items()))
    rows = participation_of(case, plan, causes)
    assert [row.employee_id for row in rows] == [row.employee_id for row in company.employees]
    return {row.employee_id: row for row in rows}


def status(row: Participation) -> tuple[str, str]:
    return row.status, row.reason


def test_inside_below_and_above() -> None:
    assert status(week({"A": 240})["A"]) == ("inside", "")
    assert status(week({"A": 360})["A"]) == ("inside", "")
    assert status(week({"A": 210})["A"]) == ("below", "not stated")
    assert status(week({"A": 210}, {"A": "the department's cap"})["A"]) == ("below", "the department's cap")
    assert status(week({"A": 390})["A"]) == ("above", "390 min exceed the band's upper end of 360 min")


def test_away_exempt_and_partly_there() -> None:
    rows = week({"part": 240})
    assert status(rows["away"]) == ("away", "absent: vacation")
    assert status(rows["exempt"]) == (
        "exempt",
        "exempt until 2026-07-01: parental leave (approved by CEO)",
    )
    assert status(rows["part"]) == ("inside", "absent: ill")
    assert status(week({"exempt": 60})["exempt"])[0] == "above"


def test_minutes_debt_and_unpleasant_hours() -> None:
    row = week({"A": 240})["A"]
    assert (row.minutes, row.unpleasant_minutes, row.total_unpleasant_minutes) == (240, 60, 150)
    assert row.debt_minutes == 30
    assert week({"A": 270})["A"].debt_minutes == 0
    assert week({})["B"].debt_minutes == 240


def test_nobody() -> None:
    case = tiny_case(tiny_company())
    assert participation_of(case, tiny_plan(case)) == ()
