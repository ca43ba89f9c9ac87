"""Two plans of a week side by side: what one costs more, by term, and whose weeks differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rotation.solve.explain.judged import JudgedWeek
from rotation.solve.explain.scope import Span


@dataclass(frozen=True)
class Comparison:
    """Another plan against the present one, both by the witnesses.

    Args:
        after: the other plan.
        points: what it costs more; negative: it saves.
        terms: the same by term, largest first, those that differ.
        fewer_missing: agent-minutes fewer missing in the whole week; negative: more.
        people: employee ids whose shifts differ.
        clean: whether it breaks no hard rule that the present plan keeps.
    """

    after: JudgedWeek
    points: int
    terms: Mapping[str, int]
    fewer_missing: int
    people: tuple[str, ...]
    clean: bool


def compared(before: JudgedWeek, after: JudgedWeek) -> Comparison:
    """Lay two plans side by side."""
    old, new = before.audit, after.audit
    moved = {name: new.points.get(name, 0) - old.points.get(name, 0) for name in sorted({*old.points, *new.points})}
    one, other = before.plan.by_employee, after.plan.by_employee
    known = {clash.message for clash in old.clashes}
    return Comparison(
        after=after,
        points=new.objective - old.objective,
        terms=dict(sorted(((name, value) for name, value in moved.items() if value), key=lambda item: -abs(item[1]))),
        fewer_missing=before.missing_minutes - after.missing_minutes,
        people=tuple(key for key in sorted({*one, *other}) if one.get(key, ()) != other.get(key, ())),
        clean=all(clash.message in known for clash in new.clashes),
    )


def missing_in(week: JudgedWeek, span: Span) -> int:
    """Agent-minutes missing in a stretch."""
    q, a, b = span
    return int(week.lacking[q, a:b].sum()) * week.world.step
