"""Bytes by their digest: whatever two releases share is stored once, compressed."""

from __future__ import annotations

import json
import zlib

from sqlalchemy import Connection, insert, select

from rotation.company import Company
from rotation.release import Inputs
from rotation.release.inputs import digest_of
from rotation.store.schema import blobs
from rotation.timegrid import Horizon


def keep(connection: Connection, data: bytes) -> str:
    """Store bytes, unless they are there already.

    Returns:
        SHA-256 in hex, by which :func:`fetch` finds them.
    """
    digest = digest_of(data)
    if connection.scalar(select(blobs.c.digest).where(blobs.c.digest == digest)) is None:
        connection.execute(insert(blobs).values(digest=digest, content=zlib.compress(data, 6)))
    return digest


def fetch(connection: Connection, digest: str) -> bytes:
    """The bytes of a digest."""
    content = connection.scalar(select(blobs.c.content).where(blobs.c.digest == digest))
    assert content is not None, digest
    return zlib.decompress(content)


def keep_inputs(connection: Connection, inputs: Inputs) -> str:
    """Store every file of a week and the list of them; returns the digest of the list."""
    listing = {
        "files": {name: keep(connection, data) for name, data in sorted(inputs.files.items())},
        "policy_name": inputs.policy_name,
        "policy": keep(connection, inputs.policy),
    }
    return keep(connection, json.dumps(listing, sort_keys=True, ensure_ascii=False).encode())


def fetch_inputs(connection: Connection, digest: str) -> Inputs:
    """The files of a week."""
    listing = json.loads(fetch(connection, digest))
    files = {name: fetch(connection, found) for name, found in listing["files"].items()}
    return Inputs(files, listing["policy_name"], fetch(connection, listing["policy"]))


class Companies:
    """The last few companies that were rebuilt from their files: releases of a week mostly share them."""

    MOST = 4

    def __init__(self) -> None:
        self._found: dict[tuple[str, Horizon], tuple[Inputs, Company]] = {}

    def of(self, connection: Connection, digest: str, horizon: Horizon) -> tuple[Inputs, Company]:
        """The files of a week and the company that they make."""
        key = digest, horizon
        if key not in self._found:
            inputs = fetch_inputs(connection, digest)
            self._found[key] = inputs, inputs.company(horizon)
            while len(self._found) > self.MOST:
                del self._found[next(iter(self._found))]
        return self._found[key]
