"""The rule that turns skill into ringing order. Knows nothing of shifts, times or any telephone system.

1. ``level`` is the certified skill, 1 (novice) to 5 (expert); 0 when nobody certified the person for the queue.
2. ``penalty`` is 5 - level: an expert (0) rings before a novice (4), and whoever is not certified comes last (5).
   Experts first because callers want their question answered by the first person they reach. A novice is no
   bystander for that: a penalty is a preference, not a wall. As soon as the experts talk, the next call rings the
   novice, and a rotation staffs a queue so that its agents are busy most of the time.
3. ``position`` orders people of one penalty: 1, or 2 for a mentor of the queue. Among equals the mentor rings last,
   so that a mentor is the one who is free when a novice asks.
4. A person rings in the queue of the shift. Where ``routing.second_skills`` says so, the same shift also stands by in
   the person's other queues from ``routing.second_min_level`` on: penalty 5 - level + ``routing.second_penalty``, so
   that everybody whose shift it is rings first. Otherwise no two queues compete for a phone.

People of one penalty and one position are equals: the telephone system's own strategy (such as longest idle) chooses.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from rotation.company import Company

HIGHEST_LEVEL = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """One person's place in the ringing order of one queue.

    Args:
        level: certified skill, 1 (novice) to 5 (expert), 0 without a certification.
        penalty: 0 rings first; at most 5.
        position: within the penalty, from 1.
    """

    level: int
    penalty: int
    position: int


def _level(company: Company, employee_id: str, queue_id: str) -> int:
    skill = company.skill.get((employee_id, queue_id))
    return skill.level if skill else 0


def is_mentor(company: Company, employee_id: str, queue_id: str) -> bool:
    """Whether novices of a queue may serve beside a person: a mentor with the level that the policy asks for."""
    employee = company.employee.get(employee_id)
    least = company.policy.mentoring.mentor_min_level
    able = employee is not None and employee.mentor and _level(company, employee_id, queue_id) >= least
    return able and not is_novice(company, employee_id, queue_id)


def is_novice(company: Company, employee_id: str, queue_id: str) -> bool:
    """Whether a person is a novice in a queue, by the policy's level."""
    return _level(company, employee_id, queue_id) <= company.policy.mentoring.novice_max_level


def standing_of(company: Company, employee_id: str, queue_id: str) -> Standing:
    """A person's place in the ringing order of a queue, by the rule above.

    Args:
        company: skills, mentors and the policy's levels.
        employee_id: who.
        queue_id: in which queue.
    """
    level = _level(company, employee_id, queue_id)
    return Standing(level, HIGHEST_LEVEL - level, 2 if is_mentor(company, employee_id, queue_id) else 1)


def second_standings(company: Company, employee_id: str, queue_id: str, day: dt.date) -> dict[str, Standing]:
    """By queue id, a person's place in the queues other than the shift's, where the policy wants second skills.

    Args:
        company: skills, mentors and the policy.
        employee_id: who.
        queue_id: the queue of the shift, which is left out.
        day: the person's own date of the shift, on which certifications must hold.
    """
    policy = company.policy.routing
    if not policy.second_skills:
        return {}
    found = {}
    for skill in company.skills_of.get(employee_id, ()):
        if skill.queue_id != queue_id and skill.level >= policy.second_min_level and skill.holds_on(day):
            own = standing_of(company, employee_id, skill.queue_id)
            found[skill.queue_id] = Standing(own.level, own.penalty + policy.second_penalty, own.position)
    return dict(sorted(found.items()))
