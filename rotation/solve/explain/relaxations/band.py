"""Somebody serves beyond the band for once, or everybody's band ends later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from rotation.solve.explain.judged import World
from rotation.solve.explain.relaxations._relaxation import FEW, Relaxation, Shortfall, person, with_policy

WIDER_PCT = 2.5
"""One hour of a contract of 40."""


class LongerBand:
    """People who are certified and free then, but have their band used up."""

    summary = "one person serves beyond the band, or the band ends later for all"

    def propose(self, short: Shortfall) -> Iterable[Relaxation]:
        """As much as the stretch takes or a shortest shift, for those free the longest; then the policy's end."""
        company, week, step = short.week.case.company, short.week.instance.week, short.week.world.step
        kept = [e for e in short.of("band") if short.free(e)]
        _, a, b = short.span
        for e in sorted(kept, key=lambda e: (-short.free(e), -short.room(e), e))[:FEW]:
            length = max(week.shortest, min(week.longest, b - a, short.free(e)))
            more = max(1, length - short.room(e)) * step
            key = company.employees[e].employee_id
            yield Relaxation(
                "band",
                f"let {person(company, e)} serve {more} minutes beyond the band this week",
                f"agree on an exception with {key}; no file allows it, because the band's end is hard for everybody",
                partial(_beyond, key=key, more=more),
                (e,),
            )
        if kept:
            old = company.policy.band.max_pct
            new = min(100.0, old + WIDER_PCT)
            yield Relaxation(
                "band",
                f"end everybody's band at {new:g} % of the contract instead of {old:g} %",
                f"rotation.toml, [band] max_pct: {old:g} -> {new:g}",
                partial(with_policy, section="band", max_pct=new),
                tuple(kept[:FEW]),
            )


def _beyond(world: World, key: str, more: int) -> World:
    return replace(world, beyond_band={**world.beyond_band, key: world.beyond_band.get(key, 0) + more})


RELAXATION = LongerBand()
