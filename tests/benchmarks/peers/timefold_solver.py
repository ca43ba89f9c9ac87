"""Timefold (the PyPI package ``timefold``, on a JDK) with every rule of the week as a constraint stream.

A person's day is a planning entity whose value is one of the person's legal shifts of that day, or none. Construction
heuristic and local search are Timefold's defaults; its community edition searches on one thread. Timefold proves no
bound. Points of rows that nobody is counted in are left out as constant: the audit counts what the plan is worth.
"""

# No postponed annotations here: Timefold reads the classes' types when it translates them to Java.
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Annotated

import numpy as np
from timefold.solver import SolverFactory
from timefold.solver.config import Duration, ScoreDirectorFactoryConfig, SolverConfig, TerminationConfig
from timefold.solver.domain import (
    PlanningEntityCollectionProperty,
    PlanningId,
    PlanningScore,
    PlanningVariable,
    ProblemFactCollectionProperty,
    ValueRangeProvider,
    planning_entity,
    planning_solution,
)
from timefold.solver.score import (
    Constraint,
    ConstraintCollectors,
    ConstraintFactory,
    HardSoftScore,
    constraint_provider,
)

from rotation.plan import Case
from rotation.solve.instance import Instance
from rotation.solve.rowtable import HARD
from rotation.solve.weekshape import FORBIDDEN
from tests.benchmarks.peers.shifts import legal_shifts


@dataclass(eq=False)
class Group:
    """All rows of the same people: points and units beyond hard limits, by interval and activity above the least.

    Points are those beyond the points that a row has when nobody counts in it. Looking both up is as fast as Timefold
    can have it.
    """

    number: int
    least: int
    points: list[list[int]]
    beyond: list[list[int]]


@dataclass(eq=False)
class Mark:
    """What one interval of a person counts in a group."""

    group: Group
    coefficient: int


@dataclass(eq=False)
class Person:
    """Somebody's own points: before each interval, and of each number of intervals served (beyond those of none)."""

    number: int
    before: list[int]
    served: list[int]
    marks: list[list[Mark]]
    week_marks: list[list[Mark]]


@dataclass(eq=False)
class Choice:
    """A shift that several people could take."""

    queue: int
    first: int
    length: int
    points: int
    times: list[int]


@planning_entity
@dataclass(eq=False)
class Duty:
    """One day of one person."""

    id: Annotated[int, PlanningId]
    person: Person
    choices: Annotated[list[Choice], ValueRangeProvider(id="choices")]
    choice: Annotated[
        Choice | None, PlanningVariable(allows_unassigned=True, value_range_provider_refs=["choices"])
    ] = field(default=None)


@planning_solution
@dataclass(eq=False)
class Week:
    """The problem and, after solving, its plan."""

    people: Annotated[list[Person], ProblemFactCollectionProperty]
    duties: Annotated[list[Duty], PlanningEntityCollectionProperty]
    a_week: int
    score: Annotated[HardSoftScore | None, PlanningScore] = field(default=None)


def own_points(duty: Duty) -> int:
    """Points of the shift for its person."""
    choice, before = duty.choice, duty.person.before
    return before[choice.first + choice.length] - before[choice.first] + choice.points


def above_band(person: Person, served: int) -> int:
    """Intervals beyond the band's upper end."""
    return max(0, served - (len(person.served) - 1))


def band_points(person: Person, served: int) -> int:
    """Points of a number of intervals, less those of none; negative when serving is better."""
    return person.served[min(served, len(person.served) - 1)]


@constraint_provider
def define_constraints(factory: ConstraintFactory) -> list[Constraint]:
    """All rules."""
    served = factory.for_each(Duty).group_by(
        lambda duty: duty.person, ConstraintCollectors.sum(lambda duty: duty.choice.length)
    )
    rows = (
        factory.for_each(Duty)
        .map(lambda duty: duty, lambda duty: duty.choice.times)
        .flatten_last(lambda times: times)
        .map(lambda duty, t: t, lambda duty, t: duty.person.marks[duty.choice.queue])
        .flatten_last(lambda marks: marks)
        .group_by(
            lambda t, mark: mark.group, lambda t, mark: t, ConstraintCollectors.sum(lambda t, mark: mark.coefficient)
        )
    )
    week_rows = (
        factory.for_each(Duty)
        .map(lambda duty: duty.choice.length, lambda duty: duty.person.week_marks[duty.choice.queue])
        .flatten_last(lambda marks: marks)
        .group_by(
            lambda length, mark: mark.group,
            ConstraintCollectors.sum(lambda length, mark: mark.coefficient * length),
        )
    )
    return [
        factory.for_each(Duty).penalize(HardSoftScore.ONE_SOFT, own_points).as_constraint("own points"),
        served.filter(lambda person, n: above_band(person, n) > 0)
        .penalize(HardSoftScore.ONE_HARD, above_band)
        .as_constraint("band, upper end"),
        served.impact(HardSoftScore.ONE_SOFT, lambda person, n: -band_points(person, n)).as_constraint("band"),
        rows.filter(lambda group, t, n: group.beyond[t][n - group.least] > 0)
        .penalize(HardSoftScore.ONE_HARD, lambda group, t, n: group.beyond[t][n - group.least])
        .as_constraint("hard rows"),
        rows.impact(HardSoftScore.ONE_SOFT, lambda group, t, n: -group.points[t][n - group.least]).as_constraint(
            "rows"
        ),
        week_rows.impact(HardSoftScore.ONE_SOFT, lambda group, n: -group.points[0][n - group.least]).as_constraint(
            "week rows"
        ),
    ]


def groups_of(instance: Instance) -> dict[int, Group]:
    """The group of each first row group of the same people; of the others nothing need be marked."""
    rows = instance.rows
    who = np.repeat(np.arange(instance.employees), np.diff(rows.entry_start))
    alike: dict[tuple[bool, bytes], list[int]] = defaultdict(list)
    for g in range(rows.groups):
        mine = rows.entry_group == g
        members = np.stack([who[mine], rows.entry_queue[mine], rows.entry_coefficient[mine]]).tobytes()
        alike[bool(rows.is_week[g]), members].append(g)
    return {gs[0]: _group(instance, gs) for gs in alike.values()}


def _group(instance: Instance, gs: list[int]) -> Group:
    rows = instance.rows
    coefficients = rows.entry_coefficient[rows.entry_group == gs[0]].astype(int)
    if rows.is_week[gs[0]]:
        coefficients = coefficients * (instance.week.served_points.shape[1] + instance.week.longest)
    low, high = int(coefficients[coefficients < 0].sum()), int(coefficients[coefficients > 0].sum())
    activity = np.arange(low, high + 1)[None, :]
    times = 1 if rows.is_week[gs[0]] else instance.intervals
    points, beyond = np.zeros((times, high - low + 1), dtype=int), np.zeros((times, high - low + 1), dtype=int)
    for g in gs:
        for h in range(len(rows.terms[g])):
            distance = activity - rows.limit[g, h, :times, None]
            off = np.maximum(distance if rows.above[g, h] else -distance, 0)
            hard = rows.points[g, h, :times, None] >= HARD
            points += np.where(hard, 0, off * rows.points[g, h, :times, None])
            beyond += np.where(hard, off, 0)
    open_at = instance.week.queue_open.any(axis=0) if times > 1 else np.ones(1, dtype=bool)
    points -= points[:, [-low]]
    kept = [(points[t].tolist(), beyond[t].tolist()) if open_at[t] else ([], []) for t in range(times)]
    return Group(gs[0], low, [row for row, _ in kept], [row for _, row in kept])


def person_of(instance: Instance, e: int, groups: dict[int, Group]) -> Person:
    """One person's points and where each interval counts."""
    week, rows = instance.week, instance.rows
    marks: tuple[list[list[Mark]], list[list[Mark]]] = ([], [])
    for q in range(week.queue_open.shape[0]):
        for kind in marks:
            kind.append([])
        for i in range(int(rows.entry_start[e]), int(rows.entry_start[e + 1])):
            g = int(rows.entry_group[i])
            if g in groups and rows.entry_queue[i] in (-1, q):
                marks[int(rows.is_week[g])][q].append(Mark(groups[g], int(rows.entry_coefficient[i])))
    before = np.concatenate([[0], np.cumsum(week.interval_points[e], dtype=np.int64)]).tolist()
    table = week.served_points[e]
    allowed = table[table < FORBIDDEN]
    return Person(e, before, (allowed - allowed[0]).tolist(), *marks)


def problem_of(instance: Instance) -> Week:
    """The week as Timefold's facts and entities."""
    week, groups = instance.week, groups_of(instance)
    if week.a_day != 1 or len(week.promise_points) or 0 < week.a_week < 5:
        raise ValueError("this peer says one shift a day, at most five a week, and no promised shifts")
    shared: dict[tuple[int, int, int], Choice] = {}
    people, duties = [], []
    for e in range(instance.employees):
        person = person_of(instance, e, groups)
        people.append(person)
        days: dict[int, list[Choice]] = defaultdict(list)
        tomorrow = week.next_day[week.zone_of[e]]
        for q, first, length, _ in legal_shifts(instance, e):
            key = q, first, length
            if key not in shared:
                times = list(range(first, first + length))
                shared[key] = Choice(q, first, length, int(week.length_points[length]), times)
            days[int(tomorrow[first])].append(shared[key])
        duties += [Duty(len(duties) + n, person, choices) for n, choices in enumerate(days.values())]
    return Week(people, duties, week.a_week)


def solve(_case: Case, instance: Instance, seconds: float) -> tuple[np.ndarray, int | None]:
    """Build the problem, then search for so many seconds; building is not counted."""
    config = SolverConfig(
        solution_class=Week,
        entity_class_list=[Duty],
        score_director_factory_config=ScoreDirectorFactoryConfig(constraint_provider_function=define_constraints),
        termination_config=TerminationConfig(spent_limit=Duration(milliseconds=round(1000 * seconds))),
    )
    found = SolverFactory.create(config).build_solver().solve(problem_of(instance))
    taken = [(duty.person.number, duty.choice) for duty in found.duties if duty.choice is not None]
    rows = [(e, choice.queue, choice.first, choice.length) for e, choice in taken]
    return np.array(rows, dtype=np.int64).reshape(-1, 4), None
