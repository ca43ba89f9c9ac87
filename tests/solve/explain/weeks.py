"""Tiny weeks that are planned to the end and then asked about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rotation.company import Queue
from rotation.rules import rules
from rotation.solve.explain.judged import JudgedWeek, World
from rotation.solve.explain.resolving import Effort
from rotation.solve.explain.shortage import ShortageAnswer, Shortages, short_stretches
from tests.solve.builders import planned
from tests.tiny import person, tiny_case, tiny_company, tiny_plan

QUEUE = Queue("Q", "Q", 300, min_agents=0)
EFFORT = Effort(work=1.0, workers=1)


def office(key: str, department: str = "D", **changes: Any) -> Any:
    """Somebody who works 8 to 17."""
    return person(key, department, **({"work_pattern_id": "office"} | changes))


def judged(*people: Any, required: dict[str, int], plan: Sequence[str] = (), **tables: Any) -> JudgedWeek:
    """A plan, by default the best one, of a company whose queue asks for nobody but at the times given."""
    case = tiny_case(tiny_company(*people, **({"queues": (QUEUE,)} | tables)), required=required)
    return JudgedWeek.of(World(case, rules()), tiny_plan(case, *plan) if plan else planned(case).plan)


def explained(week: JudgedWeek) -> ShortageAnswer:
    """Why the only short stretch is short."""
    (span,) = short_stretches(week)
    return Shortages(week, EFFORT).explain(span)


def changes(answer: ShortageAnswer) -> dict[str, int]:
    """Agent-minutes that each single change removes from the stretch."""
    return {row.relaxation.change: row.here for row in answer.single}
