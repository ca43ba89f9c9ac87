"""Why a queue is short in a stretch, and what it would take: each answer is solved again and judged by witnesses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rotation.solve.explain.binding import SERVES, Binding, Cause
from rotation.solve.explain.comparison import Comparison, compared, missing_in
from rotation.solve.explain.judged import JudgedWeek
from rotation.solve.explain.relaxations import Relaxation, Shortfall, relaxations
from rotation.solve.explain.resolving import Effort, resolve, side_by_side
from rotation.solve.explain.scope import Scope, Span

MOST_STEPS = 3
"""Changes that are tried together, one on top of the other."""


@dataclass(frozen=True)
class Confirmed:
    """A change that helps, found by solving again.

    Args:
        relaxation: the change.
        after: the plan it allows, judged.
        here: agent-minutes fewer missing in the stretch.
        week: the same in the whole week; less than ``here`` where other stretches lose.
        points: points saved.
        proven: whether no better plan of the neighbourhood exists.
    """

    relaxation: Relaxation
    after: JudgedWeek
    here: int
    week: int
    points: int
    proven: bool


@dataclass(frozen=True)
class ShortageAnswer:
    """Why a stretch is short.

    Args:
        span: the stretch.
        missing: agent-minutes.
        kept: how many people each cause keeps, those who matter most first.
        cause: what binds, in words.
        binds: name of what binds: a kind of relaxation, ``points``, ``search`` or the commonest cause.
        better: the same rules allow a cheaper plan that covers more of it, None where not.
        forced: the cheapest plan found that covers as much of it as the rules allow; None where it is no more.
        single: changes that help alone, best first.
        together: changes one on top of the other, where no single one covers all.
    """

    span: Span
    missing: int
    kept: tuple[tuple[Cause, int], ...]
    cause: str
    binds: str
    better: Comparison | None
    forced: Comparison | None
    single: tuple[Confirmed, ...]
    together: tuple[Confirmed, ...]


def short_stretches(week: JudgedWeek, queues: Sequence[int] | None = None) -> list[Span]:
    """Stretches in which a queue lacks agents, the worst first.

    Args:
        week: the plan.
        queues: only these; None for all.
    """
    found = []
    for q in range(len(week.lacking)) if queues is None else queues:
        cells = np.concatenate([[False], week.lacking[q] > 0, [False]]).astype(np.int8)
        edges = np.flatnonzero(np.diff(cells)).tolist()
        found += [(q, a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return sorted(found, key=lambda span: (-missing_in(week, span), span))


class Shortages:
    """Answers about one plan.

    Args:
        week: the plan.
        effort: how hard to solve.
    """

    def __init__(self, week: JudgedWeek, effort: Effort) -> None:
        self.week, self.effort = week, effort
        self.scope = Scope(week)
        self.binding = Binding(week)

    def explain(self, span: Span) -> ShortageAnswer:
        """Why one stretch is short."""
        count, people = self.binding.count(span)
        free = self.scope.around(span)
        choices = self.scope.choices(free, [span])
        cells = {(span[0], t): int(self.week.case.missing[span[0], t]) for t in range(span[1], span[2])}
        runs = side_by_side(
            lambda push: resolve(self.week.instance, self.week.roster, choices, self.effort, pushed=push),
            [None, cells],
            self.effort,
        )
        base, pushed = (self.week.beside(run.roster) for run in runs)
        base = base if not self._worse(base) and base.objective < self.week.objective else self.week
        better = compared(self.week, base) if missing_in(base, span) < missing_in(self.week, span) else None
        forced = compared(base, pushed) if missing_in(pushed, span) < missing_in(base, span) else None
        single = self._confirm(base, span, self._proposals(Shortfall(self.week, span, people, self.binding)), free)
        together = self._together(span, single, free)
        dearer = forced is not None and forced.fewer_missing > 0
        binds = "search" if better else "points" if dearer else self._binds(single, count)
        ordered = _ordered(count)
        return ShortageAnswer(
            span=span,
            missing=missing_in(self.week, span),
            kept=ordered,
            cause=_words(ordered),
            binds=binds,
            better=better,
            forced=forced,
            single=single,
            together=together,
        )

    def _worse(self, other: JudgedWeek) -> bool:
        return len(other.audit.clashes) > len(self.week.audit.clashes)

    def _proposals(self, short: Shortfall) -> list[Relaxation]:
        return [change for kind in relaxations().values() for change in kind.propose(short)]

    def _confirm(
        self, base: JudgedWeek, span: Span, proposals: Sequence[Relaxation], free: Sequence[int]
    ) -> tuple[Confirmed, ...]:
        def confirmed(change: Relaxation) -> Confirmed | None:
            before = JudgedWeek(change.apply(base.world), base.roster)
            scope = Scope(before, self.scope)
            people = sorted({*free, *change.people})
            run = resolve(before.instance, before.roster, scope.choices(people, [span]), self.effort)
            after = before.beside(run.roster)
            here = missing_in(base, span) - missing_in(after, span)
            if here <= 0 or self._worse(after) or self.effort.stopped():
                return None
            fewer = base.missing_minutes - after.missing_minutes
            return Confirmed(change, after, here, fewer, base.objective - after.objective, run.proven)

        found = [answer for answer in side_by_side(confirmed, proposals, self.effort) if answer]
        return tuple(sorted(found, key=lambda c: (-c.here, -c.points, c.relaxation.change)))

    def _together(self, span: Span, single: Sequence[Confirmed], free: Sequence[int]) -> tuple[Confirmed, ...]:
        """The best change, then the best one on top of it, and so on while the stretch is short."""
        steps = list(single[:1])
        while steps and len(steps) < MOST_STEPS and missing_in(steps[-1].after, span) and not self.effort.stopped():
            after = steps[-1].after
            binding = Binding(after)
            proposals = self._proposals(Shortfall(after, span, binding.count(span)[1], binding))
            more = self._confirm(after, span, proposals, free)
            if not more:
                break
            steps.append(more[0])
        return tuple(steps) if len(steps) > 1 else ()

    def _binds(self, single: Sequence[Confirmed], count: Mapping[Cause, int]) -> str:
        if single:
            return single[0].relaxation.kind
        ordered = [cause for cause, _ in _ordered(count) if cause.kind != SERVES]
        return ordered[0].kind if ordered else SERVES


def _ordered(count: Mapping[Cause, int]) -> tuple[tuple[Cause, int], ...]:
    """Causes of those who are certified and free first, then facts, each by the number of people."""
    facts = ("absent", "meeting", "off", "lapsed", "not_certified")
    rank = {kind: n for n, kind in enumerate(facts, 1)}
    return tuple(sorted(count.items(), key=lambda item: (rank.get(item[0].kind, 0), -item[1], item[0].kind)))


def _words(ordered: Sequence[tuple[Cause, int]]) -> str:
    """One sentence about everybody who is certified."""
    certified = [(cause, n) for cause, n in ordered if cause.kind not in ("lapsed", "not_certified")]
    lapsed = sum(n for cause, n in ordered if cause.kind == "lapsed")
    tail = f"; {lapsed} more have a certification that does not hold then" if lapsed else ""
    if not certified:
        return f"nobody is certified{tail}"
    able = [(cause, n) for cause, n in certified if cause.kind not in ("absent", "meeting", "off")]
    total = sum(n for _, n in certified)
    if not able:
        away = ", ".join(f"{n} {cause.words}" for cause, n in certified)
        return f"none of the {total} certified people is at work and free: {away}{tail}"
    serving = sum(n for cause, n in able if cause.kind == SERVES)
    kept = [f"{n} {cause.words}" for cause, n in able if cause.kind != SERVES]
    if not kept:
        return f"all {serving} certified people who are at work and free serve it{tail}"
    also = f" (beside {serving} who serve it)" if serving else ""
    return f"of {sum(n for _, n in able) - serving} more certified and free{also}: {', '.join(kept)}{tail}"
