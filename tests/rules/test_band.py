"""Everybody's share: the rule alone."""

from __future__ import annotations

import datetime as dt

import pytest

from rotation.company import Absence, Exemption
from rotation.plan import Case
from rotation.rules import rules
from tests.tiny import AUTUMN, SPRING, WEEK, at, person, policy, tiny_case, tiny_company, tiny_plan

RULE = rules()["band"]
POINTS = policy(weights={"band_short": 100})


def case(hours: float = 40, week: str = WEEK, **tables: object) -> Case:
    return tiny_case(tiny_company(person("A", weekly_hours=hours), policy=POINTS, **tables), week)


def judged(week: Case, minutes: int) -> tuple[list[str], int]:
    verdict = RULE.judge(week, tiny_plan(week, *([f"A Q wed 10:00+{minutes}"] if minutes else [])))
    return [clash.message for clash in verdict.clashes], verdict.points["band_short"]


@pytest.mark.parametrize("week", [WEEK, SPRING, AUTUMN])
def test_four_to_six_hours_of_forty(week: str) -> None:
    assert judged(case(week=week), 240) == ([], 0)
    assert judged(case(week=week), 360) == ([], 0)
    assert judged(case(week=week), 210) == ([], 50)
    assert judged(case(week=week), 390) == (["A serves 390 min, the band ends at 360 min"], 0)


def test_nobody_serving_costs_the_whole_lower_end() -> None:
    assert judged(case(), 0) == ([], 400)
    assert judged(case(20), 0) == ([], 200)


def test_the_band_is_rounded_inward_to_the_grid() -> None:
    # 35 hours: 210 to 315 minutes, of which 300 are on the grid.
    assert judged(case(35), 300) == ([], 0)
    assert judged(case(35), 330) == (["A serves 330 min, the band ends at 300 min"], 0)
    assert judged(case(35), 180) == ([], 50)


def test_the_shifts_of_a_week_add_up() -> None:
    week = case()
    shifts = [f"A Q {day} 10:00-12:00" for day in ("mon", "tue", "thu")]
    assert RULE.judge(week, tiny_plan(week, *shifts)).clashes == ()
    assert len(RULE.judge(week, tiny_plan(week, *shifts, "A Q fri 10:00-10:30")).clashes) == 1


def test_whoever_is_exempt_owes_nothing_and_may_serve_nothing() -> None:
    away = Exemption("A", "leave", "CEO", dt.date(2026, 12, 31))
    assert judged(case(exemptions=(away,)), 0) == ([], 0)
    assert judged(case(exemptions=(away,)), 60) == (["A serves 60 min, the band ends at 0 min"], 0)


def test_days_away_are_taken_off() -> None:
    away = Absence("A", at("2026-06-08T00:00"), at("2026-06-10T00:00"), "vacation")
    office = case(absences=(away,))
    # Five of seven days around the clock: 40 h * 5/7 * 10 % = 171.4 min, rounded up to 180.
    assert judged(office, 180) == ([], 0)
    assert judged(office, 150) == ([], 50)
    assert judged(office, 270)[0] == ["A serves 270 min, the band ends at 240 min"]


def test_nobody_and_nothing() -> None:
    week = tiny_case(tiny_company())
    verdict = RULE.judge(week, tiny_plan(week))
    assert (verdict.clashes, verdict.points) == ((), {"band_short": 0})
