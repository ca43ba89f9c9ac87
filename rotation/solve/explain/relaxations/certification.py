"""One more certification."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from rotation.company import Skill
from rotation.solve.explain.judged import World
from rotation.solve.explain.relaxations._relaxation import FEW, Relaxation, Shortfall, person, with_company

LEVEL = 3
"""A trained agent's level: the default of skills.csv."""


class OneMoreCertified:
    """People who are free then and have room in their band, but are not certified or no longer."""

    summary = "certify one more person for the queue"

    def propose(self, short: Shortfall) -> Iterable[Relaxation]:
        """Those with the most free time in the stretch, then with the most room in their band."""
        company, shortest = short.week.case.company, short.week.instance.week.shortest
        lapsed = set(short.of("lapsed"))
        known = [
            e
            for e in (*lapsed, *short.of("not_certified"))
            if short.room(e) >= shortest and min(short.free(e), short.unheld(e))
        ]
        # Whoever serves on that day already would have to give that shift up.
        _, a, _ = short.span
        tomorrow = short.week.instance.week.next_day
        zone = short.week.instance.week.zone_of

        def worth(e: int) -> tuple[int, bool, bool, int, int]:
            days = tomorrow[zone[e]]
            busy = any(days[first] == days[a] for _, first, _ in short.week.shifts_of(e))
            return -min(short.unheld(e), short.room(e)), busy, e not in lapsed, -short.room(e), e

        for e in sorted(known, key=worth)[:FEW]:
            renew = "renew the certification of" if e in lapsed else "certify"
            skill = Skill(company.employees[e].employee_id, short.queue_id, max(LEVEL, _novice(short) + 1))
            yield Relaxation(
                "certification",
                f"{renew} {person(company, e)} for {short.queue_id}",
                f"skills.csv: {skill.employee_id},{skill.queue_id},{skill.level}",
                partial(_with, skill=skill),
                (e,),
            )


def _novice(short: Shortfall) -> int:
    return short.week.case.company.policy.mentoring.novice_max_level


def _with(world: World, skill: Skill) -> World:
    key = skill.employee_id, skill.queue_id
    rows = [row for row in world.case.company.skills if (row.employee_id, row.queue_id) != key]
    return with_company(world, skills=(*rows, skill))


RELAXATION = OneMoreCertified()
