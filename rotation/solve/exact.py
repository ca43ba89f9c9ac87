"""CP-SAT runs: several neighbourhoods side by side, or the whole week at once."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from ortools.sat.python import cp_model

from rotation.solve.cpmodel import Candidate, ExactModel, candidates
from rotation.solve.instance import Instance
from rotation.solve.roster import Roster
from rotation.solve.settings import SearchSettings, Standing, Watch

POLL_S = 0.1


@dataclass(frozen=True)
class Answer:
    """What a run found.

    Args:
        roster: the plan with the free employees' new weeks.
        bound: proven for this run: points of the whole plan when everybody was free.
        optimal: whether the run proved its plan best.
        work: deterministic time that it took.
    """

    roster: Roster
    bound: int
    optimal: bool
    work: float


def neighbourhood_run(
    instance: Instance,
    roster: Roster,
    choices: Mapping[int, Sequence[Candidate]],
    solver: cp_model.CpSolver,
) -> Answer:
    """Free some employees, keep everybody else, and start from the present plan."""
    others = roster.copy()
    others.counts[list(choices)] = 0
    exact = ExactModel(instance, choices, others.activity(instance))
    exact.hint(roster)
    status = solver.solve(exact.model)
    found = roster.copy()
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        exact.store(solver, found)
    work = solver.response_proto.deterministic_time
    return Answer(found, _whole_bound(solver.best_objective_bound), status == cp_model.OPTIMAL, work)


def solver_for(settings: SearchSettings, seconds: float, workers: int, seed: int) -> cp_model.CpSolver:
    """A solver with a limit: wall time, or deterministic time where the run must be reproducible."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed % (2**31 - 1)
    solver.parameters.catch_sigint_signal = False
    if settings.reproducible:
        solver.parameters.max_deterministic_time = max(seconds, 0.1)
        solver.parameters.interleave_search = workers > 1
    else:
        solver.parameters.max_time_in_seconds = seconds
    return solver


def side_by_side(
    instance: Instance,
    roster: Roster,
    jobs: Sequence[Mapping[int, Sequence[Candidate]]],
    solvers: Sequence[cp_model.CpSolver],
    watch: Watch,
) -> list[Answer]:
    """Run neighbourhoods at the same time, each on a thread of its own; stops early when asked to."""
    with ThreadPoolExecutor(len(jobs)) as pool:
        futures: list[Future[Answer]] = [
            pool.submit(neighbourhood_run, instance, roster, choices, solver)
            for choices, solver in zip(jobs, solvers, strict=True)
        ]
        while wait(futures, timeout=POLL_S).not_done:
            if watch.stopped():
                for solver in solvers:
                    solver.stop_search()
        return [future.result() for future in futures]


def _whole_bound(bound: float) -> int:
    """CP-SAT tells whole points as floats that may be off in the last digits."""
    return math.ceil(bound - 1e-6)


class _Reporter(cp_model.CpSolverSolutionCallback):
    def __init__(self, watch: Watch, bound: int) -> None:
        super().__init__()
        self._watch, self._bound = watch, bound

    def on_solution_callback(self) -> None:
        bound = max(self._bound, _whole_bound(self.best_objective_bound))
        self._watch.listen(Standing(self._watch.seconds, round(self.objective_value), bound, "CP-SAT, whole week"))


def whole_week(
    instance: Instance, roster: Roster, settings: SearchSettings, watch: Watch, seconds: float, bound: int
) -> Answer:
    """The exact model of everybody with every legal shift, from a first plan."""
    choices = {e: candidates(instance, e) for e in range(instance.employees)}
    empty = Roster.empty(instance)
    exact = ExactModel(instance, choices, empty.activity(instance))
    exact.hint(roster)
    solver = solver_for(settings, seconds, settings.workers, settings.seed)
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(solver.solve, exact.model, _Reporter(watch, bound))
        while wait([future], timeout=POLL_S).not_done:
            if watch.stopped():
                solver.stop_search()
        status = future.result()
    found = roster.copy()
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        exact.store(solver, found)
    proven = max(bound, _whole_bound(solver.best_objective_bound))
    return Answer(found, proven, status == cp_model.OPTIMAL, solver.response_proto.deterministic_time)
