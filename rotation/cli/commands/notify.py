"""``rotation notify``: messages to those whose shifts a release changed."""

from __future__ import annotations

import os
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from rotation.cli.options import company_options
from rotation.cli.storing import now, open_store, store_option
from rotation.company.policy import Mail
from rotation.errors import PublishFault, UsageFault
from rotation.intake.policy import read_policy
from rotation.publish.bounces import bounces_in
from rotation.publish.mail import Notice, hand_over, message_id, still_to_send
from rotation.publish.notices import notices_of
from rotation.publish.smtp import connected
from rotation.store import Store
from rotation.store.deliveries import Delivery, State, changed_by, deliveries_of, note_delivery

PASSWORD = "ROTATION_SMTP_PASSWORD"
Known = dict[tuple[str, int], Delivery]


@click.command(
    "notify",
    epilog=f"""\b
Examples:
  rotation notify --release 7
  rotation notify --release 7 --send
  rotation notify --release 7 --bounces /var/mail/rotation
The password for smtp_user stands in {PASSWORD}.
""",
)
@company_options
@store_option
@click.option("--release", "number", type=int, required=True, metavar="N", help="The release.")
@click.option("--send", is_flag=True, help="Send; without it nothing leaves, and what would go to whom is shown.")
@click.option("--again", is_flag=True, help="Try once more what is in doubt and what was refused for good.")
@click.option(
    "--bounces",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Mailbox (mbox) of the sender: note which messages came back.",
)
def COMMAND(  # noqa: N802
    company: Path, config: Path, store: str | None, number: int, send: bool, again: bool, bounces: Path | None
) -> None:
    """Tell everybody whose shifts release N changed, and nobody else, by mail with a calendar entry.

    Each message is sent once, however often the command is run or killed. What a killed run may or may not have sent is
    listed as in doubt.
    """
    mail = read_policy(config).mail
    with open_store(store, company) as opened:
        notices, known = _asked(opened, number)
        if bounces:
            known = _note_bounces(opened, number, bounces, notices, known, mail)
        due = still_to_send(notices, known, again)
        if not send:
            _show(notices, known, due)
            click.echo(f"release {number}: {len(due)} to send; nothing was sent (--send sends)")
            return
        _check(mail)
        refused = _send(opened, number, due, known, mail)
        final = _asked(opened, number)[1]
    _report(number, notices, final, refused)


def _asked(store: Store, number: int) -> tuple[list[Notice], Known]:
    release = store.release(number)
    with store.reading() as connection:
        changed = changed_by(connection, number)
        known = deliveries_of(connection, number)
        later = [note.number for note in store.history(release.week) if note.number > number]
        superseded = {shift.shift_id for one in later for shift in changed_by(connection, one)}
    notices, left_out = notices_of(release, changed, superseded, now())
    for shift, why in left_out:
        click.echo(f"left out: {shift.shift_id} of {shift.employee_id}: {why}", err=True)
    return notices, known


def _check(mail: Mail) -> None:
    missing = [key for key in ("sender", "smtp_host") if not getattr(mail, key)]
    if missing:
        raise UsageFault(f"the policy's [mail] lacks {', '.join(missing)}; see docs/policy.md")


def _send(store: Store, number: int, due: list[Notice], known: Known, mail: Mail) -> dict[tuple[str, int], str]:
    sender, refused = (mail.sender_name, mail.sender), {}

    def note(notice: Notice, state: State, reply: str) -> bool:
        delivery = Delivery(*notice.key, state, notice.address, reply, now())
        with store.writing() as transaction:
            before = deliveries_of(transaction.connection, number).get(notice.key)
            if state == "begun" and before != known.get(notice.key):
                return False
            note_delivery(transaction.connection, number, delivery)
        return True

    if not due:
        return {}
    with connected(mail, os.environ.get(PASSWORD, "")) as server:
        for notice in due:
            if why := hand_over(server, notice, sender, now(), note):
                refused[notice.key] = why
            else:
                click.echo(f"sent: {notice.kind} {notice.shift_id} to {notice.address}")
    return refused


def _note_bounces(store: Store, number: int, file: Path, notices: list[Notice], known: Known, mail: Mail) -> Known:
    ours = {message_id(*notice.key, mail.sender): notice for notice in notices}
    for bounce in bounces_in(file):
        notice = ours.get(bounce.message_id)
        if notice is None or (notice.key in known and known[notice.key].state == "refused"):
            continue
        delivery = Delivery(*notice.key, "refused", notice.address, f"5 came back: {bounce.reason}", now())
        with store.writing() as transaction:
            note_delivery(transaction.connection, number, delivery)
        known = {**known, notice.key: delivery}
        click.echo(f"came back: {notice.shift_id} to {notice.address}: {bounce.reason}")
    return known


def _show(notices: list[Notice], known: Known, due: list[Notice]) -> None:
    table = Table("Employee", "To", "", "Shift", "State")
    for notice in notices:
        state = "to send" if notice in due else _spelt(known[notice.key])
        table.add_row(notice.employee_id, notice.address, notice.kind, f"{notice.entry.summary}, {notice.when}", state)
    Console().print(table)


def _spelt(delivery: Delivery) -> str:
    words = {"begun": f"in doubt since {delivery.at:%Y-%m-%d %H:%M}", "sent": f"sent {delivery.at:%Y-%m-%d %H:%M}"}
    return words.get(delivery.state, f"refused: {delivery.reply}")


def _report(number: int, notices: list[Notice], known: Known, refused: dict[tuple[str, int], str]) -> None:
    states = [known[notice.key].state for notice in notices if notice.key in known]
    doubts = [notice for notice in notices if notice.key in known and known[notice.key].state == "begun"]
    click.echo(f"release {number}: {states.count('sent')} of {len(notices)} messages are sent")
    for notice in doubts:
        click.echo(f"in doubt: {notice.shift_id} to {notice.address} (--again sends it once more)", err=True)
    for notice in notices:
        if notice.key in known and known[notice.key].state == "refused":
            click.echo(f"refused: {notice.shift_id} to {notice.address}: {known[notice.key].reply}", err=True)
    if refused:
        raise PublishFault(
            f"{len(refused)} messages were refused; correct the addresses and plan or tell them yourself"
        )
