"""One more shift a day or a week, no rest between two, or a shorter shift."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from rotation.solve.explain.relaxations._relaxation import Relaxation, Shortfall, with_policy

KEYS = {
    "shifts_a_day": ("max_a_day", "allow {new} shifts of one person on a day instead of {old}"),
    "shifts_a_week": ("max_a_week", "allow {new} shifts of one person a week instead of {old}"),
    "rest": ("min_rest_min", "ask for {new} minutes of rest between two shifts instead of {old}"),
    "short_time": ("min_length_min", "allow shifts of {new} minutes instead of at least {old}"),
}
"""The key of the policy's section shifts that each cause comes from, and the change in words."""


class ShiftLimits:
    """The policy's ``[shifts]``, for everybody."""

    summary = "one more shift a day or a week, no rest, or shorter shifts"

    def propose(self, short: Shortfall) -> Iterable[Relaxation]:
        """One step for each limit that keeps somebody."""
        shifts, step = short.week.case.company.policy.shifts, short.week.world.step
        for cause, (key, words) in KEYS.items():
            old = getattr(shifts, key)
            new = {"min_rest_min": 0, "min_length_min": old - step}.get(key, old + 1)
            if short.of(cause) and new >= (step if key == "min_length_min" else 0):
                yield Relaxation(
                    "shift_limits",
                    words.format(old=old, new=new),
                    f"rotation.toml, [shifts] {key}: {old} -> {new}",
                    partial(with_policy, section="shifts", **{key: new}),
                )


RELAXATION = ShiftLimits()
