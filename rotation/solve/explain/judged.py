"""A plan beside its compiled week: as it is, or as it would be if something were relaxed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from rotation.declaration import Rule
from rotation.plan import Case, Clash, Plan, Shift, weekly_bands
from rotation.plan.case import IntArray
from rotation.solve.audit import Audit, audit
from rotation.solve.instance import Instance, compile_instance
from rotation.solve.roster import Roster
from rotation.solve.weekshape import FORBIDDEN


@dataclass(frozen=True, eq=False)
class World:
    """The rules of a week, as they are or as they would be.

    Args:
        case: the week.
        rules: by name.
        beyond_band: minutes that somebody may serve beyond the band by way of exception, by employee id.
    """

    case: Case
    rules: Mapping[str, Rule]
    beyond_band: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def instance(self) -> Instance:
        """The compiled week. What is served beyond a band by exception is priced like the band's last interval."""
        instance = compile_instance(self.case, self.rules)
        if not self.beyond_band:
            return instance
        extra = {self.case.employee_index[key]: value // self.step for key, value in self.beyond_band.items()}
        table = instance.week.served_points
        wider = np.full((table.shape[0], table.shape[1] + max(extra.values())), FORBIDDEN, dtype=np.int64)
        wider[:, : table.shape[1]] = table
        for e, more in extra.items():
            most = int(np.flatnonzero(table[e] < FORBIDDEN).max())
            wider[e, most + 1 : most + 1 + more] = table[e, most]
        return replace(instance, week=replace(instance.week, served_points=wider))

    @property
    def step(self) -> int:
        """Minutes of an interval."""
        return self.case.horizon.interval_min

    def judge(self, plan: Plan) -> Audit:
        """What the witnesses say; an excused excess of a band is no clash."""
        judged = audit(self.case, plan, self.rules)
        return Audit(tuple(clash for clash in judged.clashes if not self._excused(clash, plan)), judged.points)

    def _excused(self, clash: Clash, plan: Plan) -> bool:
        more = self.beyond_band.get(clash.employee_id)
        if clash.rule != "band" or more is None:
            return False
        served = sum(shift.minutes for shift in plan.by_employee.get(clash.employee_id, ()))
        return served <= weekly_bands(self.case)[self.case.employee_index[clash.employee_id]].band_max + more


@dataclass(frozen=True, eq=False)
class JudgedWeek:
    """A plan in a world.

    Args:
        world: the rules.
        roster: the shifts that can stand by themselves.
        dropped: shifts of the plan that cannot stand as the company is today, each with the clash that says why.
    """

    world: World
    roster: Roster
    dropped: tuple[tuple[Shift, str], ...] = ()

    @classmethod
    def of(cls, world: World, plan: Plan) -> JudgedWeek:
        """Judge a plan; shifts that break a rule of one person alone are taken out: no engine could hold them."""
        dropped: list[tuple[Shift, str]] = []
        while wrong := _wrong(world, plan):
            dropped += wrong.items()
            plan = Plan(tuple(shift for shift in plan.shifts if shift not in wrong))
        return cls(world, Roster.of(world.case, plan, world.instance), tuple(dropped))

    def beside(self, roster: Roster) -> JudgedWeek:
        """Another roster in the same world."""
        return JudgedWeek(self.world, roster)

    @cached_property
    def plan(self) -> Plan:
        """The shifts."""
        return self.roster.plan(self.case)

    @cached_property
    def audit(self) -> Audit:
        """What the witnesses say."""
        return self.world.judge(self.plan)

    @property
    def case(self) -> Case:
        """The week."""
        return self.world.case

    @property
    def instance(self) -> Instance:
        """The compiled week."""
        return self.world.instance

    @property
    def objective(self) -> int:
        """All points, by the witnesses."""
        return self.audit.objective

    @cached_property
    def lacking(self) -> IntArray:
        """Agents missing, (Q, T)."""
        assigned = np.zeros_like(self.case.missing)
        for _, q, first, length in self.roster.flat():
            assigned[q, first : first + length] += 1
        lacking: IntArray = np.maximum(self.case.missing - assigned, 0).astype(np.int32)
        return lacking

    @property
    def missing_minutes(self) -> int:
        """Agent-minutes missing in the whole week."""
        return int(self.lacking.sum()) * self.world.step

    @cached_property
    def served(self) -> IntArray:
        """Intervals that each serves, (E,)."""
        return np.array(
            [int(row[:n, 2].sum()) for row, n in zip(self.roster.shifts, self.roster.counts, strict=True)],
            dtype=np.int32,
        )

    def most(self, e: int) -> int:
        """Intervals that an employee may serve at most."""
        return int(np.flatnonzero(self.instance.week.served_points[e] < FORBIDDEN).max())

    def shifts_of(self, e: int) -> list[tuple[int, int, int]]:
        """An employee's shifts as (queue, first interval, length)."""
        return [(q, t, n) for q, t, n in self.roster.shifts[e, : self.roster.counts[e]].tolist()]

    def index_of(self, shift: Shift) -> tuple[int, int, int, int]:
        """A shift as (employee, queue, first interval, length)."""
        case, first = self.case, self.case.horizon.floor(shift.start)
        length = self.case.horizon.ceil(shift.end) - first
        return case.employee_index[shift.employee_id], case.queue_index[shift.queue_id], first, length


def _wrong(world: World, plan: Plan) -> dict[Shift, str]:
    """Shifts that clash by themselves; rules between people and promises are left to the audit."""
    horizon = world.case.horizon
    found = {}
    for shift in plan.shifts:
        if not (horizon.start <= shift.start and shift.end <= horizon.end):
            found[shift] = "lies outside the week"
        elif not (horizon.on_grid(shift.start) and horizon.on_grid(shift.end)):
            found[shift] = f"is not on the grid of {horizon.interval_min} minutes"
    for clash in world.judge(plan).clashes:
        if clash.rule == "pins" or not clash.employee_id:
            continue
        mine = [shift for shift in plan.shifts if shift.employee_id == clash.employee_id]
        exact = [shift for shift in mine if (shift.start, shift.end) == (clash.start, clash.end)]
        for shift in exact or mine[-1:]:
            found.setdefault(shift, f"{clash.rule}: {clash.message}")
    return found
