"""A novice never answers alone: a mentor of the same queue is on at the same time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from rotation.declaration import Hinge, Members, RowFamily, Statement, Verdict
from rotation.plan import Case, Clash, Plan
from rotation.plan.attendance import served
from rotation.plan.wording import interval


def role(case: Case, employee_id: str, queue_id: str) -> str:
    """``novice``, ``mentor`` or nothing, by the person's level in the queue and the policy's levels."""
    mentoring = case.company.policy.mentoring
    skill = case.company.skill.get((employee_id, queue_id))
    if skill is None:
        return ""
    if skill.level <= mentoring.novice_max_level:
        return "novice"
    mentor = case.company.employee[employee_id].mentor and skill.level >= mentoring.mentor_min_level
    return "mentor" if mentor else ""


class Mentors:
    """Hard: in each queue and interval, novices are at most ``novices_a_mentor`` times the mentors."""

    summary = "Novices answer only beside enough mentors of the same queue"
    kind = "hard"
    weights: tuple[str, ...] = ()

    def declare(self, case: Case) -> Iterable[Statement]:
        """A row for each queue and interval: +1 a novice, minus the ratio a mentor, at most 0."""
        value = {"novice": 1, "mentor": -case.company.policy.mentoring.novices_a_mentor, "": 0}
        members = []
        for skill in case.company.skills:
            coefficient = value[role(case, skill.employee_id, skill.queue_id)]
            if coefficient:
                queue = case.queue_index[skill.queue_id]
                members.append((case.employee_index[skill.employee_id], queue, queue, coefficient))
        limit = np.zeros((len(case.company.queues), case.horizon.intervals), dtype=np.int32)
        groups = tuple(queue.name for queue in case.company.queues)
        yield RowFamily(groups, Members.of(members), "interval", (Hinge("mentors", "above", limit, None),))

    def judge(self, case: Case, plan: Plan) -> Verdict:
        """Count novices and mentors by queue and interval."""
        ratio = case.company.policy.mentoring.novices_a_mentor
        count: dict[str, Counter[tuple[str, int]]] = {"novice": Counter(), "mentor": Counter(), "": Counter()}
        for shift, intervals in served(case, plan):
            counted = count[role(case, shift.employee_id, shift.queue_id)]
            for index in intervals:
                counted[shift.queue_id, index] += 1
        clashes = []
        for (queue_id, index), novices in sorted(count["novice"].items()):
            mentors = count["mentor"][queue_id, index]
            if novices > ratio * mentors:
                message = f"{queue_id}: {novices} novices beside {mentors} mentors {interval(case, index)}"
                start, end = case.horizon.instant(index), case.horizon.instant(index + 1)
                clashes.append(Clash("mentors", message, queue_id=queue_id, start=start, end=end))
        return Verdict(tuple(clashes))


RULE = Mentors()
