"""Shifts change hands: swaps, gifts and taken offers, judged by every rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from rotation.declaration import Rule
from rotation.errors import ChangeRefused, UsageFault
from rotation.plan import Clash, Plan, ReleasedShift, Shift, shift_id
from rotation.release.changing import edited, without_pins
from rotation.release.proposal import Proposal
from rotation.release.release import Release
from rotation.solve.addition import could_add
from rotation.solve.audit import audit
from rotation.solve.instance import compile_instance
from rotation.solve.roster import Roster

MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Handover:
    """One shift goes to somebody else."""

    shift: ReleasedShift
    to: str

    def result(self) -> Shift:
        """The shift in the other hands."""
        s = self.shift
        return Shift(s.start, s.end, self.to, s.queue_id, shift_id(self.to, s.start))


def swapped(
    release: Release, handovers: Sequence[Handover], rules: Mapping[str, Rule], kind: str, reason: str
) -> Proposal:
    """The release that follows when shifts change hands.

    Args:
        release: the effective release of their week.
        handovers: what goes to whom.
        rules: all of them, by name.
        kind: ``swap`` or ``take``.
        reason: in the words of whoever does it.

    Raises:
        ChangeRefused: a rule is broken; says which, and who could take the shift instead.
        UsageFault: somebody is unknown, or is to give a shift to the same person.
    """
    for handover in handovers:
        if handover.to not in release.edition.case.company.employee:
            raise UsageFault(f"{handover.to!r} is no employee of {release.week} (allowed: an employee_id)")
        if handover.to == handover.shift.employee_id:
            raise UsageFault(f"{handover.shift.shift_id} is {handover.to}'s already: nobody swaps with oneself")
    plan = _after(release, handovers)
    case, overlay = without_pins(release.edition.case, release.overlay, (h.shift.as_shift() for h in handovers))
    clashes = audit(replace(case, published=None), plan, rules).clashes
    if clashes:
        raise ChangeRefused(_refusal(release, handovers, clashes, rules))
    edition = edited(release, case, plan, rules, "shifts changed hands")
    return Proposal.judged(
        edition, rules, release.inputs, parent=release.number, kind=kind, overlay=overlay, reason=reason
    )


def _after(release: Release, handovers: Iterable[Handover]) -> Plan:
    given = {handover.shift.shift_id for handover in handovers}
    kept = [shift for shift in release.edition.plan.shifts if shift.shift_id not in given]
    return Plan(tuple(sorted([*kept, *(handover.result() for handover in handovers)])))


def _refusal(
    release: Release, handovers: Sequence[Handover], clashes: Sequence[Clash], rules: Mapping[str, Rule]
) -> str:
    what = " and ".join(f"{h.shift.shift_id} to {h.to}" for h in handovers)
    lines = "\n".join(f"  {clash.rule}: {clash.message}" for clash in clashes)
    legal = list(islice(takers(release, handovers[0].shift, rules), MOST_SHOWN))
    instead = f"{handovers[0].shift.shift_id} could go to {', '.join(legal)}" if legal else "nobody could take it"
    return f"refused, nothing was changed: {what} would break\n{lines}\nLegal would be: {instead}."


def takers(release: Release, shift: ReleasedShift, rules: Mapping[str, Rule]) -> Iterator[str]:
    """Employee ids of those who could take a shift without breaking any rule, those with the fewest minutes first.

    Args:
        release: the effective release of its week.
        shift: the shift.
        rules: all of them, by name.
    """
    edition = release.edition
    served = {row.employee_id: row.minutes for row in edition.participation}
    case, _ = without_pins(replace(edition.case, published=None), release.overlay, [shift.as_shift()])
    kept = Plan(tuple(other for other in edition.plan.shifts if other.shift_id != shift.shift_id))
    instance = compile_instance(case, rules)
    roster = Roster.of(case, kept, instance)
    first, last = case.horizon.floor(shift.start), case.horizon.ceil(shift.end)
    wanted = case.queue_index[shift.queue_id], first, last - first
    people = case.company.employees
    for e in sorted(range(len(people)), key=lambda n: (served.get(people[n].employee_id, 0), n)):
        if people[e].employee_id != shift.employee_id and could_add(instance, roster, e, wanted):
            yield people[e].employee_id
