"""A department lends one more at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from rotation.company import Department
from rotation.rules.department_cap import caps
from rotation.solve.explain.judged import World
from rotation.solve.explain.relaxations._relaxation import Relaxation, Shortfall, with_company


class OneMoreAway:
    """``max_away_pct`` of the departments whose cap is reached."""

    summary = "a department lends one more person at a time"

    def propose(self, short: Shortfall) -> Iterable[Relaxation]:
        """The smallest whole per cent that lends one more."""
        case, names = short.week.case, set(short.groups("department_cap"))
        for department in case.company.departments:
            if department.name not in names:
                continue
            cap, key = caps(case)[department.department_id], department.department_id
            for pct in range(1, 101):
                raised = replace(department, max_away_pct=pct)
                if caps(_with(short.week.world, raised).case)[key] > cap:
                    yield Relaxation(
                        "department_cap",
                        f"let {department.name} lend {cap + 1} at a time instead of {cap}",
                        f"departments.csv, max_away_pct of {key}: {_stated(short, department)} -> {pct}",
                        partial(_with, changed=raised),
                    )
                    break


def _stated(short: Shortfall, department: Department) -> int:
    default = short.week.case.company.policy.departments.max_away_pct
    return default if department.max_away_pct is None else department.max_away_pct


def _with(world: World, changed: Department) -> World:
    rows = world.case.company.departments
    return with_company(
        world, departments=tuple(changed if row.department_id == changed.department_id else row for row in rows)
    )


RELAXATION = OneMoreAway()
