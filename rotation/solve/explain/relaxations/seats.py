"""One more place on site."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from rotation.solve.explain.relaxations._relaxation import Relaxation, Shortfall, with_policy


class OneMoreSeat:
    """``seats`` of the policy, where they are all taken."""

    summary = "one more seat on site"

    def propose(self, short: Shortfall) -> Iterable[Relaxation]:
        """One more, when somebody is held by the seats."""
        seats = short.week.case.company.policy.site.seats
        if short.groups("seats"):
            yield Relaxation(
                "seats",
                f"have {seats + 1} seats on site instead of {seats}",
                f"rotation.toml, [site] seats: {seats} -> {seats + 1}",
                partial(with_policy, section="site", seats=seats + 1),
            )


RELAXATION = OneMoreSeat()
