"""A shift already promised is kept."""

from __future__ import annotations

from collections.abc import Iterable

from rotation.declaration import Promise, Statement, Verdict
from rotation.plan import Case, Clash, Plan
from rotation.plan.wording import when

BROKEN_PROMISE = 100_000
"""Points of a promise that no plan can keep beside the other hard rules: more than any shift is worth."""


class Pins:
    """Hard as far as the other hard rules allow: a pinned shift that clashes with them is left out and reported."""

    summary = "Promised shifts are planned exactly as promised"
    kind = "hard"
    weights: tuple[str, ...] = ()

    def declare(self, case: Case) -> Iterable[Statement]:
        """One promise for each pin that begins in the week."""
        horizon = case.horizon
        for pin in case.company.pins:
            if horizon.start <= pin.start < horizon.end:
                first, end = horizon.floor(pin.start), horizon.ceil(pin.end)
                exact = horizon.on_grid(pin.start) and horizon.on_grid(pin.end)
                yield Promise(
                    case.employee_index[pin.employee_id],
                    case.queue_index[pin.queue_id],
                    first if exact else horizon.intervals,
                    end - first,
                    BROKEN_PROMISE,
                )

    def judge(self, case: Case, plan: Plan) -> Verdict:
        """Look for each promised shift among the person's shifts."""
        clashes = []
        for pin in case.company.pins:
            if not case.horizon.start <= pin.start < case.horizon.end:
                continue
            shifts = plan.by_employee.get(pin.employee_id, ())
            if not any((s.queue_id, s.start, s.end) == (pin.queue_id, pin.start, pin.end) for s in shifts):
                message = f"{pin.employee_id} was promised {pin.queue_id} {when(case, pin.start, pin.end)}"
                clashes.append(Clash("pins", message, pin.employee_id, pin.queue_id, pin.start, pin.end))
        return Verdict(tuple(clashes), {"pins": BROKEN_PROMISE * len(clashes)})


RULE = Pins()
