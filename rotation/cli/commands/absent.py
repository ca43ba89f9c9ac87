"""``rotation absent``: somebody will be away, and the week is repaired."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from rotation.changes import Actor
from rotation.changes.absence import report_absence
from rotation.cli.changes import show_changes
from rotation.cli.mending import asking, mending_options, told, watch
from rotation.cli.storing import acting_options, company_option, now, open_store, store_option, who
from rotation.company import Absence
from rotation.errors import UsageFault
from rotation.intake.closest import Closest
from rotation.store import Store
from rotation.timegrid import first_instant


@click.command(
    "absent",
    epilog="""\b
Examples:
  rotation absent E017 --from 2026-12-02 --to 2026-12-03 --reason ill
  rotation absent E017 --from 2026-12-02T13:00-08:00 --to 2026-12-02T15:00-08:00 --max-changes 1
""",
)
@click.argument("employee")
@click.option("--from", "start", required=True, metavar="DATE|INSTANT", help="First day, or first instant.")
@click.option("--to", "end", required=True, metavar="DATE|INSTANT", help="Last day, or first instant after it.")
@click.option("--no-repair", is_flag=True, help="Only call the shifts off; `rotation repair` can fill them later.")
@mending_options
@company_option
@store_option
@acting_options
def COMMAND(  # noqa: N802
    employee: str,
    start: str,
    end: str,
    no_repair: bool,
    max_changes: int | None,
    freeze: float | None,
    time_limit: float,
    company: Path,
    store: str | None,
    by: str | None,
    reason: str,
) -> None:
    """Report an absence: the lost shifts are called off, and the week is repaired with the least change."""
    at = now()
    with open_store(store, company) as opened:
        absence = _absence(opened, employee, start, end, reason)
        asked = asking(at, 0 if no_repair else max_changes, freeze, time_limit)
        done = report_absence(opened, absence, asked, watch(), Actor(who(by), at, reason))
    for before, after, mended in done.weeks:
        show_changes(before, after)
        click.echo(f"{after.week}: {len(mended.lost)} shifts lost; {told(mended)}")
    if not done.weeks:
        click.echo("no released week is touched; the next plan will keep the absence free")


def _absence(store: Store, employee: str, start: str, end: str, reason: str) -> Absence:
    """Read the two ends; dates are whole days on the person's own clock.

    Raises:
        UsageFault: one of them cannot be read, or they are not in order.
    """
    notes = store.history()
    if not notes:
        raise UsageFault("no week is released yet; write the absence into absences.csv")
    company = store.release(notes[-1].week).edition.case.company
    if employee not in company.employee:
        raise UsageFault(f"there is no employee {employee!r}{Closest(list(company.employee)).hint(employee)}")
    zone = ZoneInfo(company.employee[employee].timezone)
    first, last = _instant(start, zone, 0), _instant(end, zone, 1)
    if last <= first:
        raise UsageFault(f"--to {end} is not after --from {start}")
    return Absence(employee, first, last, reason)


def _instant(text: str, zone: ZoneInfo, days: int) -> dt.datetime:
    try:
        if "T" not in text:
            return first_instant(dt.date.fromisoformat(text) + dt.timedelta(days=days), zone)
        instant = dt.datetime.fromisoformat(text)
    except (ValueError, OverflowError) as error:
        raise UsageFault(f"{text!r} is no date like 2026-12-02 and no instant like 2026-12-02T13:00-08:00") from error
    if instant.tzinfo is None:
        raise UsageFault(f"{text!r} has no offset; write it like 2026-12-02T13:00-08:00")
    return instant.astimezone(dt.UTC)
