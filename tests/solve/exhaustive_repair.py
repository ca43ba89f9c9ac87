"""The reference for repairs: everybody is free, every legal shift a choice, and CP-SAT proves that nothing is better.

Built on the exact model of the week, with the aims of a repair written again from their definition.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from ortools.sat.python import cp_model

from rotation.plan import Case, Plan, coverage_of
from rotation.plan.case import IntArray
from rotation.rules import rules
from rotation.solve.cpmodel import ExactModel, candidates
from rotation.solve.instance import compile_instance
from rotation.solve.roster import Roster


def better_exists(
    case: Case, plan: Plan, allowed: IntArray, people: int, fixed_until: int, found: tuple[int, int], seconds: float
) -> bool | None:
    """Whether some plan has fewer missing agents than found, or as few with fewer changes.

    Args:
        case: the week, absences included; ``published`` says what has begun.
        plan: the released shifts that can still be kept.
        allowed: agents that the release itself lacked, (queues, intervals).
        people: at most so many are touched.
        fixed_until: shifts that begin before this interval stay.
        found: (missing agent-intervals, changes) of the repair in question.
        seconds: limit of each proof.

    Returns:
        None when time did not suffice to tell.
    """
    missing, changes = found
    answers = []
    if missing:
        answers.append(_feasible(case, plan, allowed, people, fixed_until, missing - 1, None, seconds))
    if changes:
        answers.append(_feasible(case, plan, allowed, people, fixed_until, missing, changes - 1, seconds))
    if any(answers):
        return True
    return None if None in answers else False


def _feasible(
    case: Case, plan: Plan, allowed: IntArray, people: int, fixed_until: int, missing: int, changes: int | None,
    seconds: float,
) -> bool | None:  # fmt: skip
    instance = compile_instance(case, rules())
    now = case.horizon.ceil(case.published.now) if case.published else 0
    present = {
        (case.employee_index[s.employee_id], case.queue_index[s.queue_id], case.horizon.floor(s.start),
         case.horizon.ceil(s.end) - case.horizon.floor(s.start))
        for s in plan.shifts
    }  # fmt: skip
    choices = {
        e: [c for c in candidates(instance, e) if c.first >= now or (e, c.queue, c.first, c.length) in present]
        for e in range(instance.employees)
    }
    exact = ExactModel(instance, choices, Roster.empty(instance).activity(instance))
    model = exact.model
    model.minimize(0)
    sides: dict[tuple[int, int, object], list[list[cp_model.LinearExprT]]] = defaultdict(lambda: [[], []])
    serving = defaultdict(list)
    for shift, variable in exact.taken.items():
        key = (shift.employee, shift.queue, case.horizon.local(shift.first).date())
        if (shift.employee, shift.queue, shift.first, shift.length) in present:
            sides[key][1].append(1 - variable)
            if shift.first < max(now, fixed_until):
                model.add(variable == 1)
        else:
            sides[key][0].append(variable)
        for t in range(shift.first, shift.first + shift.length):
            serving[shift.queue, t].append(variable)
    touched, total = {}, []
    for (e, _, _), (added, removed) in sides.items():
        change, who = model.new_int_var(0, 10, ""), touched.setdefault(e, model.new_bool_var(""))
        for side in (added, removed):
            model.add(sum(side) <= change)
        model.add(change <= 10 * who)
        total.append(change)
    model.add(sum(touched.values()) <= people)
    if changes is not None:
        model.add(sum(total) <= changes)
    lacking = []
    for q, t in np.argwhere(case.missing > 0).tolist():
        if t >= now:
            off = model.new_int_var(0, int(case.missing[q, t]), "")
            model.add(off >= int(case.missing[q, t]) - int(allowed[q, t]) - sum(serving[q, t]))
            lacking.append(off)
    model.add(sum(lacking) <= missing)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    status = solver.solve(model)
    return {cp_model.OPTIMAL: True, cp_model.FEASIBLE: True, cp_model.INFEASIBLE: False}.get(status)


def missing_of(case: Case, plan: Plan, allowed: IntArray) -> int:
    """Agent-intervals below what was promised, counted from the plan alone."""
    now = case.horizon.ceil(case.published.now) if case.published else 0
    short = case.missing - coverage_of(case, plan).assigned - allowed
    return int(np.maximum(short, 0)[:, max(0, now) :].sum())
