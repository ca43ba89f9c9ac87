"""``rotation offer``: a shift that somebody would like to give away."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.table import Table

from rotation.changes import Actor
from rotation.changes.offer import offer, offers, withdraw
from rotation.cli.options import WeekType
from rotation.cli.storing import acting_options, company_option, now, open_store, store_option, who
from rotation.errors import UsageFault
from rotation.release.trading import takers
from rotation.rules import rules
from rotation.store import Store
from rotation.timegrid import IsoWeek

MOST_TAKERS = 8


@click.command(
    "offer",
    epilog="""\b
Examples:
  rotation offer E017-20261202T1800Z --reason "dentist"
  rotation offer E017-20261202T1800Z --withdraw
  rotation offer --week 2026-W49
""",
)
@click.argument("shift", required=False)
@click.option("--withdraw", "back", is_flag=True, help="Take the offer back.")
@click.option("--week", type=WeekType(), metavar="YYYY-Www", help="Without a shift: list only this week's offers.")
@company_option
@store_option
@acting_options
def COMMAND(  # noqa: N802
    shift: str | None, back: bool, week: IsoWeek | None, company: Path, store: str | None, by: str | None, reason: str
) -> None:
    """Offer a shift to whoever may take it, or list the open offers; the shift stays yours until it is taken."""
    actor = Actor(who(by), now(), reason)
    with open_store(store, company) as opened:
        if shift is None:
            if back:
                raise UsageFault("--withdraw needs the shift")
            Console().print(_table(opened, week))
        elif back:
            withdraw(opened, shift, actor)
            click.echo(f"{shift} is not on offer any more")
        else:
            given, own_week = offer(opened, shift, actor)
            legal = list(islice(takers(opened.release(own_week), given, rules()), MOST_TAKERS))
            click.echo(f"{shift} is on offer; until somebody takes it, it is {given.employee_id}'s")
            click.echo(f"could be taken by {', '.join(legal)}" if legal else "nobody could take it as the week stands")


def _table(store: Store, week: IsoWeek | None) -> Table:
    table = Table(box=box.SIMPLE, padding=(0, 1, 0, 0))
    for heading in ("Shift", "Queue", "Start", "End", "Since"):
        table.add_column(heading, no_wrap=heading != "Since")
    for found in offers(store, week):
        shift = found.shift
        start, end = (f"{instant:%a %m-%d %H:%MZ}" for instant in (shift.start, shift.end))
        table.add_row(shift.shift_id, shift.queue_id, start, end, f"{found.trade.at:%m-%d %H:%MZ}")
    return table
