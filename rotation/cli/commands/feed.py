"""``rotation feed``: secret addresses of calendars."""

from __future__ import annotations

import secrets
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from rotation.cli.storing import acting_options, company_option, now, open_store, store_option, who
from rotation.errors import UsageFault
from rotation.intake.closest import Closest
from rotation.store import Store
from rotation.store.feeds import Kind, all_feeds, create_feed, revoke_feed

SECRET_BYTES = 16
BASE = "http://127.0.0.1:8750"


@click.group(
    "feed",
    epilog="""\b
Examples:
  rotation feed create --employee E017 --base https://calendars.example.com
  rotation feed create --queue billing
  rotation feed rotate 3
  rotation feed revoke 3
  rotation feed list
""",
)
def COMMAND() -> None:  # noqa: N802
    """Make, renew and end the secret addresses under which `rotation serve` shows calendars.

    An address is shown once, when it is made: the store keeps no more than its digest.
    """


def _base_option(command: click.decorators.FC) -> click.decorators.FC:
    return click.option(
        "--base", default=BASE, show_default=True, metavar="URL", help="Where `rotation serve` is reached from outside."
    )(command)


@COMMAND.command("create")
@click.option("--employee", metavar="ID", help="The person's own shifts.")
@click.option("--department", metavar="ID", help="For the department's lead: who is away on the phones.")
@click.option("--queue", metavar="ID", help="Who is on in a queue.")
@click.option("--everybody", is_flag=True, help="All shifts, for planners.")
@_base_option
@company_option
@store_option
@acting_options
def create(
    employee: str | None,
    department: str | None,
    queue: str | None,
    everybody: bool,
    base: str,
    company: Path,
    store: str | None,
    by: str | None,
    reason: str,
) -> None:
    """Make a feed and show its address."""
    asked: list[tuple[Kind, str]] = []
    asked += [("employee", employee)] if employee else []
    asked += [("department", department)] if department else []
    asked += [("queue", queue)] if queue else []
    asked += [("company", "")] if everybody else []
    if len(asked) != 1:
        raise UsageFault("name one of --employee, --department, --queue or --everybody")
    kind, owner = asked[0]
    with open_store(store, company) as opened:
        _check_owner(opened, kind, owner)
        _make(opened, kind, owner, base, who(by), reason)


@COMMAND.command("rotate")
@click.argument("number", type=int)
@_base_option
@company_option
@store_option
@acting_options
def rotate(number: int, base: str, company: Path, store: str | None, by: str | None, reason: str) -> None:
    """End feed NUMBER and make another one for the same owner."""
    with open_store(store, company) as opened:
        secret = secrets.token_urlsafe(SECRET_BYTES)
        with opened.writing() as transaction:
            old = revoke_feed(transaction.connection, number, who(by), now())
            made = create_feed(transaction.connection, old.kind, old.owner_id, secret, who(by), now())
            transaction.note(who(by), f"feed {number} replaced by feed {made}", reason, now())
        _show(made, old.kind, old.owner_id, base, secret)


@COMMAND.command("revoke")
@click.argument("number", type=int)
@company_option
@store_option
@acting_options
def revoke(number: int, company: Path, store: str | None, by: str | None, reason: str) -> None:
    """End feed NUMBER; its address stops working within seconds."""
    with open_store(store, company) as opened, opened.writing() as transaction:
        old = revoke_feed(transaction.connection, number, who(by), now())
        transaction.note(who(by), f"feed {number} revoked", reason, now())
    click.echo(f"feed {number} of {_named(old.kind, old.owner_id)} is revoked")


@COMMAND.command("list")
@company_option
@store_option
def show_all(company: Path, store: str | None) -> None:
    """Show all feeds, without their addresses."""
    with open_store(store, company) as opened, opened.reading() as connection:
        found = all_feeds(connection)
    table = Table("Feed", "Shows", "Created", "By", "Revoked")
    for feed in found:
        ended = f"{feed.revoked_at:%Y-%m-%d %H:%M}" if feed.revoked_at else ""
        created = f"{feed.created_at:%Y-%m-%d %H:%M}"
        table.add_row(str(feed.number), _named(feed.kind, feed.owner_id), created, feed.created_by, ended)
    Console().print(table)


def _make(store: Store, kind: Kind, owner: str, base: str, by: str, reason: str) -> None:
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with store.writing() as transaction:
        number = create_feed(transaction.connection, kind, owner, secret, by, now())
        transaction.note(by, f"feed {number} created for {_named(kind, owner)}", reason, now())
    _show(number, kind, owner, base, secret)


def _show(number: int, kind: str, owner: str, base: str, secret: str) -> None:
    click.echo(f"feed {number} of {_named(kind, owner)}; this address is shown once:", err=True)
    click.echo(f"{base.rstrip('/')}/feeds/{secret}.ics")


def _named(kind: str, owner: str) -> str:
    return f"{kind} {owner}" if owner else "everybody"


def _check_owner(store: Store, kind: Kind, owner: str) -> None:
    """Refuse an id that no released week knows.

    Raises:
        UsageFault: nobody and nothing has it.
    """
    if kind == "company":
        return
    history = store.history()
    if not history:
        raise UsageFault("no week has been released yet; `rotation release` one first")
    company = store.release(history[-1].number).edition.case.company
    known = {
        "employee": [row.employee_id for row in company.employees],
        "department": [row.department_id for row in company.departments],
        "queue": [row.queue_id for row in company.queues],
    }[kind]
    if owner not in known:
        raise UsageFault(f"unknown {kind} {owner!r}{Closest(known).hint(owner)}")
