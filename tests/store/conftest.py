"""Every test that asks for ``place`` runs on both databases."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from rotation.store import Store
from tests.store.cluster import binaries, new_database, server

NUMBERS = count(1)
Places = Callable[[], str]


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server; its URL lacks the database."""
    if binaries() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("PostgreSQL is not installed; .ci/run installs it")
        pytest.skip("PostgreSQL is not installed")
    with server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Places:
    """Makes an empty store's place on each call."""
    if request.param == "sqlite":
        return lambda: str(tmp_path / f"store{next(NUMBERS)}.sqlite")
    url = request.getfixturevalue("postgres")
    return lambda: new_database(url, f"store{os.getpid()}_{next(NUMBERS)}")


@pytest.fixture
def place(places: Places) -> str:
    """The place of an empty store."""
    return places()


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    """An empty store."""
    with Store.open(place) as opened:
        yield opened
