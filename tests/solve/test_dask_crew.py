"""The search on a cluster of two worker processes: the plan of two threads, also when a worker is killed meanwhile."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from rotation.rules import rules
from rotation.solve.crew import Crew, Threads
from rotation.solve.dask_crew import ClusterFault, DaskCrew
from rotation.solve.instance import Instance, compile_instance
from rotation.solve.search import Search
from rotation.solve.settings import SearchSettings, Watch
from tests.solve.builders import some_company_case

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def cluster() -> Iterator[object]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, memory_limit=0
    ) as running:
        yield running


def plan_of(instance: Instance, crew: Crew) -> tuple[int, int, list[list[int]]]:
    """Objective, bound and all shifts of a reproducible search."""
    settings = SearchSettings(time_limit_s=1.5, gap=0.0, seed=5, workers=2, reproducible=True)
    search = Search(instance, settings, Watch(time.monotonic), crew=crew, small=0)
    search.run()
    return search.objective, search.bound, search.roster.flat().tolist()


def test_a_cluster_finds_the_plan_of_threads_even_when_a_worker_is_killed(cluster: object) -> None:
    instance = compile_instance(some_company_case(), rules())
    threads = Threads(instance, 2)
    expected = plan_of(instance, threads)
    threads.close()
    crew = DaskCrew(instance, 2, cluster.scheduler_address)  # type: ignore[attr-defined]
    assert plan_of(instance, crew) == expected
    victim = next(iter(cluster.workers.values())).pid  # type: ignore[attr-defined]
    killer = threading.Timer(0.5, os.kill, (victim, signal.SIGKILL))
    killer.start()
    assert plan_of(instance, crew) == expected
    killer.join()
    crew.close()


def test_a_scheduler_that_does_not_answer_is_named() -> None:
    instance = compile_instance(some_company_case(5), rules())
    with pytest.raises(ClusterFault, match=r"tcp://127\.0\.0\.1:9"):
        DaskCrew(instance, 2, "tcp://127.0.0.1:9")
