"""A real CalDAV server on loopback: Radicale, in a process of its own, with logins."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

USER, PASSWORD = "rotation", "pass:word"


@contextmanager
def radicale(folder: Path) -> Iterator[str]:
    """Run the server; gives the address of the user's calendars."""
    if subprocess.run([sys.executable, "-c", "import radicale"], check=False).returncode:
        if os.environ.get("CI") == "true":
            pytest.fail("Radicale is not installed; it belongs to the extra `test`")
        pytest.skip("Radicale is not installed (pip install radicale)")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (folder / "users").write_text(f"{USER}:{PASSWORD}\n")
    options = {
        "server-hosts": f"127.0.0.1:{port}",
        "auth-type": "htpasswd",
        "auth-htpasswd-filename": str(folder / "users"),
        "auth-htpasswd-encryption": "plain",
        "auth-delay": "0",
        "storage-filesystem-folder": str(folder / "collections"),
        "logging-level": "warning",
    }
    words = [word for key, value in options.items() for word in (f"--{key}", value)]
    with subprocess.Popen(
        [sys.executable, "-m", "radicale", "--config", "", *words], stderr=subprocess.DEVNULL
    ) as server:
        try:
            base = f"http://127.0.0.1:{port}/{USER}/"
            _wait(base, server)
            yield base
        finally:
            server.terminate()


def _wait(base: str, server: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + 30
    while time.monotonic() < limit and server.poll() is None:
        try:
            httpx2.get(base, trust_env=False)
            return
        except httpx2.TransportError:
            time.sleep(0.05)
    pytest.fail("Radicale did not start")
