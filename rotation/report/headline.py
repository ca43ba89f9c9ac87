"""The handful of numbers that say how good a week's plan is. The page and the terminal show the same ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rotation.company import Weights
from rotation.plan import Edition
from rotation.report.spelling import day, whole
from rotation.timegrid import MINUTES_A_DAY, Horizon

STATUS_WORDS = {
    "optimal": "Optimal: proven that no plan costs less",
    "feasible": "Feasible: every hard rule holds",
    "interrupted": "Interrupted: the best plan found until then",
    "clash": "Clash: hard rules are broken; must not be released",
}
NOT_DUE = ("away", "exempt")


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the objective: its name, its points and what a point stands for."""

    name: str
    points: int
    meaning: str


@dataclass(frozen=True, slots=True)
class Headline:
    """The numbers of a week.

    Args:
        week: the ISO week.
        zone: the site's zone.
        period: first and last day in words, with a note when the week has not 168 hours.
        release: ``draft`` or the release's number in words.
        status: the search's status; ``clash`` whenever a hard rule is broken.
        status_words: what it means.
        objective: points.
        lower_bound: points.
        gap: proven distance, share of the objective.
        asked_minutes: agent-minutes that the rotation is asked for.
        missing_minutes: agent-minutes missing.
        planned_minutes: agent-minutes of the plan's shifts.
        shifts: number of shifts.
        inside: people inside their band.
        due: people who take part this week.
        clashes: broken hard rules.
    """

    week: str
    zone: str
    period: str
    release: str
    status: str
    status_words: str
    objective: int
    lower_bound: int
    gap: float
    asked_minutes: int
    missing_minutes: int
    planned_minutes: int
    shifts: int
    inside: int
    due: int
    clashes: int


def headline(edition: Edition) -> Headline:
    """Gather an edition's headline numbers."""
    case, search = edition.case, edition.search
    status = "clash" if edition.clashes else search.status
    due = [row for row in edition.participation if row.status not in NOT_DUE]
    return Headline(
        week=str(case.horizon.week),
        zone=case.horizon.zone_name,
        period=period(case.horizon),
        release=release_words(edition.release),
        status=status,
        status_words=STATUS_WORDS.get(status, status),
        objective=search.objective,
        lower_bound=search.lower_bound,
        gap=search.gap,
        asked_minutes=int(case.missing.sum()) * case.horizon.interval_min,
        missing_minutes=int(edition.coverage.shortage.sum()) * case.horizon.interval_min,
        planned_minutes=sum(shift.minutes for shift in edition.plan.shifts),
        shifts=len(edition.plan.shifts),
        inside=sum(row.status == "inside" for row in due),
        due=len(due),
        clashes=len(edition.clashes),
    )


def release_words(number: int) -> str:
    """``draft`` or ``release 3``."""
    return f"release {number}" if number else "draft"


def period(horizon: Horizon) -> str:
    """First and last day of a week, and its length when the clocks change."""
    days, numbers = horizon.days(), horizon.day_numbers()
    text = f"{day(days[0])} – {day(days[-1])} {days[-1].year}"
    lengths = [numbers.count(number) * horizon.interval_min for number in range(len(days))]
    changed = [day(date) for date, minutes in zip(days, lengths, strict=True) if minutes != MINUTES_A_DAY]
    if not changed:
        return text
    return f"{text} · {sum(lengths) / 60:g} hours, the clocks change on {', '.join(changed)}"


def terms(points: Mapping[str, int], weights: Weights | None = None) -> tuple[Term, ...]:
    """The objective by term, the dearest first.

    Args:
        points: by term.
        weights: those in force; the meaning of a term is the policy's own description of its weight.
    """
    rows = []
    for name, value in points.items():
        described = Weights.model_fields.get(name)
        meaning = f"{whole(getattr(weights, name))} {described.description}" if described and weights else ""
        rows.append(Term(name, value, meaning))
    return tuple(sorted(rows, key=lambda term: (-term.points, term.name)))
