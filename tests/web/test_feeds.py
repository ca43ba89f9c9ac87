"""Feeds over HTTP: only with the secret, only what belongs to the owner, with everything that caches ask for."""

from __future__ import annotations

import datetime as dt
import gzip
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from icalendar import Calendar
from starlette.testclient import TestClient

from rotation.store import Store
from rotation.store.feeds import all_feeds, create_feed, revoke_feed
from rotation.web.app import application
from rotation.web.attempts import MOST_WRONG, REFILL_S, Attempts
from rotation.web.board import Board
from tests.store.test_releases import add
from tests.store.weeks import BEFORE, FIRST

HOUR = dt.timedelta(hours=1)
MOVED = tuple(text.replace("E1 q1 mon 08:00-10:00", "E1 q1 mon 09:00-11:00") for text in FIRST)


@dataclass
class Site:
    """A server without network, on a clock that stands still."""

    store: Store
    board: Board
    client: TestClient
    at: list[dt.datetime]
    seconds: list[float] = field(default_factory=lambda: [0.0])

    def create(self, kind: str, owner: str, secret: str) -> str:
        with self.store.writing() as transaction:
            create_feed(transaction.connection, kind, owner, secret, "tester", self.at[0])  # type: ignore[arg-type]
        assert self.board.refresh()
        return f"/feeds/{secret}.ics"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    place, at, seconds = str(tmp_path / "store.sqlite"), [BEFORE + 2 * HOUR], [0.0]
    with Store.open(place) as store, ThreadPoolExecutor(1) as executor:
        add(store, *FIRST)
        board = Board(place, lambda: at[0], executor)
        app = application(board, Attempts(lambda: seconds[0]), refresh_s=3600)
        with TestClient(app, headers={"accept-encoding": "identity"}) as client:
            yield Site(store, board, client, at, seconds)
        board.close()


def events(content: bytes) -> dict[str, tuple[str, int]]:
    return {str(e["UID"]): (str(e["STATUS"]), int(e["SEQUENCE"])) for e in Calendar.from_ical(content).walk("VEVENT")}


def test_an_employee_gets_the_own_shifts_and_no_other(site: Site) -> None:
    response = site.client.get(site.create("employee", "E1", "secret-1"))
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    release = site.store.release(1)
    mine = {f"{shift.shift_id}@rotation" for shift in release.shifts if shift.employee_id == "E1"}
    assert set(events(response.content)) == mine and len(mine) == 2
    assert b"ATTENDEE" not in response.content


@pytest.mark.parametrize(("kind", "owner"), [("department", "field"), ("queue", "q1"), ("company", "")])
def test_leads_get_their_part(site: Site, kind: str, owner: str) -> None:
    response = site.client.get(site.create(kind, owner, "secret-2"))
    release = site.store.release(1)
    home = {row.employee_id: row.department_id for row in release.edition.case.company.employees}
    of_kind = {"department": lambda s: home[s.employee_id] == owner, "queue": lambda s: s.queue_id == owner}
    wanted = [shift for shift in release.shifts if of_kind.get(kind, lambda s: True)(shift)]
    assert len(events(response.content)) == len(wanted) > 0


def test_conditional_requests_are_answered_without_content(site: Site) -> None:
    path = site.create("employee", "E1", "secret-3")
    first = site.client.get(path)
    etag, modified = first.headers["etag"], first.headers["last-modified"]
    assert etag.startswith('"') and not etag.startswith("W/")
    for headers, status in (
        ({"if-none-match": etag}, 304),
        ({"if-none-match": f'"x", W/{etag}'}, 304),
        ({"if-none-match": "*"}, 304),
        ({"if-none-match": '"x"'}, 200),
        ({"if-modified-since": modified}, 304),
        ({"if-modified-since": "Thu, 01 Jan 2026 00:00:00 GMT"}, 200),
        ({"if-modified-since": "yesterday"}, 200),
        ({"if-none-match": '"x"', "if-modified-since": modified}, 200),
    ):
        again = site.client.get(path, headers=headers)
        assert again.status_code == status, headers
        assert (again.content == b"") == (status == 304)
        assert (again.headers["etag"], again.headers["last-modified"]) == (etag, modified)


def test_head_has_the_headers_and_no_content(site: Site) -> None:
    path = site.create("employee", "E1", "secret-4")
    get, head = site.client.get(path), site.client.head(path)
    assert head.content == b"" and dict(head.headers) == dict(get.headers)
    assert site.client.post(path).status_code == 405


def test_gzip_is_another_representation_with_its_own_tag(site: Site) -> None:
    path = site.create("employee", "E1", "secret-5")
    plain = site.client.get(path)
    for accepted in ("gzip", "br, GZIP;q=0.5", "*"):
        with site.client.stream("GET", path, headers={"accept-encoding": accepted}) as response:
            raw = b"".join(response.iter_raw())
        assert response.headers["content-encoding"] == "gzip" and gzip.decompress(raw) == plain.content
        assert response.headers["etag"] != plain.headers["etag"]
        assert response.headers["vary"] == "accept-encoding"
        tag = {"if-none-match": response.headers["etag"], "accept-encoding": accepted}
        assert site.client.get(path, headers=tag).status_code == 304
    for accepted in ("gzip;q=0", "br", "gzip;q=x"):
        assert "content-encoding" not in site.client.get(path, headers={"accept-encoding": accepted}).headers


def test_the_same_release_gives_the_same_bytes_and_a_new_one_its_changes(site: Site) -> None:
    path = site.create("employee", "E1", "secret-6")
    first = site.client.get(path)
    assert site.client.get(path).content == first.content
    add(site.store, *MOVED, parent=1, at=BEFORE + HOUR)
    assert site.client.get(path).content == first.content
    assert site.board.refresh()
    second = site.client.get(path, headers={"if-none-match": first.headers["etag"]})
    assert second.status_code == 200
    moved = events(second.content)
    assert set(moved) == set(events(first.content)) and sorted(moved.values()) == [("CONFIRMED", 0), ("CONFIRMED", 1)]


def test_a_cancelled_shift_stays_until_it_has_passed_and_then_drops_out(site: Site) -> None:
    path = site.create("employee", "E1", "secret-7")
    before = events(site.client.get(path).content)
    add(site.store, *FIRST[1:], parent=1, at=BEFORE + HOUR)
    assert site.board.refresh()
    first = site.client.get(path)
    gone = site.store.release(2).cancelled[0]
    assert set(events(first.content)) == set(before)
    assert events(first.content)[f"{gone.shift_id}@rotation"] == ("CANCELLED", 1)
    site.at[0] = gone.end + HOUR
    later = site.client.get(path, headers={"if-modified-since": first.headers["last-modified"]})
    assert later.status_code == 200 and f"{gone.shift_id}@rotation" not in events(later.content)


def test_unknown_and_revoked_secrets_are_not_found(site: Site) -> None:
    path = site.create("employee", "E1", "secret-8")
    assert site.client.get(path).status_code == 200
    for other in (
        "/feeds/secret-9.ics",
        "/feeds/.ics",
        f"/feeds/{'x' * 5000}.ics",
        "/feeds/secret-8",
        "/feeds/%00.ics",
    ):
        assert site.client.get(other).status_code in (404, 429)
    with site.store.writing() as transaction:
        revoke_feed(transaction.connection, 1, "tester", BEFORE)
    assert site.board.refresh()
    assert site.client.get(path).status_code == 404


def test_guessing_is_slowed_down_and_good_secrets_still_work(site: Site) -> None:
    path = site.create("employee", "E1", "secret-10")
    seconds = [0.0]
    guarded = TestClient(application(site.board, Attempts(lambda: seconds[0]), refresh_s=3600))
    statuses = [guarded.get(f"/feeds/guess-{n}.ics").status_code for n in range(MOST_WRONG + 5)]
    assert statuses == [404] * MOST_WRONG + [429] * 5
    assert int(guarded.get("/feeds/guess.ics").headers["retry-after"]) >= 1
    assert guarded.get(path).status_code == 200
    seconds[0] += 3 * REFILL_S
    assert [guarded.get("/feeds/guess.ics").status_code for _ in range(4)] == [404, 404, 404, 429]


def test_neither_the_log_nor_the_store_holds_a_secret(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    path = site.create("employee", "E1", "secret-11")
    with caplog.at_level(logging.INFO):
        site.client.get(path)
        site.client.get("/feeds/guess-11.ics")
    assert "feed 1 200" in caplog.text and "feed unknown 404" in caplog.text
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("rotation"))
    assert "secret-11" not in ours and "guess-11" not in ours
    with site.store.reading() as connection:
        assert "secret-11" not in repr(all_feeds(connection))
    for file in Path(site.store.engine.url.database or "").parent.iterdir():
        assert b"secret-11" not in file.read_bytes()


def test_a_store_that_fails_keeps_the_feeds_as_they_were(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    path = site.create("employee", "E1", "secret-12")
    first = site.client.get(path)
    database = Path(site.store.engine.url.database or "")
    add(site.store, *MOVED, parent=1, at=BEFORE + HOUR)
    monkeypatch.setattr("rotation.web.board.load_week", _fails)
    assert not site.board.refresh()
    assert site.client.get(path).content == first.content and database.exists()
    assert site.client.get("/health").text == "ok\n"


def _fails(*_: object) -> None:
    from rotation.errors import StoreFault

    raise StoreFault("the disk is gone")
