"""Progress of a live switch in the store: durable, by switch, and one daemon at a time."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import textwrap
import time

import pytest

from rotation.errors import SwitchFault
from rotation.store import Drain, Store, StoredSeat, SwitchRecords

NOON = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)
LATER = NOON + dt.timedelta(hours=1)


def test_seats_are_remembered_and_forgotten_by_switch(place: str) -> None:
    with Store.open(place) as store:
        one, other = SwitchRecords(store, "one"), SwitchRecords(store, "other")
        many = {("q", f"pjsip/{number}"): StoredSeat("waiting", NOON) for number in range(450)}
        one.record(many)
        other.record({("q", "pjsip/1"): StoredSeat("serving", NOON)})
        one.record({("q", "pjsip/1"): StoredSeat("leaving", LATER), ("q", "pjsip/2"): None})
    with Store.open(place) as store:
        found = SwitchRecords(store, "one").seats()
        assert len(found) == 449
        assert found["q", "pjsip/1"] == StoredSeat("leaving", LATER)
        assert SwitchRecords(store, "other").seats() == {("q", "pjsip/1"): StoredSeat("serving", NOON)}


def test_boots_and_drains_are_remembered(store: Store) -> None:
    records = SwitchRecords(store, "one")
    assert records.booted() is None
    for at in (NOON, LATER):
        records.record_boot(at)
        assert records.booted() == at
    records.drain(Drain("E1", LATER, NOON, "lead", "ill"))
    records.drain(Drain("E1", LATER + dt.timedelta(hours=1), NOON, "lead", "still ill"))
    assert [order.reason for order in records.drains(LATER)] == ["still ill"]
    assert records.drains(LATER + dt.timedelta(hours=2)) == ()


def test_two_daemons_cannot_keep_one_switch_but_two_switches_can_be_kept(place: str) -> None:
    with Store.open(place) as store, Store.open(place) as again:
        with SwitchRecords(store, "one").sole():
            with pytest.raises(SwitchFault, match="another daemon keeps one"), SwitchRecords(again, "one").sole():
                pass
            with SwitchRecords(again, "other/2:5038").sole():
                pass
        with SwitchRecords(again, "one").sole():
            pass


def test_the_lock_of_a_killed_daemon_is_free_at_once(place: str) -> None:
    code = f"""
        import time
        from rotation.store import Store, SwitchRecords
        with Store.open({place!r}) as store, SwitchRecords(store, "one").sole():
            print("locked", flush=True)
            time.sleep(60)
    """
    with subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None and other.stdout.readline() == "locked\n"
        with Store.open(place) as store:
            with pytest.raises(SwitchFault), SwitchRecords(store, "one").sole():
                pass
            other.kill()
            other.wait()
            for _ in range(50):  # a database server needs a moment to see that a client has gone
                try:
                    with SwitchRecords(store, "one").sole():
                        return
                except SwitchFault:
                    time.sleep(0.1)
    pytest.fail("the lock outlived its process")
