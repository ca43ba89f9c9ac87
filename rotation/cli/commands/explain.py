"""``rotation explain``: why a written plan is as it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from rotation.cli.commands.plan import stop_on_interrupt
from rotation.cli.written import employee_index, queue_index, reread, written_options
from rotation.errors import UsageFault
from rotation.plan import Case
from rotation.timegrid import IsoWeek

if TYPE_CHECKING:
    from rotation.solve.explain.judged import JudgedWeek
    from rotation.solve.explain.resolving import Effort

MOST = 5


@click.command(
    "explain",
    epilog="""\b
Examples:
  rotation explain --week 2026-W49 --short
  rotation explain --week 2026-W49 --short --queue repair --most 20
  rotation explain --week 2026-W49 --employee E017
  rotation explain --week 2026-W49 --employee E017 --interval 2026-12-02T10:00-08:00
""",
)
@written_options
@click.option("--short", is_flag=True, help="Why queues are short and what it would take; the worst stretches first.")
@click.option("--employee", help="Why this person has these shifts.")
@click.option("--interval", help="With --employee: why not at this instant, ISO 8601 with offset.")
@click.option("--queue", help="Only this queue.")
@click.option("--most", type=click.IntRange(1, 10_000), default=MOST, show_default=True, help="Stretches at most.")
@click.option("--work", type=click.FloatRange(0.05, 600), default=0.5, show_default=True, help="Effort of each run.")
@click.option("--workers", type=click.IntRange(1, 256), default=2, show_default=True, help="Runs at the same time.")
def COMMAND(  # noqa: N802
    company: Path,
    config: Path,
    week: IsoWeek | None,
    folder: Path | None,
    store: str | None,
    short: bool,
    employee: str | None,
    interval: str | None,
    queue: str | None,
    most: int,
    work: float,
    workers: int,
) -> None:
    """Explain a written plan by counterfactuals: each answer is solved again and judged by the rules' witnesses.

    Everything stays as planned but a neighbourhood of people around what is asked. Ctrl-C keeps the answers so far.
    """
    if short == (employee is not None):
        raise UsageFault("give either --short, or --employee with an id")
    if interval is not None and employee is None:
        raise UsageFault("--interval needs --employee")
    if queue is not None and employee is not None and interval is None:
        raise UsageFault("--queue with --employee needs --interval")
    found = reread(company, config, week, folder, store).week
    from rotation.solve.explain.resolving import Effort  # not before --help has been answered

    queues = None if queue is None else [queue_index(found.case, queue)]
    with stop_on_interrupt() as stop:
        effort = Effort(work, workers, found.case.company.policy.solver.seed, stop.is_set)
        if employee is None:
            _short(found, queues, most, effort)
            return
        e = employee_index(found.case, employee)
        if interval is None:
            _person(found, e, effort)
        else:
            _not(found, e, interval_index(found.case, interval), queues, effort)


def interval_index(case: Case, text: str) -> int:
    """The interval that holds an instant.

    Raises:
        UsageFault: the text is no instant with offset, or lies outside the week.
    """
    horizon = case.horizon
    try:
        instant = dt.datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        example = horizon.local(horizon.intervals // 2).isoformat(timespec="minutes")
        raise UsageFault(f"{text!r} is no instant with offset; write it like {example}")
    if not horizon.start <= instant < horizon.end:
        raise UsageFault(f"{text} is outside {horizon.week}")
    return horizon.floor(instant)


def _short(week: JudgedWeek, queues: Sequence[int] | None, most: int, effort: Effort) -> None:
    from rotation.report.terminal.explanation import shortage_lines
    from rotation.solve.explain.comparison import missing_in
    from rotation.solve.explain.shortage import Shortages, short_stretches

    console, shortages = Console(), Shortages(week, effort)
    spans = short_stretches(week, queues)
    total = sum(missing_in(week, span) for span in spans)
    if not spans:
        console.print("no queue is short")
        return
    head = f"{len(spans)} short {'stretch' if len(spans) == 1 else 'stretches'}, {total / 60:g} agent-hours missing"
    console.print(f"{head}; the worst {most} are explained" if len(spans) > most else head, highlight=False)
    for span in spans[:most]:
        if effort.stopped():
            click.echo("stopped; the other stretches were not looked at", err=True)
            return
        with Console(stderr=True).status("solving again around the stretch; Ctrl-C keeps the answers so far"):
            answer = shortages.explain(span)
        for line in shortage_lines(week.case, answer):
            console.print(line)


def _person(week: JudgedWeek, e: int, effort: Effort) -> None:
    from rotation.report.terminal.explanation import person_heading, shift_lines
    from rotation.solve.explain.person import Person

    console = Console()
    console.print(person_heading(week.case, e, len(week.shifts_of(e))))
    for answer in Person(week, e, effort).shifts():
        for line in shift_lines(week.case, answer):
            console.print(line)


def _not(week: JudgedWeek, e: int, t: int, queues: Sequence[int] | None, effort: Effort) -> None:
    from rotation.report.terminal.explanation import why_not_lines
    from rotation.solve.explain.person import Person

    asked = list(queues) if queues is not None else list(range(len(week.case.company.queues)))
    for line in why_not_lines(week.case, e, t, asked, Person(week, e, effort).why_not(t, asked)):
        Console().print(line)
