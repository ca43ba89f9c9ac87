"""The question of one week: company, horizon, requirement and fairness ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rotation.company import Company
from rotation.demand.week import week_demand
from rotation.plan.published import Published
from rotation.timegrid import Horizon

IntArray = NDArray[np.int32]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ledger:
    """What earlier weeks left over for one person.

    Args:
        debt_minutes: minutes owed (positive) or served beyond the band (negative).
        unpleasant_minutes: unpleasant minutes served so far.
    """

    debt_minutes: int = 0
    unpleasant_minutes: int = 0


@dataclass(frozen=True, eq=False)
class Case:
    """One week to be planned.

    Args:
        company: who and what.
        horizon: the week and its intervals.
        required: agents needed, shape (queues, intervals), in the order of ``company.queues``.
        core: agents there already, same shape.
        is_open: whether a queue is open, same shape.
        ledger: by employee id; whoever is missing starts at nothing.
        published: what was promised, where the week is planned again; None for a week that was never released.
    """

    company: Company
    horizon: Horizon
    required: IntArray
    core: IntArray
    is_open: BoolArray
    ledger: Mapping[str, Ledger] = field(default_factory=dict)
    published: Published | None = None

    @classmethod
    def of(cls, company: Company, horizon: Horizon, ledger: Mapping[str, Ledger] | None = None) -> Case:
        """The case of a week, with the requirement that the company's demand gives.

        Raises:
            InputFaults: open intervals of the week have no demand.
        """
        demand = week_demand(company, horizon)
        return cls(company, horizon, demand.required, demand.core, demand.is_open, ledger or {})

    @cached_property
    def missing(self) -> IntArray:
        """Agents that the rotation is asked for: required less core staff, never negative; (queues, intervals)."""
        missing: IntArray = np.maximum(self.required - self.core, 0).astype(np.int32)
        return missing

    @cached_property
    def employee_index(self) -> dict[str, int]:
        """Position of each employee in ``company.employees``."""
        return {row.employee_id: n for n, row in enumerate(self.company.employees)}

    @cached_property
    def queue_index(self) -> dict[str, int]:
        """Position of each queue in ``company.queues``."""
        return {row.queue_id: n for n, row in enumerate(self.company.queues)}

    def ledger_of(self, employee_id: str) -> Ledger:
        """A person's ledger entry."""
        return self.ledger.get(employee_id, Ledger())
