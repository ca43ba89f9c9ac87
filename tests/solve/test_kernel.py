"""The compiled kernel against trying every week and every plan."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rotation.solve.descent import greedy, settle
from rotation.solve.jobs import anneal_share, mix_share, rebuild_share
from rotation.solve.kernel.arrays import flatten
from rotation.solve.kernel.climbing import UNIT
from rotation.solve.kernel.curvature import Metric
from rotation.solve.kernel.rowterms import row_terms
from rotation.solve.kernel.scale import PART, SCALE
from rotation.solve.kernel.sweeps import price_all
from rotation.solve.roster import Roster
from rotation.solve.rowtable import HARD
from tests.solve.tiny_weeks import Int64, TinyWeek, Week, tiny_weeks


def priced(week: TinyWeek, prices: Int64) -> tuple[int, Roster, Int64]:
    """Everybody's cheapest weeks at prices: their scaled cost, the weeks, the activity."""
    instance = week.instance
    roster, activity = Roster.empty(instance), np.zeros(prices.shape, dtype=np.int64)
    cost = price_all(flatten(instance), np.arange(instance.employees), prices, activity, roster.shifts, roster.counts)
    return int(cost), roster, activity


def weeks_of(roster: Roster) -> list[Week]:
    """A roster as tuples."""
    return [
        tuple((int(q), int(first), int(length)) for q, first, length in rows[:count])
        for rows, count in zip(roster.shifts, roster.counts, strict=True)
    ]


def every_row(prices: Int64) -> np.ndarray:
    """All rows."""
    return np.ones(prices.shape, dtype=np.bool_)


def random_prices(week: TinyWeek, seed: int, within: bool) -> Int64:
    """Prices of every row; ``within`` the slopes of its cost, as the bound needs them."""
    rng, instance = np.random.default_rng(seed), week.instance
    shape = instance.rows.groups, instance.intervals
    if not within:
        return rng.integers(-9 * SCALE, 9 * SCALE, shape, dtype=np.int64)
    below, above = instance.rows.slopes()
    return rng.integers(-below * SCALE, np.minimum(above, 20) * SCALE + 1, shape, dtype=np.int64)


@settings(max_examples=300, deadline=None)
@given(tiny_weeks() | tiny_weeks(apart=True), st.integers(0, 2**32))
def test_the_cheapest_week_is_the_cheapest_of_all_weeks(week: TinyWeek, seed: int) -> None:
    prices = random_prices(week, seed, within=False)

    def scaled(choice: Week) -> int:
        return week.own_points(0, choice) * SCALE + int((week.activity(0, choice) * prices).sum())

    cost, roster, activity = priced(week, prices)
    (found,) = weeks_of(roster)
    assert cost == min(map(scaled, week.weeks(0)))
    assert found in week.weeks(0)
    assert scaled(found) == cost
    assert (activity == week.activity(0, found)).all()


@settings(max_examples=80, deadline=None)
@given(tiny_weeks(employees=3, longest_week=6), st.integers(0, 2**32))
def test_the_bound_is_never_above_the_best_plan(week: TinyWeek, seed: int) -> None:
    prices = random_prices(week, seed, within=True)
    low, high = np.zeros_like(prices), np.zeros_like(prices)
    bound = priced(week, prices)[0] + row_terms(flatten(week.instance), every_row(prices), prices, low, high)
    assert bound <= week.best() * SCALE


@settings(max_examples=80, deadline=None)
@given(tiny_weeks(employees=3, longest_week=6), st.integers(0, 2**32))
def test_a_row_costs_least_between_the_activities_that_the_terms_name(week: TinyWeek, seed: int) -> None:
    prices, rows = random_prices(week, seed, within=True), week.instance.rows
    low, high = np.zeros_like(prices), np.zeros_like(prices)
    total = row_terms(flatten(week.instance), every_row(prices), prices, low, high)
    slots = [(g, t) for g in range(rows.groups) for t in range(1 if rows.is_week[g] else week.size[2])]
    by_level = {x: rows.cost(np.full(prices.shape, x)) * SCALE - prices * x for x in range(-30, 31)}
    least = {slot: min(int(cost[slot]) for cost in by_level.values()) for slot in slots}
    assert total == sum(least.values())
    for x, cost in by_level.items():
        for slot in slots:
            assert (low[slot] <= x <= high[slot]) == (cost[slot] == least[slot])


@settings(max_examples=120, deadline=None)
@given(tiny_weeks(employees=3, longest_week=7), st.integers(0, 2**32))
def test_a_turn_never_makes_a_plan_dearer_and_never_breaks_a_hard_row(week: TinyWeek, seed: int) -> None:
    instance = week.instance
    arrays = flatten(instance)
    prices = random_prices(week, seed, within=False)
    start = priced(week, prices)[1]
    before = week.points(weeks_of(start))
    legal = greedy(instance, arrays, 30, seed)
    assert all(found in week.weeks(e) for e, found in enumerate(weeks_of(legal)))
    assert week.points(weeks_of(legal)) <= week.points([()] * week.size[0])
    settled = start.copy()
    settle(instance, arrays, settled, 30, seed)
    found = weeks_of(settled)
    assert all(choice in week.weeks(e) for e, choice in enumerate(found))
    assert not (instance.rows.cost(settled.activity(instance)) >= HARD).any()
    if before < HARD:
        assert week.points(found) <= before


@settings(max_examples=120, deadline=None)
@given(tiny_weeks() | tiny_weeks(apart=True), st.integers(0, 2**32))
def test_mixed_weeks_are_those_of_all_weeks_by_their_odds(week: TinyWeek, seed: int) -> None:
    prices, heat = random_prices(week, seed, within=False), 2.0 * SCALE
    all_weeks = week.weeks(0)
    costs = np.array(
        [week.own_points(0, one) * SCALE + int((week.activity(0, one) * prices).sum()) for one in all_weeks]
    )
    odds = np.exp((costs.min() - costs) / heat)
    expected = sum(p * week.activity(0, one) for p, one in zip(odds / odds.sum(), all_weeks, strict=True))
    rows = week.instance.rows
    slot, place = np.where(rows.is_week, -1, np.arange(rows.groups)), np.arange(week.instance.intervals)
    metric, arrays = Metric(slot, place, rows.groups, week.instance.intervals), flatten(week.instance)
    activity, least, soft, curvature = mix_share(arrays, np.arange(1), prices, heat, 1, metric)
    assert least == costs.min()
    assert abs(soft - (costs.min() - heat * np.log(odds.sum()))) <= 1e-3 * heat
    assert np.abs(activity / UNIT - expected).max(initial=0) < 1e-3
    if arrays.apart[0]:
        chances = zip(odds / odds.sum(), all_weeks, strict=True)
        variance = sum(p * (week.activity(0, one) - expected) ** 2 for p, one in chances)
        found = np.diag(curvature).reshape(week.instance.intervals, rows.groups).T
        assert np.abs((found - variance)[~rows.is_week]).max(initial=0) < 5e-3


@settings(max_examples=60, deadline=None)
@given(tiny_weeks(employees=3, longest_week=7), st.integers(0, 2**31 - 1))
def test_annealed_and_rebuilt_weeks_are_weeks_and_rebuilding_never_makes_a_plan_dearer(
    week: TinyWeek, seed: int
) -> None:
    instance = week.instance
    arrays, everybody = flatten(instance), np.arange(instance.employees)
    prices = random_prices(week, seed, within=True)
    low, high = np.zeros_like(prices), np.zeros_like(prices)
    row_terms(arrays, every_row(prices), prices, low, high)
    guide = prices, low * PART, high * PART
    course = (3, 2, 100.0, 3000.0, 200.0, 12)
    nobody = Roster.empty(instance)
    idle = nobody.activity(instance)
    annealed = Roster(*anneal_share(arrays, everybody, (nobody.shifts, nobody.counts), idle, guide, course, seed))
    assert all(one in week.weeks(e) for e, one in enumerate(weeks_of(annealed)))
    legal = greedy(instance, arrays, 30, seed)
    spots = np.array([(g, 0) for g in range(instance.rows.groups)] or [(0, 0)], dtype=np.int64)
    members = np.zeros(instance.rows.groups + 1, dtype=np.int64), np.zeros(0, dtype=np.int64)
    if instance.rows.groups:
        rebuilt = Roster(
            *rebuild_share(
                arrays,
                everybody,
                (spots, members),
                (legal.shifts, legal.counts),
                legal.activity(instance),
                guide,
                (4, 2, course, seed),
            )
        )
        assert all(one in week.weeks(e) for e, one in enumerate(weeks_of(rebuilt)))
        assert week.points(weeks_of(rebuilt)) <= week.points(weeks_of(legal))
