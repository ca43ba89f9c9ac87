"""The exact model and the search on instances small enough to try every plan."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from rotation.solve import search as search_module
from rotation.solve.cpmodel import ExactModel, candidates
from rotation.solve.descent import greedy
from rotation.solve.exact import neighbourhood_run, solver_for, whole_week
from rotation.solve.kernel.arrays import flatten
from rotation.solve.roster import Roster
from rotation.solve.search import Search
from rotation.solve.settings import SearchSettings, Watch
from tests.solve.test_kernel import weeks_of
from tests.solve.tiny_weeks import TinyWeek, tiny_weeks

ALL_OF_IT = SearchSettings(time_limit_s=20, gap=0.0, workers=1)


def watch() -> Watch:
    return Watch(time.monotonic)


@settings(max_examples=100, deadline=None)
@given(tiny_weeks(employees=2, longest_week=6))
def test_candidates_are_all_legal_shifts(week: TinyWeek) -> None:
    for e in range(week.size[0]):
        found = {(c.queue, c.first, c.length) for c in candidates(week.instance, e)}
        most = week.instance.week.longest
        assert found == {shift for shift in week.shifts(e) if shift[2] <= most}


@settings(max_examples=120, deadline=None)
@given(tiny_weeks(employees=3, longest_week=6))
def test_the_best_of_the_exact_model_is_the_best_of_all_plans(week: TinyWeek) -> None:
    instance = week.instance
    choices = {e: candidates(instance, e) for e in range(instance.employees)}
    exact = ExactModel(instance, choices, Roster.empty(instance).activity(instance))
    exact.hint(greedy(instance, flatten(instance), 30, 1))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(exact.model) == cp_model.OPTIMAL
    found = Roster.empty(instance)
    exact.store(solver, found)
    assert round(solver.objective_value) == week.best() == week.points(weeks_of(found))
    assert all(shifts in week.weeks(e) for e, shifts in enumerate(weeks_of(found)))


@settings(max_examples=60, deadline=None)
@given(tiny_weeks(employees=3, longest_week=6), st.randoms(use_true_random=False))
def test_a_hint_is_a_whole_answer(week: TinyWeek, chance: object) -> None:
    # The first answer of a solver that may not search is the hint, if the hint has a right value for every variable.
    instance = week.instance
    roster = greedy(instance, flatten(instance), 30, 1)
    exact = ExactModel(instance, {e: candidates(instance, e) for e in range(instance.employees)}, _nothing(week))
    exact.hint(roster)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.fix_variables_to_their_hinted_value = True
    assert solver.solve(exact.model) == cp_model.OPTIMAL
    assert round(solver.objective_value) == roster.objective(instance)


def _nothing(week: TinyWeek) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return Roster.empty(week.instance).activity(week.instance)


@settings(max_examples=60, deadline=None)
@given(tiny_weeks(employees=3, longest_week=6), st.integers(0, 7))
def test_a_neighbourhood_is_best_beside_the_others(week: TinyWeek, freed: int) -> None:
    instance = week.instance
    start = greedy(instance, flatten(instance), 30, freed)
    free = [e for e in range(instance.employees) if freed >> e & 1]
    if not free:
        return
    choices = {e: candidates(instance, e) for e in free}
    solver = solver_for(ALL_OF_IT, 20.0, 1, 1)
    answer = neighbourhood_run(instance, start, choices, solver)
    kept = weeks_of(start)
    possible = [week.weeks(e) if e in free else [kept[e]] for e in range(instance.employees)]
    assert answer.optimal
    assert week.points(weeks_of(answer.roster)) == _best_of(week, possible)


def _best_of(week: TinyWeek, possible: list[list[tuple[tuple[int, int, int], ...]]]) -> int:
    narrowed = TinyWeek(week.size, week.statements, week.families)
    narrowed.__dict__["_weeks"] = possible
    return narrowed.best()


@settings(max_examples=40, deadline=None)
@given(tiny_weeks(employees=3, longest_week=6))
def test_the_whole_week_is_proven_best(week: TinyWeek) -> None:
    instance = week.instance
    start = greedy(instance, flatten(instance), 30, 1)
    answer = whole_week(instance, start, ALL_OF_IT, watch(), 20.0, 0)
    assert answer.optimal
    assert answer.bound == week.best() == week.points(weeks_of(answer.roster))


@settings(max_examples=40, deadline=None)
@given(tiny_weeks(employees=3, longest_week=6), st.booleans())
def test_a_search_ends_with_the_best_plan_and_knows_it(week: TinyWeek, reproducible: bool) -> None:
    asked = SearchSettings(time_limit_s=20, gap=0.0, workers=1, reproducible=reproducible)
    search = Search(week.instance, asked, watch())
    search.run()
    assert search.optimal
    assert search.objective == search.bound == week.best() == week.points(weeks_of(search.roster))


def test_a_search_by_prices_and_neighbourhoods_finds_the_best_plan_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_module, "SMALL", -1)

    @settings(max_examples=15, deadline=None)
    @given(tiny_weeks(employees=3, longest_week=6))
    def check(week: TinyWeek) -> None:
        search = Search(week.instance, SearchSettings(time_limit_s=0.5, gap=0.0, workers=1), watch())
        search.run()
        assert search.bound <= week.best()
        assert search.objective == week.best() == week.points(weeks_of(search.roster))

    check()
