"""A mentor more, more novices beside one, or a novice less."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from rotation.company import Skill
from rotation.rules.mentors import role
from rotation.solve.explain.judged import World
from rotation.solve.explain.relaxations._relaxation import FEW, Relaxation, Shortfall, person, with_company, with_policy


class MoreMentoring:
    """Novices who are free then, but have no mentor beside them."""

    summary = "a mentor more, more novices beside one, or a novice trained further"

    def propose(self, short: Shortfall) -> Iterable[Relaxation]:
        """The ratio, people with a mentor's level who are none yet, and the novices themselves."""
        held = short.of("mentors")
        if not held:
            return
        company, queue_id = short.week.case.company, short.queue_id
        mentoring = company.policy.mentoring
        ratio = mentoring.novices_a_mentor
        yield Relaxation(
            "mentors",
            f"let {ratio + 1} novices serve beside a mentor instead of {ratio}",
            f"rotation.toml, [mentoring] novices_a_mentor: {ratio} -> {ratio + 1}",
            partial(with_policy, section="mentoring", novices_a_mentor=ratio + 1),
            tuple(held[:FEW]),
        )
        for e in _able(short)[:FEW]:
            key = company.employees[e].employee_id
            yield Relaxation(
                "mentors",
                f"make {person(company, e)} a mentor",
                f"employees.csv, mentor of {key}: no -> yes",
                partial(_mentor, key=key),
                (e, *held[:FEW]),
            )
        for e in sorted(held, key=lambda e: (-short.free(e), -short.room(e), e))[:FEW]:
            skill = company.skill[company.employees[e].employee_id, queue_id]
            trained = replace(skill, level=mentoring.novice_max_level + 1)
            yield Relaxation(
                "mentors",
                f"train {person(company, e)} to level {trained.level} of {queue_id}",
                f"skills.csv, level of {trained.employee_id} in {queue_id}: {skill.level} -> {trained.level}",
                partial(_trained, skill=trained),
                (e,),
            )


def _able(short: Shortfall) -> list[int]:
    """People with a mentor's level in the queue who are at work then, but are no mentors."""
    case, least = short.week.case, short.week.case.company.policy.mentoring.mentor_min_level
    found = []
    for skill in case.company.skills:
        e = case.employee_index[skill.employee_id]
        fits = skill.queue_id == short.queue_id and skill.level >= least and not case.company.employees[e].mentor
        if fits and not role(case, skill.employee_id, skill.queue_id) and short.free(e):
            found.append(e)
    return sorted(found, key=lambda e: (-short.room(e), e))


def _mentor(world: World, key: str) -> World:
    rows = world.case.company.employees
    return with_company(
        world, employees=tuple(replace(row, mentor=True) if row.employee_id == key else row for row in rows)
    )


def _trained(world: World, skill: Skill) -> World:
    key = skill.employee_id, skill.queue_id
    rows = world.case.company.skills
    return with_company(world, skills=tuple(skill if (row.employee_id, row.queue_id) == key else row for row in rows))


RELAXATION = MoreMentoring()
