"""A written plan brought back to its week: the folder, the company's tables and the policy, read and judged again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rotation.cli.draft import Document
from rotation.cli.options import WeekType, company_options, print_warnings
from rotation.cli.reading import read_case
from rotation.cli.storing import known_of, store_option
from rotation.errors import InputFault, InputFaults, UsageFault
from rotation.plan import Case, Plan, Shift, shift_id
from rotation.release.changing import planned_again
from rotation.report.folder import WrittenPlan, read_folder
from rotation.rules import rules
from rotation.timegrid import IsoWeek

if TYPE_CHECKING:  # the engines take a second to load, which --help need not wait for
    from rotation.cli.options import Function
    from rotation.solve.explain.judged import JudgedWeek


def written_options(command: Function) -> Function:
    """``--week``, ``--plan`` and ``--store`` of commands that look at a written plan, with the company's."""
    folder = click.Path(path_type=Path)
    for option in (
        click.option("--plan", "folder", type=folder, help="The plan's folder; default out/WEEK."),
        click.option("--week", type=WeekType(), metavar="YYYY-Www", help="The ISO week; default that of --plan."),
    ):
        command = option(command)
    return company_options(store_option(command))


@dataclass(frozen=True)
class Reread:
    """A plan read back.

    Args:
        written: the folder's content.
        week: the plan in its week, without shifts that cannot stand today.
        shifts: all shifts by id, those that were taken out included.
    """

    written: WrittenPlan
    week: JudgedWeek
    shifts: dict[str, Shift]


def reread(company: Path, config: Path, week: IsoWeek | None, folder: Path | None, store: str | None) -> Reread:
    """Read a plan and its week; say on the error stream what has changed since.

    Args:
        company: folder of the tables.
        config: the policy file.
        week: the week; None takes the plan's.
        folder: the plan's folder; None takes out/WEEK.
        store: what ``--store`` says.

    Raises:
        UsageFault: neither week nor folder is given, or they do not agree.
        InputFaults: with every fault of the folder, or of the tables and the policy.
    """
    from rotation.solve.explain.judged import JudgedWeek, World

    if folder is None and week is None:
        raise UsageFault("give --week, or --plan with the folder of a plan")
    written = read_folder(folder or Path("out") / str(week))
    planned = written.record.horizon.week
    if week is not None and planned != week:
        raise UsageFault(f"{written.path} holds the plan of {planned}, not of {week}")
    today, document = dt.datetime.now(dt.UTC).date(), Document(written)
    known = known_of(store, company, config, planned)
    question = read_case(company, config, planned, today, known=known)
    print_warnings(question.warnings)
    case = replace(question.case, ledger=document.ledger())
    times = document.published()
    case = planned_again(case, known.promised, *times, rules()) if times else case
    shifts = _known(case, written)
    judged = JudgedWeek.of(World(case, rules()), Plan(tuple(sorted(shifts.values()))))
    _tell_changes(written, judged)
    return Reread(written, judged, shifts)


def _known(case: Case, written: WrittenPlan) -> dict[str, Shift]:
    """The shifts, all of known people and queues.

    Raises:
        InputFaults: the plan is of another interval or zone, or names somebody unknown.
    """
    faults, found = list[InputFault](), dict[str, Shift]()
    if written.record.horizon != case.horizon:
        ours, theirs = case.horizon, written.record.horizon
        message = f"was planned in {theirs.zone_name} by {theirs.interval_min} minutes"
        allowed = f"{ours.zone_name} by {ours.interval_min} minutes, as the policy says; plan again"
        faults.append(InputFault("plan.json", 0, "interval_min", "", message, allowed))
    for row, shift in enumerate(written.shifts, 2):
        for column, value, known in (
            ("employee_id", shift.employee_id, case.company.employee),
            ("queue_id", shift.queue_id, case.company.queue),
        ):
            if value not in known:
                faults.append(InputFault("plan.csv", row, column, value, "is unknown to the company's tables"))
        if shift.shift_id in found:
            faults.append(InputFault("plan.csv", row, "shift_id", shift.shift_id, "stands twice"))
        found[shift.shift_id] = Shift(
            shift.start, shift.end, shift.employee_id, shift.queue_id, shift_id(shift.employee_id, shift.start)
        )
    if faults:
        raise InputFaults(faults)
    return found


def _tell_changes(written: WrittenPlan, week: JudgedWeek) -> None:
    """Warn where the answers are about something else than what was planned."""
    before, now = written.record.document.get("inputs", {}), week.case.company.digests
    changed = sorted(name for name in {*before, *now} if before.get(name) != now.get(name))
    if before and changed:
        shown = ", ".join(changed[:6]) + (f" and {len(changed) - 6} more" if len(changed) > 6 else "")
        click.echo(f"warning: changed since the plan was made, explained as it is today: {shown}", err=True)
    for shift, why in week.dropped:
        click.echo(f"warning: {shift.shift_id} cannot stand any more and is taken as not served: {why}", err=True)
    if not changed and not week.dropped and week.objective != written.record.objective:
        click.echo(
            f"warning: {written.path} says {written.record.objective:,} points, judged again they are "
            f"{week.objective:,}; plan.csv or the store has changed since",
            err=True,
        )


def employee_index(case: Case, employee_id: str) -> int:
    """The position of an employee.

    Raises:
        UsageFault: nobody has that id.
    """
    if employee_id in case.employee_index:
        return case.employee_index[employee_id]
    raise UsageFault(f"nobody has the id {employee_id!r}{meant(employee_id, case.employee_index)}")


def queue_index(case: Case, queue_id: str) -> int:
    """The position of a queue.

    Raises:
        UsageFault: no queue has that id.
    """
    if queue_id in case.queue_index:
        return case.queue_index[queue_id]
    raise UsageFault(f"no queue has the id {queue_id!r} (allowed: {', '.join(case.queue_index)})")


def meant(text: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown id: those that look like it."""
    near = get_close_matches(text, list(known), n=3)
    return f"; did you mean {', '.join(near)}?" if near else ""
