"""How `rotation serve` answers conditional requests while a release is made, measured from a process of its own.

    python -m tests.benchmarks.feeds_under_load [--rate 500] [--seconds 20] [--feeds 160]

Requests leave on a fixed schedule over kept connections, whether or not earlier ones are answered, and latency counts
from the scheduled instant. Half way a week is released again with a shift moved. Every answer must be 304 for the state
that the tag names, or the whole calendar of the old or of the new release.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from icalendar import Calendar

from rotation.store import Store
from rotation.store.feeds import create_feed
from tests.store.test_releases import add
from tests.store.weeks import BEFORE, FIRST

CONNECTIONS = 16
MOVED = tuple(text.replace("E1 q1 mon 08:00-10:00", "E1 q1 mon 09:00-11:00") for text in FIRST)


@dataclass
class Seen:
    """What the load has met."""

    latencies: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    sequences: list[tuple[float, int]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class Connection:
    """One kept connection that asks for feeds in turn."""

    def __init__(self, port: int, seen: Seen, tags: dict[str, str]) -> None:
        self.port, self.seen, self.tags = port, seen, tags
        self.lock = asyncio.Lock()

    async def open(self) -> None:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)

    async def ask(self, path: str, due: float) -> None:
        async with self.lock:
            tag = self.tags.get(path, '"none"')
            self.writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\nIf-None-Match: {tag}\r\n\r\n".encode())
            head = (await self.reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            headers = {key.lower(): value.strip() for key, _, value in (row.partition(":") for row in head[1:] if row)}
            status = int(head[0].split()[1])
            body = await self.reader.readexactly(int(headers["content-length"])) if status == 200 else b""
        self.seen.latencies.append(time.perf_counter() - due)
        self.seen.statuses[status] = self.seen.statuses.get(status, 0) + 1
        if status == 200:
            self.tags[path] = headers["etag"]
            self._judge(path, body)
        elif status != 304:
            self.seen.wrong.append(f"{path}: {status}")

    def _judge(self, path: str, body: bytes) -> None:
        events = Calendar.from_ical(body).walk("VEVENT")
        moved = [int(event["SEQUENCE"]) for event in events if str(event["UID"]).startswith("E1-20261130")]
        if moved and len(events) != 2:
            self.seen.wrong.append(f"{path}: {len(events)} events")
        self.seen.sequences += [(time.time(), number) for number in moved]


async def load(port: int, paths: list[str], rate: int, seconds: float) -> Seen:
    """Ask on schedule."""
    seen, tags = Seen(), dict[str, str]()
    connections = [Connection(port, seen, tags) for _ in range(CONNECTIONS)]
    for connection in connections:
        await connection.open()
    for n, path in enumerate(paths):  # everybody has a calendar already, as clients do
        await connections[n % CONNECTIONS].ask(path, time.perf_counter())
    seen.latencies.clear()
    began, tasks = time.perf_counter(), []
    for n in range(int(rate * seconds)):
        due = began + n / rate
        if (wait := due - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        tasks.append(asyncio.create_task(connections[n % CONNECTIONS].ask(paths[n % len(paths)], due)))
    await asyncio.gather(*tasks)
    return seen


def main() -> None:
    """Run the server, the load and the release, and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rate", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--feeds", type=int, default=160)
    parser.add_argument("--as-load", nargs=2, metavar=("PORT", "PATHS"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.as_load:
        port, paths = int(arguments.as_load[0]), Path(arguments.as_load[1]).read_text().split()
        seen = asyncio.run(load(port, paths, arguments.rate, arguments.seconds))
        print(json.dumps({**vars(seen), "latencies": sorted(seen.latencies)}))
        return
    with tempfile.TemporaryDirectory() as folder:
        _measure(Path(folder), arguments)


def _measure(folder: Path, arguments: argparse.Namespace) -> None:
    place = str(folder / "store.sqlite")
    with Store.open(place) as store:
        add(store, *FIRST)
        tokens = [secrets.token_urlsafe(16) for _ in range(arguments.feeds)]
        with store.writing() as transaction:
            for n, token in enumerate(tokens):
                create_feed(transaction.connection, "employee", f"E{n % 6 + 1}", token, "benchmark", BEFORE)
    (folder / "paths").write_text("\n".join(f"/feeds/{token}.ics" for token in tokens))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = ["serve", "--store", place, "--port", str(port)]
    program = [sys.executable, "-c", "from rotation.cli.main import main; main()", *words]
    with (folder / "log").open("wb") as log, subprocess.Popen(program, stderr=log) as server:
        try:
            _wait(port)
            me = [
                sys.executable,
                "-m",
                "tests.benchmarks.feeds_under_load",
                "--as-load",
                str(port),
                str(folder / "paths"),
            ]
            options = ["--rate", str(arguments.rate), "--seconds", str(arguments.seconds)]
            with subprocess.Popen([*me, *options], stdout=subprocess.PIPE) as loading:
                time.sleep(arguments.seconds / 2)
                with Store.open(place) as store:
                    released = time.time()
                    add(store, *MOVED, parent=1, at=BEFORE + dt.timedelta(hours=1))
                output, _ = loading.communicate()
            _print(json.loads(output), released, arguments)
        finally:
            server.terminate()
    text = (folder / "log").read_text()
    assert not any(token in text for token in tokens), "the log holds a secret"
    assert "Traceback" not in text, text


def _wait(port: int) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit("the server did not start")


def _print(found: dict[str, list[float]], released: float, arguments: argparse.Namespace) -> None:
    latencies, sequences = found["latencies"], found["sequences"]
    mixed = [
        at for at, number in sequences if number == 0 and at > min((t for t, n in sequences if n == 1), default=at)
    ]  # type: ignore[misc]
    first_new = min((at for at, number in sequences if number == 1), default=0)  # type: ignore[misc]

    def quantile(share: float) -> float:
        return 1000 * latencies[min(len(latencies) - 1, int(share * len(latencies)))]

    how = f"at {arguments.rate} a second over {CONNECTIONS} connections, {os.cpu_count()} cores"
    print(f"{len(latencies):,} requests {how}")
    print(f"latency p50 {quantile(0.5):.1f} ms, p99 {quantile(0.99):.1f} ms, longest {latencies[-1] * 1000:.1f} ms")
    print(f"answers by status {found['statuses']}; wrong: {len(found['wrong'])}; old after new: {len(mixed)}")
    print(f"a release made under load was first served {first_new - released:.1f} s after it began")
    if found["wrong"] or mixed or not first_new:
        raise SystemExit(f"NOT CORRECT: {found['wrong'][:3]}")


if __name__ == "__main__":
    main()
