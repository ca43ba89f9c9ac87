"""``rotation diff``: per person what moves, appears and goes."""

from __future__ import annotations

from pathlib import Path

import click

from rotation.cli.changes import show_table
from rotation.cli.options import week_option
from rotation.cli.storing import company_option, open_store, store_option
from rotation.errors import UsageFault
from rotation.plan import Plan
from rotation.release.difference import changes_between
from rotation.report.folder import read_folder
from rotation.timegrid import IsoWeek


@click.command(
    "diff",
    epilog="""\b
Examples:
  rotation diff --week 2026-W49
  rotation diff --week 2026-W49 --from 3 --to 5
  rotation diff --week 2026-W49 --draft out/2026-W49
""",
)
@week_option
@click.option("--from", "first", type=click.IntRange(1), help="The release before.  [default: the parent of --to]")
@click.option("--to", "last", type=click.IntRange(1), help="The release after.  [default: the effective one]")
@click.option("--draft", type=click.Path(path_type=Path), help="Compare the effective release with this draft.")
@company_option
@store_option
def COMMAND(  # noqa: N802
    week: IsoWeek, first: int | None, last: int | None, draft: Path | None, company: Path, store: str | None
) -> None:
    """Show per person which shifts move, appear or go between two releases of a week, or to a draft."""
    if draft and last:
        raise UsageFault("--draft and --to both say what comes after; give one of them")
    with open_store(store, company) as opened:
        after = opened.release(last if last else week)
        parent = first or (after.number if draft else after.note.parent)
        before = opened.release(parent) if parent else None
    for release in (after, *([before] if before else [])):
        if release.week != week:
            raise UsageFault(f"release {release.number} is of {release.week}, not of {week}")
    plan, name = after.edition.plan, f"release {after.number}"
    if draft:
        written = read_folder(draft)
        if written.record.horizon.week != week:
            raise UsageFault(f"{draft} holds {written.record.horizon.week}, not {week}")
        plan = Plan.of((row.employee_id, row.queue_id, row.start, row.end) for row in written.shifts)
        name = f"draft {draft}"
    changes = changes_between(before.shifts if before else (), plan, after.edition.case.horizon.zone)
    names = {row.employee_id: row.name for row in after.edition.case.company.employees}
    since = f"release {before.number}" if before else "nothing"
    show_table(changes, names, after.edition.case.horizon.zone, f"{week}: {since} to {name}")
