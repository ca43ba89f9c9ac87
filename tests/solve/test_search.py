"""The search on a company of forty: what it promises of its end, its record and its time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rotation.rules import rules
from rotation.solve import search as search_module
from rotation.solve.audit import audit
from rotation.solve.instance import compile_instance
from rotation.solve.search import Search
from rotation.solve.settings import SearchSettings, Standing, Watch
from tests.solve.builders import planned, searched, some_company_case


@pytest.mark.parametrize("seed", [1, 2])
def test_the_plan_is_legal_its_points_are_counted_twice_and_the_bound_holds(seed: int) -> None:
    case = some_company_case(seed=seed)
    search = searched(case, time_limit_s=3.0, seed=seed)
    judged = audit(case, search.roster.plan(case), rules())
    assert judged.clashes == ()
    assert judged.objective == search.objective == search.roster.objective(search.instance)
    assert 0 < search.bound <= search.objective


def test_objectives_fall_and_bounds_rise_along_the_trace() -> None:
    told: list[Standing] = []
    search = Search(
        compile_instance(some_company_case(), rules()),
        SearchSettings(time_limit_s=2.0, gap=0.0),
        Watch(time.monotonic, listen=told.append),
    )
    search.run()
    for points in (search.trace, told):
        objectives = [point.objective for point in points if point.objective is not None]
        bounds = [point.bound for point in points]
        assert objectives == sorted(objectives, reverse=True)
        assert bounds == sorted(bounds)
        assert (objectives[-1], bounds[-1]) == (search.objective, search.bound)
    assert told[0].gap == 1.0
    assert told[-1].gap == (search.objective - search.bound) / search.objective


def test_a_plan_within_the_gap_ends_the_search() -> None:
    search = searched(some_company_case(), time_limit_s=120.0, gap=0.5)
    assert search.objective - search.bound <= 0.5 * search.objective
    assert not search.interrupted


@pytest.mark.parametrize("people", [5, 40])
def test_a_search_that_is_stopped_at_once_still_gives_a_legal_plan(people: int) -> None:
    edition = planned(some_company_case(people), stopped=True, time_limit_s=120.0)
    assert edition.search.status in ("interrupted", "optimal")
    assert edition.clashes == ()
    assert edition.plan.shifts
    assert edition.search.lower_bound <= edition.search.objective


def test_a_stop_in_the_middle_ends_the_search() -> None:
    standings: list[Standing] = []

    def enough() -> bool:
        return any(standing.bound > 0 for standing in standings)

    search = Search(
        compile_instance(some_company_case(), rules()),
        SearchSettings(time_limit_s=600.0, gap=0.0),
        Watch(time.monotonic, enough, standings.append),
    )
    search.run()
    assert search.interrupted
    assert search.watch.seconds < 300


def test_the_time_limit_is_kept_within_a_minute() -> None:
    search = searched(some_company_case(), time_limit_s=1.0, gap=0.0)
    assert search.watch.seconds < 60


def test_the_same_seed_gives_the_same_plan_and_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_module, "NEIGHBOURHOOD_S", 0.05)
    first, second = (searched(some_company_case(), reproducible=True, time_limit_s=0.02, gap=0.0) for _ in range(2))
    assert (first.roster.flat() == second.roster.flat()).all()
    assert first.trace == second.trace
    assert {point.seconds for point in first.trace} == {0.0}


def test_other_processes_with_other_hash_seeds_find_the_same() -> None:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "tests.solve.builders"]
    found = {
        subprocess.run(
            command, cwd=root, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True, text=True
        ).stdout
        for seed in ("1", "4711")
    }
    assert len(found) == 1
