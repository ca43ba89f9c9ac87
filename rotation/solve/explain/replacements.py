"""Who could take a shift instead: every answer is a plan that the witnesses find clean, with what it costs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from rotation.plan import Shift
from rotation.solve.cpmodel import Candidate
from rotation.solve.explain.binding import DEARER, Binding, Cause
from rotation.solve.explain.comparison import Comparison, compared
from rotation.solve.explain.judged import JudgedWeek
from rotation.solve.explain.person import without_shift
from rotation.solve.explain.resolving import Effort, resolve, side_by_side
from rotation.solve.explain.scope import Scope


@dataclass(frozen=True)
class Replacement:
    """One person who could take the shift.

    Args:
        employee_id: who.
        change: against the present plan.
        moved: whether other shifts of the person move as well.
    """

    employee_id: str
    change: Comparison
    moved: bool


@dataclass(frozen=True)
class Suggestions:
    """Who could take a shift.

    Args:
        shift: the shift.
        left_open: the plan when nobody takes it.
        best: replacements, cheapest first.
        legal: how many there are in all.
        kept: how many others each cause keeps from it.
    """

    shift: Shift
    left_open: Comparison
    best: tuple[Replacement, ...]
    legal: int
    kept: tuple[tuple[Cause, int], ...]


def suggest(week: JudgedWeek, shift: Shift, effort: Effort, most: int) -> Suggestions:
    """Rank everybody else who could take a shift, beside the own week or with the own week moved around it.

    Args:
        week: the plan; the shift is in it, unless it cannot stand any more as the company is today.
        shift: the shift.
        effort: how hard to solve each person's week.
        most: how many replacements to judge and return.
    """
    owner, q, first, length = week.index_of(shift)
    vacant = without_shift(week, shift)
    scope = Scope(vacant)
    binding = Binding(vacant)
    kept: Counter[Cause] = Counter()
    able: list[Candidate] = []
    for e in range(week.instance.employees):
        if e == owner:
            continue
        wanted = next((c for _, c in scope.ranked(e) if (c.queue, c.first, c.length) == (q, first, length)), None)
        there = any(queue == q and t <= first and first + length <= t + n for queue, t, n in vacant.shifts_of(e))
        if wanted and not there:
            able.append(wanted)
        else:
            kept[_keeps(binding, e, (q, first, first + length))] += 1

    def taken(wanted: Candidate) -> JudgedWeek | None:
        return _take(vacant, scope, wanted, effort)

    found = []
    for wanted, after in zip(able, side_by_side(taken, able, effort), strict=True):
        if after:
            found.append((after.roster.objective(after.instance), wanted.employee, after))
        else:
            kept[binding.cause(wanted.employee, q, first)] += 1
    best = list[Replacement]()
    for _, e, after in sorted(found, key=lambda row: row[:2]):
        if len(best) == most:
            break
        change = compared(week, after)
        if change.clean:
            moved = len(set(vacant.shifts_of(e)) - set(after.shifts_of(e))) > 0
            best.append(Replacement(week.case.company.employees[e].employee_id, change, moved))
    ordered = sorted(kept.items(), key=lambda item: (-item[1], item[0].kind, item[0].group))
    return Suggestions(shift, compared(week, vacant), tuple(best), len(found), tuple(ordered))


def _take(vacant: JudgedWeek, scope: Scope, wanted: Candidate, effort: Effort) -> JudgedWeek | None:
    """The person's own week with the shift: as it is, or moved around it where it must."""
    e, instance = wanted.employee, vacant.instance
    span = (wanted.queue, wanted.first, wanted.first + wanted.length)
    present = {*vacant.shifts_of(e), (wanted.queue, wanted.first, wanted.length)}
    everything = [candidate for _, candidate in scope.ranked(e)]
    same = [c for c in everything if (c.queue, c.first, c.length) in present]
    for choices in (same, scope.choices([e], [span])[e]):
        if wanted not in choices:
            choices = [*choices, wanted]
        run = resolve(instance, vacant.roster, {e: choices}, effort, forced=[wanted])
        after = vacant.beside(run.roster)
        kept = choices is not same or len(after.shifts_of(e)) == len(present)
        # A row that is full breaks no model when it was broken before: only the witnesses' word counts in the end.
        if run.found and kept:
            return after
    return None


def _keeps(binding: Binding, e: int, span: tuple[int, int, int]) -> Cause:
    """What keeps somebody from a stretch: the first interval with a cause says it."""
    q, a, b = span
    causes = [binding.cause(e, q, t) for t in range(a, b)]
    return next((cause for cause in causes if cause.kind not in (DEARER,)), causes[0])
