"""``rotation suggest``: who could take a shift instead."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from rotation.cli.commands.plan import stop_on_interrupt
from rotation.cli.written import meant, reread, written_options
from rotation.errors import UsageFault
from rotation.plan import Shift
from rotation.timegrid import IsoWeek


@click.command(
    "suggest",
    epilog="""\b
Example:
  rotation suggest --week 2026-W49 --shift E078-20261201T2000Z
""",
)
@written_options
@click.option("--shift", "shift_id", required=True, help="Id of the shift, as plan.csv has it.")
@click.option("--most", type=click.IntRange(1, 10_000), default=10, show_default=True, help="Replacements at most.")
@click.option("--work", type=click.FloatRange(0.05, 600), default=0.5, show_default=True, help="Effort of each run.")
@click.option("--workers", type=click.IntRange(1, 256), default=2, show_default=True, help="Runs at the same time.")
def COMMAND(  # noqa: N802
    company: Path,
    config: Path,
    week: IsoWeek | None,
    folder: Path | None,
    store: str | None,
    shift_id: str,
    most: int,
    work: float,
    workers: int,
) -> None:
    """Rank who could take a shift instead, by what the plan would cost.

    A replacement takes the shift beside the own week, or with the own week moved around it; everybody else stays. Each
    one listed breaks no hard rule by the rules' own witnesses. Nothing is changed.
    """
    found = reread(company, config, week, folder, store)
    shift = _shift(found.shifts, shift_id)
    from rotation.report.terminal.explanation import suggestion_lines  # not before --help has been answered
    from rotation.solve.explain.replacements import suggest
    from rotation.solve.explain.resolving import Effort

    status = Console(stderr=True).status("trying everybody who could take the shift")
    with stop_on_interrupt() as stop, status:
        effort = Effort(work, workers, found.week.case.company.policy.solver.seed, stop.is_set)
        answer = suggest(found.week, shift, effort, most)
    for line in suggestion_lines(found.week.case, answer):
        Console().print(line)


def _shift(shifts: dict[str, Shift], shift_id: str) -> Shift:
    if shift_id in shifts:
        return shifts[shift_id]
    raise UsageFault(f"the plan has no shift {shift_id!r}{meant(shift_id, shifts)}")
