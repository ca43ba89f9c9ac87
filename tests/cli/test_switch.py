"""``rotation switch``, ``who`` and ``export`` as people and cron run them, against a manager in another thread."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rotation.exporters import exporters
from rotation.plan import Plan
from rotation.store import Drain, Store, SwitchRecords
from tests.cli.company_folder import run
from tests.exporters.edition_sample import EMPLOYEES, clock, company, edition_of
from tests.switch.call_centre import CallCentre
from tests.switch.fake_asterisk import FakeAsterisk, Manners

NINE = "2026-10-26T09:00-07:00"
DUTIES = (
    ("E1", "support", clock("2026-10-26T09:00"), clock("2026-10-26T10:00")),
    ("E2", "support", clock("2026-10-26T10:00"), clock("2026-10-26T11:00")),
)


class Pbx:
    """A manager with a loop of its own; what it knows is asked through that loop."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.fake = FakeAsterisk(CallCentre({"support": 0.0, "sales": 0.0, "billing.eu": 0.0}), Manners())
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()
        self.do(self.fake.__aenter__())

    def do(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(10)

    def members(self) -> dict[str, bool]:
        async def ask() -> dict[str, bool]:
            return {key[1]: one.paused for key, one in self.fake.centre.members.items()}

        found: dict[str, bool] = self.do(ask())
        return found

    def until(self, wanted: dict[str, bool], seconds: float = 15) -> None:
        end = time.monotonic() + seconds
        while self.members() != wanted:
            assert time.monotonic() < end, self.members()
            time.sleep(0.05)

    def close(self) -> None:
        self.do(self.fake.__aexit__())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()


@pytest.fixture
def pbx(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pbx]:
    monkeypatch.setenv("ROTATION_SWITCH_SECRET", "s3cret")
    found = Pbx()
    yield found
    found.close()


def write_plan(folder: Path, duties: Any = DUTIES) -> Path:
    edition = edition_of(company(), "2026-W44", Plan.of(duties).shifts)
    path = folder / "plan" / "routing" / "routing.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(exporters()["routing_json"].render(edition)["routing/routing.json"])
    return folder / "plan"


def words(pbx: Pbx, folder: Path, *more: str) -> list[str]:
    place = ["--plan", str(write_plan(folder)), "--store", str(folder / "store.sqlite")]
    return ["--port", str(pbx.fake.port), "--user", "roster", *place, *more]


def test_once_hands_over_and_a_second_run_takes_no_action(pbx: Pbx, tmp_path: Path) -> None:
    first = run("switch", "run", "--once", "--at", NINE, *words(pbx, tmp_path))
    assert (first.exit_code, pbx.members()) == (0, {"PJSIP/1001": False}), first.output
    again = run("switch", "run", "--once", "--at", NINE, *words(pbx, tmp_path))
    assert "0 actions; as the table says" in again.output
    later = run("switch", "run", "--once", "--at", "2026-10-26T10:00-07:00", *words(pbx, tmp_path))
    assert (later.exit_code, pbx.members()) == (0, {"PJSIP/1002": False}), later.output
    assert "s3cret" not in first.output + again.output + later.output
    assert b"s3cret" not in (tmp_path / "store.sqlite").read_bytes()


def test_a_dry_run_and_status_print_the_difference_and_change_nothing(pbx: Pbx, tmp_path: Path) -> None:
    shown = run("switch", "run", "--dry-run", "--at", NINE, *words(pbx, tmp_path))
    assert (shown.exit_code, shown.output) == (0, "add E1 PJSIP/1001 to support, penalty 0\n")
    status = run("switch", "status", "--at", NINE, *words(pbx, tmp_path))
    assert (status.exit_code, status.output) == (7, shown.output)
    assert (pbx.members(), (tmp_path / "store.sqlite").exists()) == ({}, False)
    run("switch", "run", "--once", "--at", NINE, *words(pbx, tmp_path))
    right = run("switch", "status", "--at", NINE, *words(pbx, tmp_path))
    assert (right.exit_code, right.output) == (0, "the switch is as the table says\n")


def test_the_drained_leave_with_the_next_run(pbx: Pbx, tmp_path: Path) -> None:
    run("switch", "run", "--once", "--at", NINE, *words(pbx, tmp_path))
    until = ("--until", "2099-01-01T00:00Z", "--by", "lead", "--reason", "ill")
    assert run("switch", "drain", "E1", *until, *words(pbx, tmp_path)).exit_code == 0
    run("switch", "run", "--once", "--at", "2026-10-26T09:10-07:00", *words(pbx, tmp_path))
    assert pbx.members() == {}
    with Store.open(str(tmp_path / "store.sqlite")) as store:
        (order,) = SwitchRecords(store, "any").drains(dt.datetime.now(dt.UTC))
    assert isinstance(order, Drain) and (order.employee_id, order.ordered_by, order.reason) == ("E1", "lead", "ill")


@pytest.mark.parametrize(
    ("change", "status", "words_told"),
    [
        (["--at", "2026-12-31T09:00-08:00", "--once"], 2, "is after the routing table of 2026-W44"),
        (["--at", "2026-10-20T09:00-08:00", "--once"], 2, "is before the routing table of 2026-W44"),
        (["--at", "2026-10-26T09:00", "--once"], 2, "has no offset"),
        (["--driver", "carrier-pigeon", "--once"], 2, "allowed: asterisk-ami, freeswitch-esl, twilio"),
        (["--secret-file", "nowhere", "--once"], 2, "cannot be read"),
        (["--at", NINE], 2, "--at needs --once or --dry-run"),
        (["--port", "1", "--once", "--at", NINE], 7, "connection to the switch failed"),
        (["--user", "nobody", "--once", "--at", NINE], 7, "refuses the login of nobody"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_touched(
    pbx: Pbx, tmp_path: Path, change: list[str], status: int, words_told: str
) -> None:
    told = run("switch", "run", *words(pbx, tmp_path), *change)
    assert told.exit_code == status, told.output
    assert words_told in told.output
    assert pbx.members() == {}


def test_no_secret_is_told(pbx: Pbx, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ROTATION_SWITCH_SECRET")
    told = run("switch", "status", *words(pbx, tmp_path))
    assert (told.exit_code, "set ROTATION_SWITCH_SECRET, or give --secret-file" in told.output) == (2, True)
    (tmp_path / "secret").write_text("s3cret\n")
    file = ("--secret-file", str(tmp_path / "secret"))
    assert run("switch", "status", "--at", NINE, *file, *words(pbx, tmp_path)).exit_code == 7


def test_a_daemon_that_is_killed_resumes_refuses_a_second_one_and_ends_by_a_signal(pbx: Pbx, tmp_path: Path) -> None:
    edition = edition_of(company([replace(one, timezone="UTC") for one in EMPLOYEES], zone="UTC"), "2026-W44", ())
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    boundary = now + dt.timedelta(seconds=12)
    document = json.loads(exporters()["routing_json"].render(edition)["routing/routing.json"])
    document["valid_from"], document["valid_to"] = "2020-01-01T00:00Z", "2099-01-01T00:00Z"
    document["agents"] = {key: {"name": key, "email": ""} for key in ("E1", "E2")}
    spans = {"E1": (now - dt.timedelta(hours=1), boundary), "E2": (boundary, boundary + dt.timedelta(hours=1))}
    document["rows"] = [
        {"queue_id": "support", "employee_id": key, "agent_name": key, "endpoint": f"PJSIP/{key}", "level": 5}
        | {"penalty": 0, "position": 1, "valid_from": start.isoformat(), "valid_to": end.isoformat(), "shift_id": key}
        for key, (start, end) in spans.items()
    ]
    more = ("--lead", "2")
    place = words(pbx, tmp_path)
    (tmp_path / "plan" / "routing" / "routing.json").write_text(json.dumps(document))
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
        notify.bind(str(tmp_path / "notify"))
        notify.settimeout(30)
        code = "from rotation.cli.main import main; main(prog_name='rotation')"

        def start() -> subprocess.Popen[str]:
            line = [sys.executable, "-c", code, "switch", "run", *place, *more]
            environment = os.environ | {"NOTIFY_SOCKET": str(tmp_path / "notify")}
            return subprocess.Popen(line, env=environment, stderr=subprocess.DEVNULL, text=True)

        def ready() -> None:
            while b"READY=1" not in notify.recv(1000):
                pass

        with start() as first:
            pbx.until({"PJSIP/E1": False})
            ready()
            with start() as second:
                assert second.wait(30) == 7
            first.kill()
        with start() as third:
            ready()
            pbx.until({"PJSIP/E2": False}, seconds=30)
            third.send_signal(signal.SIGTERM)
            assert third.wait(15) == 0
    assert pbx.members() == {"PJSIP/E2": False}
