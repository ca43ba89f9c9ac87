"""Shifts on a real CalDAV server end in the last release's schedule exactly, beside what others have put there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from icalendar import Calendar

from rotation.publish import caldav
from rotation.store import Store
from tests.cli.company_folder import run
from tests.store.test_releases import add
from tests.store.weeks import BEFORE, FIRST

from .radicale import PASSWORD, USER, radicale

HOUR = dt.timedelta(hours=1)
SECOND = (
    *(t.replace("E1 q1 mon 08:00-10:00", "E1 q1 mon 09:00-11:00") for t in FIRST if not t.startswith("E2 q2 mon")),
)
THIRD = (
    *(t.replace("E4 q2 tue 10:00-12:00", "E4 q2 tue 13:00-15:00") for t in FIRST if not t.startswith("E1 q1 wed")),
)
FOREIGN = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:dentist\r\nDTSTAMP:20261101T000000Z\r\n"
    b"DTSTART:20261201T170000Z\r\nDTEND:20261201T180000Z\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
Held = set[tuple[str, dt.datetime, dt.datetime, int, str]]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with radicale(tmp_path_factory.mktemp("radicale")) as base:
        yield base


@pytest.fixture
def client() -> Iterator[httpx2.Client]:
    with httpx2.Client(auth=(USER, PASSWORD), trust_env=False) as client:
        yield client


class Office:
    """A store and the command that publishes it."""

    def __init__(self, folder: Path, url: str) -> None:
        self.place, self.url = str(folder / "store.sqlite"), url

    def release(self, *texts: str, parent: int) -> None:
        with Store.open(self.place) as store:
            add(store, *texts, parent=parent, at=BEFORE + parent * HOUR)

    def publish(self, *more: str, status: int = 0) -> str:
        result = run("publish", "--store", self.place, "--caldav", self.url, "--user", USER, *more)
        assert result.exit_code == status, result.output
        return result.output

    def promised(self) -> Held:
        with Store.open(self.place) as store:
            shifts = store.release(store.history()[-1].number).shifts
        return {(f"{s.shift_id}@rotation", s.start, s.end, s.sequence, "CONFIRMED") for s in shifts}


@pytest.fixture
def office(tmp_path: Path, server: str, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int((BEFORE + 9 * HOUR).timestamp())))
    monkeypatch.setenv("ROTATION_CALDAV_PASSWORD", PASSWORD)
    return Office(tmp_path, f"{server}{tmp_path.name}/")


def held(client: httpx2.Client, url: str) -> tuple[Held, list[str]]:
    """Every event of a calendar as the server gives it, and the foreign ones' UIDs."""
    content = client.get(url).content
    found, foreign = set(), []
    events = Calendar.from_ical(content).walk("VEVENT") if content else []
    for event in events:
        if str(event["UID"]).endswith("@rotation"):
            found.add((str(event["UID"]), event.start, event.end, int(event["SEQUENCE"]), str(event["STATUS"])))
        else:
            foreign.append(str(event["UID"]))
    assert len(found) + len(foreign) == len(events)
    return found, foreign


def test_three_releases_end_in_the_last_ones_schedule_exactly(office: Office, client: httpx2.Client) -> None:
    office.release(*FIRST, parent=0)
    assert "6 added, 0 changed, 0 removed, 0 unchanged" in office.publish()
    assert held(client, office.url) == (office.promised(), [])
    assert client.put(f"{office.url}dentist.ics", content=FOREIGN).status_code == 201
    assert "0 added, 0 changed, 0 removed, 6 unchanged" in office.publish()
    office.release(*SECOND, parent=1)
    # The moved shift, and the one whose text names who is on beside it.
    assert "0 added, 2 changed, 1 removed, 3 unchanged" in office.publish()
    assert held(client, office.url) == (office.promised(), ["dentist"])
    office.release(*THIRD, parent=2)
    office.publish()
    assert held(client, office.url) == (office.promised(), ["dentist"])
    assert "0 added, 0 changed, 0 removed, 5 unchanged" in office.publish()


def test_everybody_has_the_own_calendar_where_the_address_says_so(
    office: Office, client: httpx2.Client, tmp_path: Path
) -> None:
    office.release(*FIRST, parent=0)
    office.url = office.url.replace(tmp_path.name, f"{tmp_path.name}-{{employee_id}}")
    office.publish()
    mine = held(client, office.url.replace("{employee_id}", "E1"))[0]
    assert mine == {one for one in office.promised() if one[0].startswith("E1-")} and len(mine) == 2
    assert held(client, office.url.replace("{employee_id}", "E5")) == (set(), [])


def test_an_interrupted_run_is_made_good_by_the_next(
    office: Office, client: httpx2.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.release(*FIRST, parent=0)
    put, count = caldav._put, [0]

    def breaking(*arguments: object) -> str:
        count[0] += 1
        if count[0] == 4:
            put(*arguments)  # type: ignore[arg-type]
            raise httpx2.ConnectError("the cable is out")
        return put(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(caldav, "_put", breaking)
    assert "the cable is out" in office.publish(status=6)
    assert "2 added, 1 changed, 0 removed, 3 unchanged" in office.publish()
    assert held(client, office.url) == (office.promised(), [])


def test_a_store_that_has_forgotten_makes_no_duplicates(office: Office, client: httpx2.Client, tmp_path: Path) -> None:
    office.release(*FIRST, parent=0)
    office.publish()
    again = Office(tmp_path / "other", office.url)
    (tmp_path / "other").mkdir()
    again.release(*SECOND, parent=0)
    again.publish()
    assert held(client, office.url)[0] == again.promised()


def test_what_somebody_changed_or_removed_on_the_server_is_put_right(office: Office, client: httpx2.Client) -> None:
    office.release(*FIRST, parent=0)
    office.publish()
    first, second = sorted(name for name in caldav._list(client, office.url))[:2]
    client.delete(office.url + first)
    content = client.get(office.url + second).content
    client.put(office.url + second, content=content.replace(b"SEQUENCE:0", b"SEQUENCE:7"))
    assert "1 added, 1 changed, 0 removed, 4 unchanged" in office.publish()
    assert held(client, office.url) == (office.promised(), [])


def test_shifts_that_are_over_stay_as_history(
    office: Office, client: httpx2.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.release(*FIRST, parent=0)
    office.publish()
    before = held(client, office.url)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int((BEFORE + dt.timedelta(days=40)).timestamp())))
    office.publish()
    assert held(client, office.url) == before


def test_servers_that_refuse_are_told_and_nothing_is_hidden(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.release(*FIRST, parent=0)
    monkeypatch.setenv("ROTATION_CALDAV_PASSWORD", "wrong")
    assert "401" in office.publish(status=6)
    office.url = "http://127.0.0.1:9/x/"
    assert "failed" in office.publish(status=6)
    office.url = "ftp://example.com/"
    assert "is no address" in office.publish(status=2)
