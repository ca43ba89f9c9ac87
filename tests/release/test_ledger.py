"""The fairness ledger: what weeks leave over, for who was there and who was not."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rotation.company import Absence
from rotation.plan import Ledger, ReleasedShift, participation_of
from rotation.plan.case import Case
from rotation.plan.edition import Edition, SearchRecord
from rotation.release.ledger import HALF_MIN, Account, WeekEntry, accounts, carried, entries_of, has_choice
from tests.tiny import OFFICE, WorkPattern, at, person, stretch, tiny_case, tiny_company, tiny_plan

LOW, HIGH = Fraction(240), Fraction(360)


def week(**minutes: tuple[int, int] | None) -> dict[str, WeekEntry]:
    """A week's entries: minutes and unpleasant minutes of each, None for who was away."""
    return {
        name: WeekEntry(name, True, LOW, HIGH, served[0], served[1], True)
        if served
        else WeekEntry(name, False, Fraction(0), Fraction(0), 0, 0, False)
        for name, served in minutes.items()
    }


def test_the_band_is_a_dead_zone() -> None:
    found = accounts([week(A=(180, 0), B=(300, 0), C=(420, 0)), week(A=(300, 0), B=(240, 0), C=(240, 0))], {}, 26)
    assert {name: row.debt_minutes for name, row in found.items()} == {"A": 0, "B": 0, "C": 0}
    found = accounts([week(A=(180, 0), C=(420, 0))], {}, 26)
    assert {name: row.debt_minutes for name, row in found.items()} == {"A": 60, "C": -60}


def test_who_is_away_neither_owes_nor_earns() -> None:
    found = accounts([week(A=(180, 0)), week(A=None), week(A=None)], {}, 26)
    assert (found["A"].debt_minutes, found["A"].weeks, found["A"].owed_min) == (60, 1, LOW)


def test_a_week_away_counts_as_the_mean_of_those_who_were_there() -> None:
    found = accounts([week(A=(240, 120), B=(240, 60), C=None)], {}, 26)
    assert {name: row.burden_minutes for name, row in found.items()} == {"A": 120, "B": 60, "C": 90}
    assert found["C"].unpleasant_minutes == 0


def test_who_joins_starts_at_the_mean_and_who_leaves_drops_out() -> None:
    weeks = [week(A=(240, 100), B=(240, 200)), week(A=(240, 0), N=(240, 60))]
    found = accounts(weeks, {"A": Ledger(0, 40), "B": Ledger(30, 60)}, 26)
    assert set(found) == {"A", "N"}
    assert found["N"].burden_minutes == 50 + 150 + 60 and found["N"].debt_minutes == 0


def test_unpleasant_hours_are_forgotten_after_the_window() -> None:
    weeks = [week(A=(240, 600)), week(A=(240, 0)), week(A=(240, 30))]
    assert accounts(weeks, {}, 2)["A"].burden_minutes == 30
    assert accounts(weeks, {}, 2)["A"].unpleasant_minutes == 630


@given(st.lists(st.integers(0, 6000), min_size=1, max_size=30), st.data())
def test_what_the_planner_is_told_keeps_the_order_within_a_group_and_fits_its_scale(
    burdens: list[int], data: st.DataObject
) -> None:
    rows = {f"E{n}": Account(f"E{n}", burden_minutes=burden, unpleasant_weeks=1) for n, burden in enumerate(burdens)}
    groups = {name: data.draw(st.sampled_from(["late", "office"])) for name in rows}
    found = carried(rows, groups)
    for name, told in found.items():
        assert 0 <= told.unpleasant_minutes <= 2 * HALF_MIN
        for other, its in found.items():
            if groups[name] == groups[other] and rows[name].burden_minutes <= rows[other].burden_minutes:
                assert told.unpleasant_minutes <= its.unpleasant_minutes


def made(case: Case, *shifts: str) -> Edition:
    """An edition of shifts made by hand."""
    plan = tiny_plan(case, *shifts)
    search = SearchRecord("feasible", 0, 0, 0.0, 1, "by hand")
    return Edition(case, plan, participation_of(case, plan), {}, (), (), search, at("2026-06-01T09:00"))


@pytest.mark.parametrize(("served", "owed"), [((), 240), (("A Q fri 10:00-12:00",), 120)])
def test_what_a_late_absence_took_is_not_owed_but_the_rest_is(served: tuple[str, ...], owed: int) -> None:
    case = tiny_case(tiny_company(person("A", work_pattern_id="office")))
    start, end = stretch(case.horizon, "mon 09:00-13:00")
    late = Absence("A", start, end, "ill", late=True)
    case = replace(case, company=replace(case.company, absences=(late,)))
    begin, over = stretch(case.horizon, "mon 10:00-12:00")
    lost = ReleasedShift("A-1", "A", "Q", begin, over, 1, "cancelled", at("2026-06-07T09:00"))
    row = entries_of(made(case, *served), [lost] if served else [], {})["A"]
    assert (row.exact_min, row.exact_max) == (owed, 360)


def test_a_late_absence_leaves_the_upper_end_where_it_was_promised() -> None:
    case = tiny_case(tiny_company(person("A", work_pattern_id="office")))
    start, end = stretch(case.horizon, "mon 00:00-24:00")
    for late, exact_max in ((True, 360), (False, 288)):
        absent = replace(case, company=replace(case.company, absences=(Absence("A", start, end, "", late),)))
        row = entries_of(made(absent), [], {})["A"]
        assert (row.exact_min, row.exact_max) == (192, exact_max)


def test_only_who_could_take_unpleasant_hours_and_do_without_has_a_choice() -> None:
    always = tiny_company().work_patterns["always"]
    weekend = WorkPattern("weekend", tuple(span for span in always.spans if span.weekday > 4))
    people = (person("A"), person("B", work_pattern_id="office"), person("C", work_pattern_id="weekend"))
    patterns = {"always": always, "office": OFFICE, "weekend": weekend}
    company = tiny_company(*people, work_patterns=patterns)
    case = tiny_case(company, required={f"Q {day} 00:00-24:00": 1 for day in ("mon", "tue", "sat")})
    assert has_choice(case).tolist() == [True, False, False]
