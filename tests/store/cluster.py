"""A PostgreSQL server of the tests' own: started where its binaries are, in a folder that goes with it."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

OPTIONS = "-c listen_addresses='' -c fsync=off -c max_connections=40"


def binaries() -> Path | None:
    """The folder of the newest server's programs, None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    there = shutil.which("initdb")
    return Path(there).resolve().parent if there else None


@contextmanager
def server(options: str = OPTIONS) -> Iterator[str]:
    """Start a server that listens on a socket in its own folder; yields its URL without a database.

    The server refuses to run as root, so root lends it another user's name.
    """
    programs = binaries()
    assert programs
    as_other = ["runuser", "-u", _other(), "--"] if os.getuid() == 0 else []
    # Sockets have short names only, so the folder must not lie deep.
    with tempfile.TemporaryDirectory(prefix="rot-pg-", dir="/tmp") as name:
        place = Path(name)
        if as_other:
            os.chown(place, pwd.getpwnam(_other()).pw_uid, -1)
        data = place / "data"

        def call(program: str, *words: str) -> None:
            done = subprocess.run(
                [*as_other, str(programs / program), *words], capture_output=True, text=True, cwd=place, check=False
            )
            assert done.returncode == 0, done.stdout + done.stderr

        call("initdb", "-D", str(data), "-U", "rotation", "-A", "trust", "-E", "UTF8", "--no-sync")
        log = str(place / "log")
        call("pg_ctl", "-D", str(data), "-w", "-l", log, "-o", f"{options} -k {place}", "start")
        try:
            yield f"postgresql://rotation@/{{}}?host={place}"
        finally:
            call("pg_ctl", "-D", str(data), "-m", "immediate", "stop")


def _other() -> str:
    """A user whom the server may run as."""
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    raise AssertionError("there is no user but root")


def new_database(server_url: str, name: str) -> str:
    """Make an empty database; returns its URL."""
    with psycopg.connect(server_url.format("postgres"), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    return server_url.format(name)
