"""Solves a neighbourhood again: some people free, everybody else as planned, with a wish that must hold.

Work is limited, not time, and each run has one thread: the same question has the same answer on any machine.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TypeVar

from ortools.sat.python import cp_model

from rotation.solve.cpmodel import Candidate, ExactModel
from rotation.solve.instance import Instance
from rotation.solve.roster import Roster

POLL_S = 0.05
PUSH = 10_000_000
"""Points of a missing agent in an interval that is to be covered whatever it costs."""
Choices = Mapping[int, Sequence[Candidate]]
Question = TypeVar("Question")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to solve.

    Args:
        work: deterministic time of each run, about seconds.
        workers: runs at the same time.
        seed: of every random choice.
        stopped: whether somebody asked to stop.
    """

    work: float = 0.5
    workers: int = 2
    seed: int = 1
    stopped: Callable[[], bool] = lambda: False


@dataclass(frozen=True)
class Resolved:
    """What a run found.

    Args:
        roster: everybody's week, with the free people's new ones; the old roster where nothing was found.
        found: whether any plan fulfils the wish; False with ``proven`` means that none exists.
        proven: whether the run came to its end.
    """

    roster: Roster
    found: bool
    proven: bool


def resolve(
    instance: Instance,
    roster: Roster,
    choices: Choices,
    effort: Effort,
    *,
    forced: Collection[Candidate] = (),
    pushed: Mapping[tuple[int, int], int] | None = None,
) -> Resolved:
    """The cheapest weeks of some people beside everybody else's.

    Args:
        instance: the compiled week.
        roster: the present plan.
        choices: the shifts that each free person may take.
        effort: how hard.
        forced: at least one of these shifts is taken.
        pushed: agents still asked for beside all others, by (queue, interval): covered first, whatever it costs.
    """
    others = roster.copy()
    others.counts[list(choices)] = 0
    exact = ExactModel(instance, choices, others.activity(instance))
    exact.hint(roster)
    if forced:
        exact.model.add_bool_or([exact.taken[shift] for shift in forced])
    if pushed:
        _push(exact, _asked(pushed, others))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = effort.seed
    solver.parameters.max_deterministic_time = effort.work
    solver.parameters.catch_sigint_signal = False
    status = _watched(solver, exact.model, effort)
    found = roster.copy()
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        exact.store(solver, found)
    done = status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return Resolved(found, status in (cp_model.OPTIMAL, cp_model.FEASIBLE), done)


def side_by_side(ask: Callable[[Question], Answer], questions: Sequence[Question], effort: Effort) -> list[Answer]:
    """Put several questions at the same time; answers in the order of the questions."""
    if not questions:
        return []
    with ThreadPoolExecutor(min(effort.workers, len(questions))) as pool:
        return list(pool.map(ask, questions))


def _watched(solver: cp_model.CpSolver, model: cp_model.CpModel, effort: Effort) -> cp_model.CpSolverStatus:
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(solver.solve, model)
        while wait([future], timeout=POLL_S).not_done:
            if effort.stopped():
                solver.stop_search()
        return future.result()


def _asked(pushed: Mapping[tuple[int, int], int], others: Roster) -> dict[tuple[int, int], int]:
    """What of a requirement is left for the free people."""
    left = dict(pushed)
    for _, q, first, length in others.flat().tolist():
        for t in range(first, first + length):
            if (q, t) in left:
                left[q, t] -= 1
    return left


def _push(exact: ExactModel, asked: Mapping[tuple[int, int], int]) -> None:
    serving: dict[tuple[int, int], list[cp_model.IntVar]] = {}
    for shift, variable in exact.taken.items():
        for t in range(shift.first, shift.first + shift.length):
            serving.setdefault((shift.queue, t), []).append(variable)
    lacking = []
    for cell, agents in asked.items():
        if agents > 0 and cell in serving:
            off = exact.model.new_int_var(0, agents, "")
            exact.model.add(off >= agents - cp_model.LinearExpr.sum(serving[cell]))
            lacking.append(off)
    proto = exact.model.proto.objective
    variables = [exact.model.get_int_var_from_proto_index(index) for index in proto.vars]
    points = cp_model.LinearExpr.weighted_sum(variables, [int(factor) for factor in proto.coeffs])
    exact.model.minimize(points + PUSH * cp_model.LinearExpr.sum(lacking))
