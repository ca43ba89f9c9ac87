"""A department keeps fewer people at its own work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from rotation.declaration.masks import working
from rotation.solve.explain.judged import World
from rotation.solve.explain.relaxations._relaxation import Relaxation, Shortfall, with_company


class FewerPresent:
    """``min_present`` of the departments that may send nobody more."""

    summary = "a department keeps fewer people at its own work"

    def propose(self, short: Shortfall) -> Iterable[Relaxation]:
        """As many fewer as it takes to send one more at some time of the stretch."""
        names = set(short.groups("residual_presence"))
        for department in short.week.case.company.departments:
            kept, key = department.min_present, department.department_id
            fewer = _spare(short, key) if department.name in names else kept
            if fewer < kept:
                yield Relaxation(
                    "residual_presence",
                    f"let {department.name} keep {fewer} at its own work instead of {kept}",
                    f"departments.csv, min_present of {key}: {kept} -> {fewer}",
                    partial(_with, key=key, fewer=fewer),
                )


def _spare(short: Shortfall, key: str) -> int:
    """People who would be left at work if one more went, at the best time of the stretch."""
    case, (_, a, b) = short.week.case, short.span
    members = [case.employee_index[row.employee_id] for row in case.company.members_of[key]]
    left = working(case)[members].sum(axis=0)
    for e in members:
        for _, first, length in short.week.shifts_of(e):
            left[first : first + length] -= 1
    return max(0, int(left[a:b].max()) - 1)


def _with(world: World, key: str, fewer: int) -> World:
    rows = world.case.company.departments
    changed = (replace(row, min_present=fewer) if row.department_id == key else row for row in rows)
    return with_company(world, departments=tuple(changed))


RELAXATION = FewerPresent()
