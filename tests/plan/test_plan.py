"""Plans and their shifts."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from rotation.plan import Plan, shift_id
from tests.tiny import AUTUMN, SPRING, at, person, tiny_case, tiny_company, tiny_plan

START = dt.datetime(2026, 6, 8, 10, tzinfo=dt.UTC)
DUTIES = st.lists(
    st.tuples(st.sampled_from("ABC"), st.sampled_from("QR"), st.integers(0, 20), st.integers(1, 6)),
    unique=True,
    max_size=8,
)


@given(DUTIES, st.randoms(use_true_random=False))
def test_a_plan_does_not_depend_on_the_order_of_its_making(
    duties: list[tuple[str, str, int, int]], rng: object
) -> None:
    rows = [(e, q, START + dt.timedelta(hours=t), START + dt.timedelta(hours=t + n)) for e, q, t, n in duties]
    plan = Plan.of(rows)
    rng.shuffle(rows)
    assert Plan.of(rows) == plan
    assert list(plan.shifts) == sorted(plan.shifts)
    for groups in (plan.by_employee, plan.by_queue):
        assert sorted(shift for shifts in groups.values() for shift in shifts) == list(plan.shifts)
        assert all(list(shifts) == sorted(shifts) for shifts in groups.values())


def test_minutes_are_time_that_passes() -> None:
    for week, minutes in ((AUTUMN, 180), (SPRING, 60)):
        case = tiny_case(tiny_company(person("A")), week)
        assert tiny_plan(case, "A Q sun 01:00-03:00").shifts[0].minutes == minutes


def test_the_two_hours_of_an_autumn_night_have_two_ids() -> None:
    first, second = at("2026-11-01T01:00"), at("2026-11-01T01:00", fold=1)
    assert shift_id("A", first) == "A-20261101T0800Z"
    assert shift_id("A", second) == "A-20261101T0900Z"
    assert shift_id("A", first.astimezone(dt.timezone(dt.timedelta(hours=5)))) == shift_id("A", first)


def test_a_plan_without_shifts() -> None:
    assert Plan.of([]) == Plan(())
    assert Plan(()).by_employee == Plan(()).by_queue == {}
