"""``rotation switch``: the live switch."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path

import click

from rotation.cli.routing_book import INSTANT
from rotation.cli.storing import company_option, now, open_store, store_option, who
from rotation.cli.switch_access import Reach, reach_options
from rotation.cli.switch_session import Session, daemon, once, report, session
from rotation.cli.switch_tables import shift_now
from rotation.store import Drain
from rotation.switch.reconcile import Grace

PLAN = click.option(
    "--plan", type=click.Path(path_type=Path), help="Output folder of `rotation plan` instead of the store's weeks."
)


@click.group(
    "switch",
    epilog="""\b
Examples:
  rotation switch run --driver asterisk-ami --host pbx.example.com --user roster
  rotation switch run --once --at 2026-12-01T10:00-08:00 --dry-run --plan out/2026-W49
  rotation switch status --host pbx.example.com --user roster
  rotation switch drain E017 --reason "taken ill"
""",
)
def COMMAND() -> None:  # noqa: N802
    """Keep a live switch as the routing table says, without losing a call."""


@COMMAND.command(
    "run",
    epilog="""\b
Example:
  rotation switch run --driver asterisk-ami --host pbx.example.com --user roster --tls
""",
)
@reach_options
@click.option("--once", "only_once", is_flag=True, help="Make the switch right and end, for cron.")
@click.option("--at", type=INSTANT, metavar="INSTANT", help="With --once or --dry-run: the instant instead of now.")
@click.option("--dry-run", is_flag=True, help="Print the actions and take none.")
@click.option(
    "--wait",
    "wait_s",
    type=click.FloatRange(0, 86_400),
    default=10.0,
    show_default=True,
    help="With --once: seconds to wait for leavers to become idle.",
)
@click.option(
    "--lead",
    "lead_s",
    type=click.FloatRange(0, 3600),
    default=15.0,
    show_default=True,
    help="Newcomers are added this many seconds before their shift.",
)
@click.option(
    "--hold",
    "hold_s",
    type=click.FloatRange(0, 86_400),
    default=120.0,
    show_default=True,
    help="Leavers stay at most this many seconds where nobody relieves them.",
)
@click.option("--adopt", is_flag=True, help="Take members that the table names for ours, after the records were lost.")
@click.option("--health-port", type=click.IntRange(0, 65535), help="Serve /health and /metrics on this loopback port.")
@PLAN
@store_option
@company_option
def run(
    reach: Reach,
    only_once: bool,
    at: dt.datetime | None,
    dry_run: bool,
    wait_s: float,
    lead_s: float,
    hold_s: float,
    adopt: bool,
    health_port: int | None,
    plan: Path | None,
    store: str | None,
    company: Path,
) -> None:
    """Hand over from shift to shift, for ever or once.

    The secret comes from ROTATION_SWITCH_SECRET or from --secret-file.
    """
    if at is not None and not (only_once or dry_run):
        raise click.UsageError("--at needs --once or --dry-run")
    kind = reach.kind
    grace = Grace(lead_s=lead_s, hold_s=hold_s, pause_per_queue=kind.pause_per_queue, adopt=adopt)
    with session(reach, grace, plan, store, company, keeps=not dry_run) as opened:
        if dry_run:
            asyncio.run(report(opened, at))
        elif only_once:
            asyncio.run(once(opened, at, wait_s))
        else:
            daemon(opened, health_port)


@COMMAND.command(
    "status",
    epilog="""\b
Example:
  rotation switch status --host pbx.example.com --user roster
""",
)
@reach_options
@click.option("--at", type=INSTANT, metavar="INSTANT", help="Instant instead of now.")
@PLAN
@store_option
@company_option
@click.pass_context
def status(
    ctx: click.Context,
    reach: Reach,
    at: dt.datetime | None,
    plan: Path | None,
    store: str | None,
    company: Path,
) -> None:
    """Compare table and switch, and name every difference; exit status 7 when there is one."""
    grace = Grace(pause_per_queue=reach.kind.pause_per_queue)
    with session(reach, grace, plan, store, company, keeps=False) as opened:
        differences = asyncio.run(report(opened, at))
    if differences:
        ctx.exit(7)


@COMMAND.command(
    "drain",
    epilog="""\b
Example:
  rotation switch drain E017 --reason "taken ill"
""",
)
@click.argument("employee")
@reach_options
@click.option("--until", type=INSTANT, metavar="INSTANT", help="Default: the end of the person's shift.")
@click.option("--by", help="Who orders it.  [default: the user's login name]")
@click.option("--reason", default="", help="Why.")
@PLAN
@store_option
@company_option
def drain(
    employee: str,
    reach: Reach,
    until: dt.datetime | None,
    by: str | None,
    reason: str,
    plan: Path | None,
    store: str | None,
    company: Path,
) -> None:
    """Take somebody off the phones in the middle of a shift: a call goes on to its end, no further one rings.

    The running daemon does it within seconds.
    """
    with open_store(store, company, make=True) as opened:
        found = Session.of(reach, Grace(), plan, opened)
        moment = now()
        end = until
        if end is None:
            end = shift_now(asyncio.run(found.tables(moment)), employee, moment).valid_to
        found.records.drain(Drain(employee, end, moment, who(by), reason))
    click.echo(f"{employee} is drained until {end.isoformat(timespec='minutes')}")
