"""The short table that ends a planning run."""

from __future__ import annotations

from collections.abc import Mapping

from rich.table import Table
from rich.text import Text

from rotation.plan import Edition
from rotation.report.folder import WrittenPlan
from rotation.report.headline import Headline, headline, terms
from rotation.report.spelling import agent_hours, decimal, hours, plain, share, whole


def summary_table(source: Edition | WrittenPlan) -> Table:
    """Status, objective by term, bound and gap, missing agent-hours, people inside the band, clashes.

    Args:
        source: a plan, fresh or read back.
    """
    if isinstance(source, Edition):
        numbers, points = headline(source), source.points
    else:
        numbers, points = source.headline(), source.record.points
    table = Table(title=f"{numbers.week} · {numbers.zone} · {numbers.release}", title_justify="left", show_header=False)
    table.add_column("What", no_wrap=True)
    table.add_column("Value")
    _status(table, numbers)
    table.add_section()
    _objective(table, numbers, points)
    return table


def _status(table: Table, numbers: Headline) -> None:
    bad = "bold red"
    table.add_row("Status", Text(plain(numbers.status_words), style=bad if numbers.status == "clash" else "bold"))
    table.add_row("Clashes", Text(whole(numbers.clashes), style=bad if numbers.clashes else ""))
    missing = f"{agent_hours(numbers.missing_minutes)} of {decimal(numbers.asked_minutes / 60, 1)} asked"
    table.add_row("Missing", Text(missing, style=bad if numbers.missing_minutes else ""))
    inside = f"{whole(numbers.inside)} of {whole(numbers.due)} people who take part"
    table.add_row("Inside the band", Text(inside, style="" if numbers.inside == numbers.due else "bold yellow"))
    table.add_row("Shifts", f"{whole(numbers.shifts)}, {hours(numbers.planned_minutes)}")


def _objective(table: Table, numbers: Headline, points: Mapping[str, int]) -> None:
    bound = f"{whole(numbers.objective)} points; proven bound {whole(numbers.lower_bound)}, gap {share(numbers.gap)}"
    table.add_row("Objective", bound)
    for term in terms(points):
        if term.points:
            table.add_row(Text(f"  {plain(term.name)}"), whole(term.points))
