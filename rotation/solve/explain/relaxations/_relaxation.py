"""What a member of the family must be able to do: propose changes that could free somebody for a short stretch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, runtime_checkable

from rotation.company import Company
from rotation.solve.explain.binding import Binding, Cause
from rotation.solve.explain.judged import JudgedWeek, World
from rotation.solve.explain.scope import Span

FEW = 3
"""People for whom one kind of change is tried."""


@dataclass(frozen=True)
class Relaxation:
    """One change, not yet tried.

    Args:
        kind: name of the member that proposes it.
        change: what would be changed, in words, as an imperative.
        how: where a planner would change it: file, column or key, old and new value.
        apply: the world after it.
        people: indices of those who must be free when it is tried.
    """

    kind: str
    change: str
    how: str
    apply: Callable[[World], World]
    people: tuple[int, ...] = ()


@dataclass(frozen=True)
class Shortfall:
    """A short stretch with what keeps people from it.

    Args:
        week: the plan.
        span: the stretch.
        kept: who is kept by which cause.
        binding: looks up further causes.
    """

    week: JudgedWeek
    span: Span
    kept: Mapping[Cause, Sequence[int]]
    binding: Binding

    @property
    def queue_id(self) -> str:
        """The queue that is short."""
        return self.week.case.company.queues[self.span[0]].queue_id

    def of(self, *kinds: str) -> list[int]:
        """People whom a cause of these kinds keeps."""
        return [e for cause, people in self.kept.items() if cause.kind in kinds for e in people]

    def groups(self, kind: str) -> list[str]:
        """Groups whose limit keeps somebody."""
        return [cause.group for cause in self.kept if cause.kind == kind]

    def free(self, e: int) -> int:
        """Intervals of the stretch in which somebody is at work, free and without a shift."""
        _, a, b = self.span
        cells = self.week.instance.week.available[e, a:b].copy()
        for _, first, length in self.week.shifts_of(e):
            cells[max(0, first - a) : max(0, first + length - a)] = False
        return int(cells.sum())

    def unheld(self, e: int) -> int:
        """The same without intervals in which the own department, the site or another rule for all queues is full."""
        _, a, b = self.span
        week = self.week.instance.week
        return sum(bool(week.available[e, t]) and not self.binding.held(e, -1, t) for t in range(a, b))

    def room(self, e: int) -> int:
        """Intervals that somebody may still serve in the week."""
        return self.week.most(e) - int(self.week.served[e])


@runtime_checkable
class Kind(Protocol):
    """A member of the family; its name is its file's name."""

    @property
    def summary(self) -> str:
        """One line: what it loosens."""
        ...

    def propose(self, short: Shortfall) -> Iterable[Relaxation]:
        """Changes worth trying, the likeliest first; none where this kind does not bind."""
        ...


def with_company(world: World, **changes: Any) -> World:
    """The world with some of the company's tables changed."""
    return replace(world, case=replace(world.case, company=replace(world.case.company, **changes)))


def with_policy(world: World, section: str, **changes: Any) -> World:
    """The world with some keys of a section of the policy changed."""
    policy = world.case.company.policy
    loosened = getattr(policy, section).model_copy(update=changes)
    return with_company(world, policy=policy.model_copy(update={section: loosened}))


def person(company: Company, e: int) -> str:
    """Somebody as messages say it."""
    employee = company.employees[e]
    return f"{employee.name} ({employee.employee_id})"
