"""Shifts are neither too short to be worth it nor too long to bear."""

from __future__ import annotations

from collections.abc import Iterable

from rotation.declaration import ShiftLength, Statement, Verdict
from rotation.plan import Case, Clash, Plan
from rotation.plan.wording import when


class ShiftLengthRule:
    """Hard: shortest and longest shift."""

    summary = "Every shift has a length between the policy's shortest and longest"
    kind = "hard"
    weights: tuple[str, ...] = ()

    def declare(self, case: Case) -> Iterable[Statement]:
        """The two lengths in intervals."""
        policy = case.company.policy
        step = policy.interval_min
        yield ShiftLength(policy.shifts.min_length_min // step, policy.shifts.max_length_min // step)

    def judge(self, case: Case, plan: Plan) -> Verdict:
        """Compare minutes."""
        shifts = case.company.policy.shifts
        return Verdict(
            tuple(
                Clash(
                    "shift_length",
                    f"{shift.employee_id} {when(case, shift.start, shift.end)}: {shift.minutes} min is not between "
                    f"{shifts.min_length_min} and {shifts.max_length_min} min",
                    shift.employee_id,
                    shift.queue_id,
                    shift.start,
                    shift.end,
                )
                for shift in plan.shifts
                if not shifts.min_length_min <= shift.minutes <= shifts.max_length_min
            )
        )


RULE = ShiftLengthRule()
