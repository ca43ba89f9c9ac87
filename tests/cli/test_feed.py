"""``rotation feed``: addresses are made, renewed and ended; each is shown once and never kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import Result

from rotation.store import Store
from rotation.store.feeds import all_feeds, digest_of
from tests.cli.company_folder import run
from tests.store.test_releases import add
from tests.store.weeks import FIRST


@pytest.fixture
def place(tmp_path: Path) -> str:
    with Store.open(str(tmp_path / "store.sqlite")) as store:
        add(store, *FIRST)
    return str(tmp_path / "store.sqlite")


def feed(place: str, *words: str) -> Result:
    return run("feed", *words, "--store", place)


def secret_of(result: Result) -> str:
    found = re.fullmatch(r"https://cal\.example\.com/feeds/([\w-]{22})\.ics\n", result.stdout)
    assert result.exit_code == 0 and found, result.output
    return found[1]


def test_a_feed_lives_from_creation_to_rotation_and_revocation(place: str) -> None:
    base = ("--base", "https://cal.example.com/")
    first = secret_of(feed(place, "create", "--employee", "E1", *base))
    second = secret_of(feed(place, "rotate", "1", *base))
    assert first != second
    secret_of(feed(place, "create", "--everybody", *base))
    assert feed(place, "revoke", "3").exit_code == 0
    with Store.open(place) as store, store.reading() as connection:
        found = all_feeds(connection)
        trail = [entry.what for entry in store.trail()]
    assert [(one.kind, one.owner_id, one.revoked_at is None) for one in found] == [
        ("employee", "E1", False),
        ("employee", "E1", True),
        ("company", "", False),
    ]
    assert [one.token_hash for one in found[:2]] == [digest_of(first), digest_of(second)]
    assert sum("feed" in word for word in trail) == 4
    listed = feed(place, "list").output
    assert "employee E1" in listed and first not in listed and second not in listed


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("create",), "name one of"),
        (("create", "--employee", "E1", "--everybody"), "name one of"),
        (("create", "--employee", "E11"), "unknown employee 'E11'; did you mean 'E1'?"),
        (("create", "--queue", "q9"), "unknown queue"),
        (("create", "--department", "x"), "unknown department"),
        (("revoke", "7"), "there is no feed 7"),
        (("rotate", "7"), "there is no feed 7"),
    ],
)
def test_what_cannot_be_done_is_said(place: str, words: tuple[str, ...], message: str) -> None:
    result = feed(place, *words)
    assert result.exit_code == 2 and message in result.output and not result.stdout


def test_a_feed_needs_a_release(tmp_path: Path) -> None:
    place = str(tmp_path / "store.sqlite")
    Store.open(place).close()
    assert "no week has been released yet" in feed(place, "create", "--employee", "E1").output
