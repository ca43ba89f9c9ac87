"""``rotation fetch``: copies of calendars that have an address."""

from __future__ import annotations

import os
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from rotation.cli.options import company_options
from rotation.cli.storing import now
from rotation.errors import UsageFault
from rotation.intake.calendars_table import calendar_rows
from rotation.intake.policy import read_policy

PASSWORD = "ROTATION_CALDAV_PASSWORD"


@click.command(
    "fetch",
    epilog=f"""\b
Examples:
  rotation fetch --company data
  rotation fetch --company data --employee E017
The password for --user stands in {PASSWORD}.
""",
)
@company_options
@click.option("--employee", metavar="ID", help="Only this person's calendar.")
@click.option("--user", help="Login for CalDAV servers that ask for one.")
def COMMAND(company: Path, config: Path, employee: str | None, user: str | None) -> None:  # noqa: N802
    """Fetch the calendars that calendars.csv gives addresses of, into calendars/fetched.

    What cannot be fetched, or is no calendar, keeps its last good copy, of which `rotation plan` warns; exit status 6.
    """
    import httpx2

    from rotation.fetch.addresses import GuardedTransport
    from rotation.fetch.copies import fetch

    policy = read_policy(config)
    rows = calendar_rows(company, ZoneInfo(policy.site.timezone))
    rows = [(row, zone) for row, zone in rows if row.url and employee in (None, row.employee_id)]
    if employee and not rows:
        raise UsageFault(f"calendars.csv has no address for {employee!r}")
    failed = 0
    transport = GuardedTransport(httpx2.HTTPTransport(trust_env=False), policy.calendars.allow_private_feeds)
    auth = httpx2.BasicAuth(user, os.environ.get(PASSWORD, "")) if user else None
    with httpx2.Client(transport=transport, trust_env=False) as client:
        for row, zone in rows:
            found = fetch(client, company, row, zone, now, auth if row.kind == "caldav" else None)
            failed += found.outcome == "failed"
            kept = f"; the copy of {found.copy_of} is kept" if found.outcome == "failed" and found.copy_of else ""
            click.echo(f"{found.employee_id}: {found.outcome}{': ' if found.message else ''}{found.message}{kept}")
    if failed:
        from rotation.errors import PublishFault

        raise PublishFault(f"{failed} of {len(rows)} calendars could not be fetched; their last good copies are kept")
