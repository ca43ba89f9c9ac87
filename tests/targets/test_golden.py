"""Every target's files of the sample edition, compared byte by byte."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from rotation.errors import UsageFault
from rotation.routing import RoutingBook, book_of
from rotation.targets import Target, refused_rows, targets, timeline
from tests.exporters.edition_sample import clock, sample_edition

GOLDEN = Path(__file__).parent.parent / "golden" / "targets"
FAMILY = targets()
AT = clock("2026-10-26T10:45")


def _book(target: Target) -> RoutingBook:
    book = book_of(sample_edition())
    return book.without(refused_rows(target, book))


def _files(name: str) -> dict[str, bytes]:
    target = FAMILY[name]
    book = _book(target)
    steps = timeline(target, book, clock("2026-10-28T00:00"), clock("2026-10-29T00:00"))
    return target.snapshot(book, AT) | {f"timeline/{path}": content for path, content in steps.items()}


@pytest.mark.parametrize("name", FAMILY)
def test_renders_its_golden_files(name: str, regenerate_golden: bool) -> None:
    files, folder = _files(name), GOLDEN / name
    if regenerate_golden:
        for path in folder.rglob("*.*") if folder.exists() else ():
            path.unlink()
        for path, content in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*")}
    assert files == found


@pytest.mark.parametrize("name", FAMILY)
def test_renders_the_same_bytes_twice(name: str) -> None:
    assert list(_files(name).items()) == list(_files(name).items())


def test_each_target_says_what_it_is_and_what_it_cannot_hold() -> None:
    assert all(target.summary for target in FAMILY.values())
    assert all(target.limits for name, target in FAMILY.items() if name not in ("csv", "json"))


def test_the_instant_of_a_snapshot_must_lie_in_the_week() -> None:
    book = _book(FAMILY["csv"])
    for at, word in ((book.valid_from - dt.timedelta(seconds=1), "before"), (book.valid_to, "after")):
        for target in FAMILY.values():
            with pytest.raises(UsageFault, match=f"is {word} the routing table of 2026-W44, release 3"):
                target.snapshot(book, at)
