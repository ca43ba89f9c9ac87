"""What a plan covers: agents per queue and interval against the requirement."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rotation.plan.case import Case, IntArray
from rotation.plan.plan import Plan


@dataclass(frozen=True)
class Coverage:
    """Agents by queue and interval; every array has the shape (queues, intervals).

    Args:
        required: agents needed.
        core: agents there outside the rotation.
        assigned: agents from the plan.
    """

    required: IntArray
    core: IntArray
    assigned: IntArray

    @property
    def shortage(self) -> IntArray:
        """Agents missing."""
        shortage: IntArray = np.maximum(self.required - self.core - self.assigned, 0).astype(np.int32)
        return shortage

    @property
    def surplus(self) -> IntArray:
        """Agents of the rotation above what was asked of it."""
        asked = np.maximum(self.required - self.core, 0)
        surplus: IntArray = np.maximum(self.assigned - asked, 0).astype(np.int32)
        return surplus


def coverage_of(case: Case, plan: Plan) -> Coverage:
    """Count the agents of a plan; shifts outside the week or of unknown queues are left to the audit."""
    assigned = np.zeros_like(case.required)
    for shift in plan.shifts:
        if shift.queue_id in case.queue_index:
            first, last = case.horizon.within(shift.start, shift.end)
            assigned[case.queue_index[shift.queue_id], first:last] += 1
    return Coverage(case.required, case.core, assigned)
