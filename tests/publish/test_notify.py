"""Messages about shifts over a real mail server: to those concerned only, once each, readable by calendars."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import Result
from icalendar import Calendar

from rotation.store import Store
from rotation.store.deliveries import deliveries_of
from tests.cli.company_folder import run, write_company
from tests.store.test_releases import add
from tests.store.weeks import BEFORE, FIRST

from .mail_server import PASSWORD, USER, Taken, mail_server

HOUR = dt.timedelta(hours=1)
SECOND = (
    *(t.replace("E1 q1 mon 08:00-10:00", "E1 q1 mon 09:00-11:00") for t in FIRST if not t.startswith("E2 q2 mon")),
)
POLICY = """
[mail]
sender = "plan@example.com"
sender_name = "Planning, \\"rotation\\""
smtp_host = "localhost"
smtp_port = {port}
smtp_security = "{security}"
smtp_user = "{user}"
"""


class Office:
    """A store with two releases, and the mail server's side of a policy."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.monkeypatch = folder, monkeypatch
        self.company, self.policy = write_company(folder / "company"), folder / "rotation.toml"
        self.place = str(folder / "store.sqlite")
        with Store.open(self.place) as store:
            add(store, *FIRST)
            add(store, *SECOND, parent=1, at=BEFORE + HOUR)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int((BEFORE + 2 * HOUR).timestamp())))
        monkeypatch.setenv("ROTATION_SMTP_PASSWORD", PASSWORD)
        self.text = self.policy.read_text()

    def use(self, port: int, certificate: Path, security: str = "starttls", user: str = USER) -> None:
        self.policy.write_text(self.text + POLICY.format(port=port, security=security, user=user))
        self.monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    def words(self, *more: str, release: int = 1) -> list[str]:
        place = ["--company", str(self.company), "--config", str(self.policy), "--store", self.place]
        return ["notify", *place, "--release", str(release), *more]

    def notify(self, *more: str, release: int = 1) -> Result:
        return run(*self.words(*more, release=release))

    def states(self, release: int = 1) -> list[str]:
        with Store.open(self.place) as store, store.reading() as connection:
            return sorted(one.state for one in deliveries_of(connection, release).values())


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    return Office(tmp_path, monkeypatch)


def event_of(message: object) -> tuple[str, Calendar]:
    part = message.get_body(("plain",)), next(p for p in message.walk() if p.get_content_type() == "text/calendar")  # type: ignore[attr-defined]
    text, calendar = part
    assert calendar["Content-Type"].params["charset"] == "utf-8"
    return text.get_content(), Calendar.from_ical(calendar.get_payload(decode=True))


def test_a_dry_run_shows_what_would_go_to_whom_and_sends_nothing(office: Office) -> None:
    result = office.notify(release=2)
    assert result.exit_code == 0 and "2 to send; nothing was sent" in result.output
    assert "e1@" in result.output.lower() and "e2@" in result.output.lower() and "e3@" not in result.output.lower()
    assert office.states(2) == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_only_those_whose_shifts_changed_get_a_message(office: Office, security: str) -> None:
    taken = Taken()
    with mail_server(office.folder, taken, security) as (port, certificate):
        office.use(port, certificate, security)
        result = office.notify("--send", release=2)
        assert result.exit_code == 0 and "2 of 2 messages are sent" in result.output, result.output
        again = office.notify("--send", release=2)
        assert again.exit_code == 0 and len(taken.envelopes) == 2
    with Store.open(office.place) as store:
        release = store.release(2)
    people = release.edition.case.company.employee
    found = {}
    for address, message in taken.envelopes:
        text, calendar = event_of(message)
        (event,) = calendar.walk("VEVENT")
        assert message["To"].addresses[0].addr_spec == address == str(event["ATTENDEE"]).removeprefix("mailto:")
        assert message["From"].addresses[0].display_name == 'Planning, "rotation"'
        assert str(event["ORGANIZER"]) == "mailto:plan@example.com" and message["Auto-Submitted"] == "auto-generated"
        found[address] = (str(calendar["METHOD"]), str(event["UID"]), int(event["SEQUENCE"]), str(event["STATUS"]))
        assert ("is called off" in text) == (str(calendar["METHOD"]) == "CANCEL")
        method = next(p for p in message.walk() if p.get_content_type() == "text/calendar")["Content-Type"].params[
            "method"
        ]
        assert method == str(calendar["METHOD"])
    moved = next(shift for shift in release.shifts if shift.sequence == 1)
    gone = release.cancelled[0]
    assert found == {
        people["E1"].email: ("REQUEST", f"{moved.shift_id}@rotation", 1, "CONFIRMED"),
        people["E2"].email: ("CANCEL", f"{gone.shift_id}@rotation", 1, "CANCELLED"),
    }


def test_a_message_that_a_later_release_made_wrong_is_not_sent(office: Office) -> None:
    result = office.notify()
    assert result.output.count("superseded") == 2 and "4 to send" in result.output


def test_killed_in_the_middle_and_resumed_nobody_gets_a_message_twice(office: Office) -> None:
    taken = Taken(delay_s=0.3)
    with mail_server(office.folder, taken) as (port, certificate):
        office.use(port, certificate)
        program = [sys.executable, "-c", "from rotation.cli.main import main; main()"]
        with subprocess.Popen([*program, *office.words("--send")], stdout=subprocess.PIPE, env=os.environ) as killed:
            limit = time.monotonic() + 60
            while len(taken.envelopes) < 2 and time.monotonic() < limit:
                time.sleep(0.01)
            killed.send_signal(signal.SIGKILL)
        assert len(taken.envelopes) == 2
        assert office.states() == ["begun", "sent"]
        result = office.notify("--send")
    assert "3 of 4 messages are sent" in result.output and "in doubt: " in result.output
    assert len(set(taken.ids)) == len(taken.ids) == 4
    assert office.states() == ["begun", "sent", "sent", "sent"]


def test_a_connection_that_breaks_is_said_and_the_rest_is_sent_later(office: Office) -> None:
    with mail_server(office.folder, taken := Taken(broken_after=1)) as (port, certificate):
        office.use(port, certificate)
        result = office.notify("--send")
        assert result.exit_code == 6 and "run the command again" in result.output
        taken.broken_after = 10**9
        assert office.notify("--send").exit_code == 0
        assert len(taken.envelopes) == 3 and office.states().count("begun") == 1
        assert office.notify("--send", "--again").exit_code == 0
    assert len(set(taken.ids)) == len(taken.ids) == 4 and office.states() == ["sent"] * 4


def test_unknown_addresses_are_reported_and_busy_ones_tried_again(office: Office) -> None:
    with Store.open(office.place) as store:
        people = store.release(2).edition.case.company.employee
    taken = Taken(refused={people["E1"].email}, busy={people["E2"].email})
    with mail_server(office.folder, taken) as (port, certificate):
        office.use(port, certificate)
        result = office.notify("--send", release=2)
        assert result.exit_code == 6 and "no such user" in result.output and "try again later" in result.output
        taken.refused, taken.busy = set(), set()
        assert office.notify("--send", release=2).output.count("sent: ") == 1
        assert office.notify("--send", "--again", release=2).output.count("sent: ") == 1
    assert office.states(2) == ["sent", "sent"]


@pytest.mark.parametrize(
    ("user", "password", "message"),
    [(USER, "wrong", "refuses the login"), ("", "", "run the command again")],
)
def test_a_login_that_fails_is_said(office: Office, user: str, password: str, message: str) -> None:
    office.monkeypatch.setenv("ROTATION_SMTP_PASSWORD", password)
    with mail_server(office.folder, taken := Taken()) as (port, certificate):
        office.use(port, certificate, user=user)
        result = office.notify("--send")
    assert result.exit_code == 6 and not taken.envelopes, result.output
    assert message in result.output or "authentication" in result.output.lower()


def test_a_server_nobody_vouches_for_gets_no_password(office: Office) -> None:
    with mail_server(office.folder, taken := Taken()) as (port, certificate):
        office.use(port, certificate)
        office.monkeypatch.delenv("SSL_CERT_FILE")
        result = office.notify("--send")
    assert result.exit_code == 6 and "certificate verify failed" in result.output and not taken.envelopes


def test_nothing_is_sent_without_a_server_in_the_policy(office: Office) -> None:
    result = office.notify("--send")
    assert result.exit_code == 2 and "sender, smtp_host" in result.output


def test_what_came_back_is_noted_from_the_mailbox(office: Office) -> None:
    with mail_server(office.folder, taken := Taken()) as (port, certificate):
        office.use(port, certificate)
        office.notify("--send", release=2)
    address, message = taken.envelopes[0]
    bounce = (
        "From MAILER-DAEMON Fri Nov 20 12:00:00 2026\nFrom: MAILER-DAEMON@example.com\nTo: plan@example.com\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="x"\nMIME-Version: 1.0\n\n'
        "--x\nContent-Type: text/plain\n\nSorry.\n--x\nContent-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns; example.com\n\nFinal-Recipient: rfc822; {address}\nAction: failed\nStatus: 5.2.2\n"
        "Diagnostic-Code: smtp; 552 mailbox is full\n\n--x\nContent-Type: text/rfc822-headers\n\n"
        f"Message-ID: {message['Message-ID']}\nTo: {address}\n--x--\n"
    )
    (office.folder / "mbox").write_text(bounce + "\n" + bounce.replace("Action: failed", "Action: delayed"))
    result = office.notify("--bounces", str(office.folder / "mbox"), release=2)
    assert result.output.count("came back: ") == 1 and "mailbox is full" in result.output
    assert office.states(2) == ["refused", "sent"]
