"""Calendars from addresses: fetched once while unchanged, refused when they are none, the last good copy kept."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import socket
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx2
import pytest

from rotation.errors import InputFaults
from rotation.fetch import copies
from rotation.fetch.addresses import GuardedTransport, Refused, _is_public
from rotation.fetch.copies import Fetched, fetch
from rotation.intake.company import read_all
from rotation.intake.schemas.calendars import CalendarRow
from tests.cli.company_folder import run, write_company

from .server import answer, serving

NOW = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
GOOD = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261201T170000Z\r\nDTEND:20261201T180000Z\r\n"
    b"END:VEVENT\r\nEND:VCALENDAR\r\n"
)
WINDOW = (dt.datetime(2026, 11, 30, 8, tzinfo=dt.UTC), dt.datetime(2026, 12, 7, 8, tzinfo=dt.UTC))


def fetched(company: Path, url: str, allow_private: bool = True, kind: str = "ics") -> Fetched:
    transport = GuardedTransport(httpx2.HTTPTransport(trust_env=False), allow_private)
    row = CalendarRow.model_validate({"employee_id": "E1", "url": url, "kind": kind})
    with httpx2.Client(transport=transport, trust_env=False) as client:
        return fetch(client, company, row, ZoneInfo("America/Los_Angeles"), lambda: NOW)


def copy(company: Path) -> Path:
    return company / "calendars" / "fetched" / "E1.ics"


def test_a_calendar_is_copied_and_not_sent_again_while_unchanged(tmp_path: Path) -> None:
    def conditional(handler: BaseHTTPRequestHandler) -> None:
        known = handler.headers.get("if-none-match") == '"1"'
        answer(b"" if known else GOOD, 304 if known else 200, ETag='"1"')(handler)

    with serving({"/a.ics": conditional}) as (base, _):
        assert fetched(tmp_path, f"{base}/a.ics").outcome == "new"
        assert copy(tmp_path).read_bytes() == GOOD
        assert fetched(tmp_path, f"{base}/a.ics").outcome == "unchanged"
    state = json.loads(copy(tmp_path).with_suffix(".json").read_text())
    assert state["fetched_at"] == NOW.isoformat() and base not in json.dumps(state)


def test_a_packed_calendar_behind_redirects_is_copied(tmp_path: Path) -> None:
    packed = answer(gzip.compress(GOOD), content_encoding="gzip")
    ways = {"/1": answer(b"", 302, location="/2"), "/2": answer(b"", 301, location="a.ics"), "/a.ics": packed}
    with serving(ways) as (base, log):
        assert fetched(tmp_path, f"{base}/1").outcome == "new"
    assert copy(tmp_path).read_bytes() == GOOD and len(log) == 3


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"/": answer(b"<html>Sign in</html>")}, "is a web page"),
        ({"/": answer(b"{}")}, "is JSON"),
        ({"/": answer(b"")}, "is empty"),
        ({"/": answer(GOOD[:-15])}, "cut off"),
        ({"/": answer(GOOD, 404)}, "answers 404"),
        ({"/": answer(GOOD, 500)}, "answers 500"),
        ({"/": answer(b"", 304)}, "answers 304"),
        ({"/": answer(b"", 302, location="/")}, "redirected more than 5 times"),
        ({"/": answer(b"", 302, location="file:///etc/passwd")}, "is not http or https"),
        ({"/": answer(b"", 302, location="http://[")}, "is unknown"),
        ({"/": answer(GOOD + b"x" * 10_000_000)}, "more than 10,000,000 bytes"),
        ({"/": answer(gzip.compress(GOOD)[:-12], content_encoding="gzip")}, "cut off"),
        ({"/": answer(GOOD, content_encoding="gzip")}, "cannot be unpacked"),
        ({"/": answer(GOOD, content_encoding="br")}, "encoding br"),
    ],
)  # fmt: skip
def test_what_is_no_calendar_is_refused_and_the_last_good_copy_stays(
    answers: dict[str, object], message: str, tmp_path: Path
) -> None:
    with serving({"/": answer(GOOD)}) as (base, _):
        url = f"{base}/"
        assert fetched(tmp_path, url).outcome == "new"
        # The same address answers otherwise now.
    with serving(answers) as (other, _):  # type: ignore[arg-type]
        state = copies.state_of(tmp_path, "E1")
        moved = copies.CopyState(copies.source_of(f"{other}/"), "", "", state.fetched_at)
        copy(tmp_path).with_suffix(".json").write_bytes(moved.to_bytes())
        found = fetched(tmp_path, f"{other}/")
    assert found.outcome == "failed" and message in found.message
    assert copy(tmp_path).read_bytes() == GOOD and found.copy_of == NOW.isoformat()


def test_a_bomb_costs_little_memory_and_time(tmp_path: Path) -> None:
    bomb = io.BytesIO()
    with gzip.GzipFile(fileobj=bomb, mode="wb", compresslevel=9) as packer:
        for _ in range(16):
            packer.write(bytes(16_000_000))
    began = time.monotonic()
    with serving({"/": answer(bomb.getvalue(), content_encoding="gzip")}) as (base, _):
        assert "more than 10,000,000 bytes" in fetched(tmp_path, f"{base}/").message
    assert time.monotonic() - began < 10


def test_a_server_that_never_ends_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b"X")
                time.sleep(0.05)
        except OSError:
            return

    monkeypatch.setattr(copies, "LONGEST_S", 0.5)
    with serving({"/": drip}) as (base, _):
        assert "takes more than 0.5 seconds" in fetched(tmp_path, f"{base}/").message


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254", "0.0.0.0", "2130706433"]
)
def test_private_addresses_are_refused_unless_allowed(host: str, tmp_path: Path) -> None:
    found = fetched(tmp_path, f"http://{host}:9/a.ics", allow_private=False)
    assert found.outcome == "failed" and "address of the own network" in found.message


def test_a_redirect_to_a_private_address_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving({"/": answer(b"", 302, location="http://10.0.0.1/")}) as (base, _):
        monkeypatch.setattr("rotation.fetch.addresses._is_public", lambda address: address == "127.0.0.1")
        assert "10.0.0.1" in fetched(tmp_path, f"{base}/", allow_private=False).message


def test_a_name_is_resolved_once_and_every_address_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    def both(*_: object, **__: object) -> list[object]:
        return [(socket.AF_INET, 1, 6, "", ("93.184.216.34", 80)), (socket.AF_INET, 1, 6, "", ("10.0.0.1", 80))]

    asked: list[str] = []

    def answering(request: httpx2.Request) -> httpx2.Response:
        asked.append(f"{request.url.host} {request.headers['host']} {request.extensions['sni_hostname']}")
        return httpx2.Response(200)

    monkeypatch.setattr(socket, "getaddrinfo", both)
    guarded = GuardedTransport(httpx2.MockTransport(answering), allow_private=False)
    with httpx2.Client(transport=guarded, trust_env=False) as client, pytest.raises(Refused, match=r"10\.0\.0\.1"):
        client.get("https://calendar.example.com/")
    open_to_all = GuardedTransport(httpx2.MockTransport(answering), allow_private=True)
    with httpx2.Client(transport=open_to_all, trust_env=False) as client:
        client.get("https://calendar.example.com/")
    assert asked == ["93.184.216.34 calendar.example.com calendar.example.com"]


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1"])
def test_public_addresses_are_public(address: str) -> None:
    assert _is_public(address)


@pytest.mark.parametrize(
    "address", ["::ffff:10.0.0.1", "2002:0a00:0001::1", "224.0.0.1", "fe80::1%eth0", "100.64.0.1", "::"]
)
def test_private_addresses_in_disguise_are_not(address: str) -> None:
    assert not _is_public(address)


def test_busy_times_of_a_caldav_server_are_copied(tmp_path: Path) -> None:
    content = b"BEGIN:VCALENDAR\nBEGIN:VFREEBUSY\nFREEBUSY:20261201T170000Z/PT1H\nEND:VFREEBUSY\nEND:VCALENDAR\n"
    with serving({"/cal/": answer(content), "/old/": answer(b"", 405), "/web/": answer(b"<html>")}) as (base, log):
        assert fetched(tmp_path, f"{base}/cal/", kind="caldav").outcome == "new"
        assert "405" in fetched(tmp_path, f"{base}/old/", kind="caldav").message
        assert "no busy times" in fetched(tmp_path, f"{base}/web/", kind="caldav").message
    assert log[0] == "REPORT /cal/"


def test_the_plan_reads_copies_with_their_owners_choices_and_says_what_is_old(tmp_path: Path) -> None:
    company, policy = write_company(tmp_path / "company"), tmp_path / "rotation.toml"
    text = policy.read_text() + "\n[calendars]\nallow_private_feeds = true\n"
    policy.write_text(text)
    tentative = GOOD.replace(b"END:VEVENT", b"STATUS:TENTATIVE\r\nEND:VEVENT")
    own = GOOD.replace(b"UID:a", b"UID:E1-x@rotation").replace(b"20261201", b"20261202")
    arguments = ("fetch", "--company", str(company), "--config", str(policy))
    with serving({"/1": answer(tentative), "/2": answer(own)}) as (base, _):
        rows = f"employee_id,url,tentative\nE1,{base}/1,busy\nE2,{base}/1,free\nE3,{base}/2,\n"
        (company / "calendars.csv").write_text(rows)
        with pytest.raises(InputFaults, match="has not been fetched yet"):
            read_all(company, policy, window=WINDOW)
        result = run(*arguments)
        assert (result.exit_code, result.output.count(": new")) == (0, 3)
    intake = read_all(company, policy, window=WINDOW)
    assert [row.employee_id for row in intake.company.busy_times] == ["E1"] and not intake.warnings
    result = run(*arguments)
    assert result.exit_code == 6 and "3 of 3 calendars could not be fetched" in result.output
    again = read_all(company, policy, window=WINDOW)
    assert again.company.busy_times == intake.company.busy_times
    assert sum("is the copy of" in str(warning) for warning in again.warnings) == 3
    assert {f"calendars/fetched/E1.{kind}" for kind in ("ics", "json")} <= set(again.company.digests)


def test_faults_of_the_table_are_reported(tmp_path: Path) -> None:
    company = write_company(tmp_path / "company")
    (company / "calendars.csv").write_text("employee_id,url,kind\nE1,ftp://x/,ics\nE1,,post\nE99,,\n")
    with pytest.raises(InputFaults) as error:
        read_all(company, tmp_path / "rotation.toml", window=WINDOW)
    assert {fault.column for fault in error.value.faults} == {"url", "kind", "employee_id"}
