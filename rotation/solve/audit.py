"""The audit: every rule's plain witness judges a plan, whatever found it. No engine and no declaration is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from rotation.declaration import Rule
from rotation.plan import Case, Clash, Plan, Shift, shift_id
from rotation.plan.wording import when


@dataclass(frozen=True)
class Audit:
    """What the witnesses say.

    Args:
        clashes: broken hard rules and promises; a plan with any is never released or exported.
        points: the objective by term.
    """

    clashes: tuple[Clash, ...]
    points: Mapping[str, int]

    @property
    def objective(self) -> int:
        """All points."""
        return sum(self.points.values())


def audit(case: Case, plan: Plan, rules: Mapping[str, Rule]) -> Audit:
    """Judge a plan by every rule.

    Args:
        case: the week.
        plan: any plan, also one that was read from a file.
        rules: by name.

    Returns:
        All clashes, those of unknown references first, and the objective by term.
    """
    clashes, known = _references(case, plan)
    points: Counter[str] = Counter()
    for rule in rules.values():
        verdict = rule.judge(case, known)
        clashes += [_with_obstacle(case, known, rules, clash) for clash in verdict.clashes]
        points.update(verdict.points)
    return Audit(tuple(clashes), dict(sorted(points.items())))


def _references(case: Case, plan: Plan) -> tuple[list[Clash], Plan]:
    """Unknown people and queues, empty shifts and repeated ids; and the plan without what cannot be judged."""
    clashes, known, ids = [], [], Counter(shift.shift_id for shift in plan.shifts)
    for shift in plan.shifts:
        problem = ""
        if shift.employee_id not in case.company.employee:
            problem = f"unknown employee {shift.employee_id}"
        elif shift.queue_id not in case.company.queue:
            problem = f"unknown queue {shift.queue_id}"
        elif shift.end <= shift.start:
            problem = "ends before it begins"
        elif ids[shift.shift_id] > 1:
            problem = f"shift id {shift.shift_id} comes {ids[shift.shift_id]} times"
        if problem:
            message = f"{shift.shift_id} {when(case, shift.start, shift.end)}: {problem}"
            clashes.append(Clash("references", message, shift.employee_id, shift.queue_id, shift.start, shift.end))
        if not problem or problem.startswith("shift id"):
            known.append(shift)
    return clashes, Plan(tuple(known))


def _with_obstacle(case: Case, plan: Plan, rules: Mapping[str, Rule], clash: Clash) -> Clash:
    """A broken promise also says which rules its shift would break if it were kept beside the rest of the plan."""
    if clash.rule != "pins" or clash.start is None or clash.end is None:
        return clash
    pinned = Shift(clash.start, clash.end, clash.employee_id, clash.queue_id, shift_id(clash.employee_id, clash.start))
    others = [shift for shift in plan.shifts if shift.employee_id != clash.employee_id]
    promised = [
        Shift(pin.start, pin.end, pin.employee_id, pin.queue_id, shift_id(pin.employee_id, pin.start))
        for pin in case.company.pins_of.get(clash.employee_id, ())
        if (pin.start, pin.end, pin.queue_id) != (clash.start, clash.end, clash.queue_id)
        and case.horizon.start <= pin.start < case.horizon.end
    ]
    kept = Plan(tuple(sorted([*others, *promised, pinned])))
    before = {
        found.message for name, rule in rules.items() if name != "pins" for found in rule.judge(case, plan).clashes
    }
    obstacles = [
        f"{name} ({found.message})"
        for name, rule in rules.items()
        if name != "pins"
        for found in rule.judge(case, kept).clashes
        if found.message not in before
    ]
    if not obstacles:
        return clash
    return replace(clash, message=f"{clash.message}; kept, it would break {'; '.join(obstacles[:3])}")
