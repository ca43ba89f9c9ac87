"""Why somebody has a shift, and why not another one: the plan with and without it, solved again and judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rotation.plan import Clash, Plan, Shift, shift_id
from rotation.solve.cpmodel import Candidate
from rotation.solve.explain.binding import Binding, Cause
from rotation.solve.explain.comparison import Comparison, compared
from rotation.solve.explain.judged import JudgedWeek
from rotation.solve.explain.resolving import Choices, Effort, resolve
from rotation.solve.explain.scope import Scope


@dataclass(frozen=True)
class WhyThis:
    """Why a shift is where it is.

    Args:
        shift: the shift.
        without: the plan without it, everything else as it is.
        otherwise: the best plan found in which the person serves nothing then, everybody else as planned.
        rearranged: the same with people around free as well; None where that finds nothing better.
    """

    shift: Shift
    without: Comparison
    otherwise: Comparison
    rearranged: Comparison | None


@dataclass(frozen=True)
class WhyNot:
    """Why somebody does not serve at a time.

    Args:
        serves: the shift that the person has then, None when there is none.
        forbidden: what the person alone would break with the shortest shift there; empty when nothing.
        cause: what keeps the person as the plan stands; None when forbidden.
        own: the best plan with it in which only this person's week differs; None where there is none.
        around: the best plan with it in which the people around may move too; None where there is none.
        people: how many people were free for ``around``.
        proven: whether the answers came to their end.
    """

    serves: Shift | None = None
    forbidden: tuple[Clash, ...] = ()
    cause: Cause | None = None
    own: Comparison | None = None
    around: Comparison | None = None
    people: int = 0
    proven: bool = True


class Person:
    """Answers about one person of one plan.

    Args:
        week: the plan.
        employee: index of the person.
        effort: how hard to solve.
    """

    def __init__(self, week: JudgedWeek, employee: int, effort: Effort) -> None:
        self.week, self.e, self.effort = week, employee, effort
        self.scope = Scope(week)

    def shifts(self) -> Iterator[WhyThis]:
        """Why each shift, in the order of time."""
        key = self.week.case.company.employees[self.e].employee_id
        for shift in self.week.plan.by_employee.get(key, ()):
            if self.effort.stopped():
                return
            yield self._why(shift)

    def _why(self, shift: Shift) -> WhyThis:
        _, q, first, length = self.week.index_of(shift)
        without = without_shift(self.week, shift)

        def apart(candidate: Candidate) -> bool:
            return candidate.first >= first + length or candidate.first + candidate.length <= first

        own = {self.e: [candidate for _, candidate in self.scope.ranked(self.e) if apart(candidate)]}
        alone = resolve(self.week.instance, without.roster, own, self.effort)
        otherwise = compared(self.week, self.week.beside(alone.roster))
        span = (q, first, first + length)
        wide = self.scope.choices(self.scope.around(span, [self.e]), [span])
        wide[self.e] = own[self.e]
        more = resolve(self.week.instance, alone.roster, wide, self.effort)
        rearranged = compared(self.week, self.week.beside(more.roster)) if more.found else None
        better = rearranged is not None and rearranged.clean and rearranged.points < otherwise.points
        return WhyThis(shift, compared(self.week, without), otherwise, rearranged if better else None)

    def why_not(self, t: int, queues: list[int]) -> WhyNot:
        """Why the person does not serve one of some queues in an interval.

        Args:
            t: the interval.
            queues: indices; an answer about any of them is an answer.
        """
        instant = self.week.case.horizon.instant(t)
        key = self.week.case.company.employees[self.e].employee_id
        for shift in self.week.plan.by_employee.get(key, ()):
            if shift.start <= instant < shift.end and self.week.case.queue_index[shift.queue_id] in queues:
                return WhyNot(serves=shift)
        there = [
            shift
            for _, shift in self.scope.ranked(self.e)
            if shift.queue in queues and shift.first <= t < shift.first + shift.length
        ]
        if not there:
            return WhyNot(forbidden=self._forbidden(t, queues))
        binding = Binding(self.week)
        cause = binding.cause(self.e, there[0].queue, t)
        own = {self.e: [candidate for _, candidate in self.scope.ranked(self.e)]}
        alone, first = self._forced(own, there)
        span = (there[0].queue, t, t + 1)
        wide = self.scope.choices(self.scope.around(span, [self.e]), [(q, t, t + 1) for q in queues])
        wide[self.e] = own[self.e]
        around, second = self._forced(wide, there)
        if around and alone and alone.points <= around.points:
            around = None
        return WhyNot(cause=cause, own=alone, around=around, people=len(wide), proven=first and second)

    def _forced(self, choices: Choices, there: list[Candidate]) -> tuple[Comparison | None, bool]:
        run = resolve(self.week.instance, self.week.roster, choices, self.effort, forced=there)
        if not run.found:
            return None, run.proven
        other = compared(self.week, self.week.beside(run.roster))
        return (other if other.clean else None), run.proven

    def _forbidden(self, t: int, queues: list[int]) -> tuple[Clash, ...]:
        """What a lone shift there would break: of all shortest ones, the one that breaks least."""
        case, shortest = self.week.case, self.week.instance.week.shortest
        key, answers = case.company.employees[self.e].employee_id, []
        for q in queues:
            for first in range(max(0, t - shortest + 1), min(t, case.horizon.intervals - shortest) + 1):
                start, end = case.horizon.instant(first), case.horizon.instant(first + shortest)
                lone = Shift(start, end, key, case.company.queues[q].queue_id, shift_id(key, start))
                clashes = self.week.world.judge(Plan((lone,))).clashes
                answers.append(tuple(c for c in clashes if c.employee_id == key and c.rule != "pins"))
        return min(answers, key=len, default=())


def without_shift(week: JudgedWeek, shift: Shift) -> JudgedWeek:
    """The plan without one shift."""
    e, q, first, length = week.index_of(shift)
    kept = [row for row in week.shifts_of(e) if row != (q, first, length)]
    roster = week.roster.copy()
    roster.counts[e] = len(kept)
    for place, row in enumerate(kept):
        roster.shifts[e, place] = row
    return week.beside(roster)
