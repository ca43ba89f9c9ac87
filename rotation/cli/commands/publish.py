"""``rotation publish``: the weeks in force to calendars on a CalDAV server."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

import click
import httpx2

from rotation.cli.storing import company_option, now, open_store, place_of, store_option
from rotation.errors import PublishFault, UsageFault
from rotation.ical import Entry
from rotation.publish.caldav import Memory, Rejected, push
from rotation.publish.weeks import WeekEntries, in_force, load_week
from rotation.store import Store
from rotation.store.resources import Pushed, forget_pushed, note_pushed, pushed_to

PASSWORD = "ROTATION_CALDAV_PASSWORD"


@click.command(
    "publish",
    epilog=f"""\b
Examples:
  rotation publish --caldav 'https://dav.example.com/{{employee_id}}/rotation/' --user rotation
  rotation publish --caldav https://dav.example.com/team/rotation/ --user rotation
The password for --user stands in {PASSWORD}.
""",
)
@company_option
@store_option
@click.option(
    "--caldav",
    "url",
    required=True,
    metavar="URL",
    help="Calendar of each person, with {employee_id} or {email} in it; without, one calendar for all.",
)
@click.option("--user", help="Login.")
@click.option("--employee", metavar="ID", help="Only this person's calendar.")
def COMMAND(company: Path, store: str | None, url: str, user: str | None, employee: str | None) -> None:  # noqa: N802
    """Bring calendars on a CalDAV server to the weeks in force.

    What is new is added, what moved is changed, what is gone is removed, and nothing else is touched. Run it as often
    as you like, also after it was interrupted.
    """
    if not url.startswith(("http://", "https://")):
        raise UsageFault(f"--caldav {url!r} is no address (allowed: https://…)")
    at, failures = now(), 0
    with open_store(store, company) as opened:
        weeks = [load_week(place_of(store, company), note.number) for note in in_force(opened.history(), at)]
        wanted = _collections(url, weeks, employee)
        auth = httpx2.BasicAuth(user, os.environ.get(PASSWORD, "")) if user else None
        with httpx2.Client(auth=auth, trust_env=False) as client:
            for collection, entries in sorted(wanted.items()):
                alarm = weeks[-1].alarm if weeks else ()
                try:
                    done = push(client, collection, entries, alarm, _memory(opened, collection), at)
                except (Rejected, httpx2.HTTPError, httpx2.InvalidURL) as error:
                    failures += 1
                    click.echo(f"{collection}: failed: {error or type(error).__name__}", err=True)
                    continue
                failures += len(done.failures)
                click.echo(
                    f"{collection}: {done.added} added, {done.changed} changed, {done.removed} removed, "
                    f"{done.unchanged} unchanged"
                )
                for failure in done.failures:
                    click.echo(f"{collection}: failed: {failure}", err=True)
    if failures:
        raise PublishFault(f"{failures} calendars or entries could not be brought up to date; run it again")


def _memory(store: Store, collection: str) -> Memory:
    """What the store knows of a calendar, each word of it stored at once."""

    def keep(pushed: Pushed) -> None:
        with store.writing() as transaction:
            note_pushed(transaction.connection, collection, pushed)

    def forget(name: str) -> None:
        with store.writing() as transaction:
            forget_pushed(transaction.connection, collection, name)

    with store.reading() as connection:
        return Memory(pushed_to(connection, collection), keep, forget)


def _collections(url: str, weeks: list[WeekEntries], employee: str | None) -> dict[str, list[Entry]]:
    """What each calendar shall hold."""
    people = {key: email for week in weeks for key, email in week.emails.items()}
    if employee is not None and employee not in people:
        raise UsageFault(f"unknown employee {employee!r} in the weeks in force")
    found: dict[str, list[Entry]] = {}
    for key, email in people.items():
        if employee in (None, key):
            address = url.replace("{employee_id}", quote(key, safe="")).replace("{email}", quote(email, safe="@"))
            entries = found.setdefault(address, [])
            entries += [entry for week in weeks for entry in week.entries.get(("employee", key), ())]
    return found
