"""Who could serve at all, and who could serve unpleasant hours, read off the compiled weeks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from rotation.declaration import Rule
from rotation.plan import Balance, Case, Edition, balance_of
from rotation.plan.case import BoolArray
from rotation.plan.unpleasant import is_unpleasant
from rotation.solve.instance import Instance, compile_instance


def balances(editions: Iterable[Edition], rules: Mapping[str, Rule]) -> tuple[Balance, ...]:
    """How evenly weeks leave people, week by week.

    Args:
        editions: weeks that follow one another, each with the ledger of the one before.
        rules: by name.
    """
    found, sharers = [], set[str]()
    for edition in editions:
        case = edition.case
        cells = could_serve(compile_instance(case, rules))
        people = case.company.employees
        sharers |= {people[e].employee_id for e in np.flatnonzero((cells & unpleasant_cells(case)).any(axis=1))}
        able = {people[e].employee_id for e in np.flatnonzero(cells.any(axis=1))}
        found.append(balance_of(edition, able, sharers))
    return tuple(found)


def could_serve(instance: Instance) -> BoolArray:
    """Cells in which an employee is free and certified for an open queue, (E, T)."""
    week, inside = instance.week, np.arange(instance.intervals)
    cells = np.zeros_like(week.available)
    for q in range(week.queue_open.shape[0]):
        window = (week.serve_first[:, q : q + 1] <= inside) & (inside < week.serve_last[:, q : q + 1])
        cells |= window & week.queue_open[q]
    return np.asarray(cells & week.available, dtype=np.bool_)


def unpleasant_cells(case: Case) -> BoolArray:
    """Unpleasant intervals of each employee, (E, T)."""
    known: dict[tuple[str, str], list[bool]] = {}
    rows = []
    for employee in case.company.employees:
        key = employee.timezone, employee.region
        if key not in known:
            instants = map(case.horizon.instant, range(case.horizon.intervals))
            known[key] = [is_unpleasant(case, employee, instant) for instant in instants]
        rows.append(known[key])
    return np.array(rows, dtype=np.bool_).reshape(-1, case.horizon.intervals)
