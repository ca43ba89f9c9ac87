"""Programs that use one store at the same time, and programs that are killed while they do."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rotation.rules import rules
from rotation.solve.audit import audit
from rotation.store import Store
from tests.store.conftest import Places
from tests.store.weeks import FIRST, WEEK

ROOT = Path(__file__).parents[2]
WRITER = """
import sys
from rotation.errors import StoreFault
from rotation.store import Store
from tests.store.weeks import BEFORE, FIRST, proposal
place, name, count, wait = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
wanted = [proposal(*FIRST, parent=0)]
done = 0
with Store.open(place) as store:
    parent = store.current(wanted[0].edition.case.horizon.week)
    if wait:
        print("ready", flush=True)
        sys.stdin.readline()
    while done < count:
        texts = FIRST[parent % 2:]
        try:
            with store.writing() as transaction:
                parent = transaction.release(proposal(*texts, parent=parent), name, BEFORE).number
        except StoreFault as fault:
            print(fault, flush=True)
            sys.exit(fault.exit_status)
        done += 1
        print("released", parent, flush=True)
"""
KILLS = int(os.environ.get("ROTATION_KILLS", "6"))


def writer(place: str, name: str, count: int, wait: str = "") -> subprocess.Popen[str]:
    """A process that releases the week again and again."""
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, place, name, str(count), wait],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def assert_sound(place: str) -> int:
    """The store can be opened and every release in it is whole; returns how many there are."""
    with Store.open(place) as store:
        notes = store.history()
        assert [note.number for note in notes] == list(range(1, len(notes) + 1))
        assert [note.parent for note in notes] == [0, *range(1, len(notes))][: len(notes)]
        for note in notes[-3:]:
            release = store.release(note.number)
            assert len(release.shifts) == len(FIRST[(note.number - 1) % 2 :])
            assert audit(release.edition.case, release.edition.plan, rules()).clashes == ()
        assert len([entry for entry in store.trail() if entry.release]) == len(notes)
        accounts = store.accounts(None, 26)
        if notes:
            promised = sum(shift.as_shift().minutes for shift in store.release(WEEK).shifts)
            assert sum(row.minutes for row in accounts.values()) == promised
        return len(notes)


def test_of_two_processes_that_release_at_once_one_wins_and_the_other_is_told(place: str) -> None:
    Store.open(place).close()
    pair = [writer(place, name, 1, "wait") for name in ("Ann", "Ben")]
    for process in pair:
        assert process.stdout and process.stdout.readline() == "ready\n"
    for process in pair:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [process.communicate(timeout=60) for process in pair]
    statuses = [process.returncode for process in pair]
    assert sorted(statuses) == [0, 5], told
    loser, winner = statuses.index(5), statuses.index(0)
    name = ("Ann", "Ben")[winner]
    assert f"but release 1 by {name}" in told[loser][0] and "nothing was stored" in told[loser][0]
    assert assert_sound(place) == 1


def test_two_processes_make_a_new_store_at_once(place: str) -> None:
    code = "import sys; from rotation.store import Store; Store.open(sys.argv[1]).close()"
    pair = [subprocess.Popen([sys.executable, "-c", code, place], cwd=ROOT, stderr=subprocess.PIPE) for _ in range(3)]
    assert [(process.communicate(timeout=60)[1], process.returncode) for process in pair] == [(b"", 0)] * 3
    assert assert_sound(place) == 0


@pytest.fixture
def moments() -> Iterator[random.Random]:
    """Random moments, the same in every run."""
    yield random.Random(20261130)


@pytest.mark.slow
def test_killed_at_any_moment_a_store_loses_nothing_that_was_told_and_holds_nothing_half(
    places: Places, moments: random.Random
) -> None:
    place = places()
    for _ in range(KILLS):
        with writer(place, "Ann", 10_000) as process:
            assert process.stdout
            told = process.stdout.readline()
            assert told.startswith("released"), told + (process.stderr.read() if process.stderr else "")
            time.sleep(moments.uniform(0, 0.25))
            process.send_signal(signal.SIGKILL)
            lines = process.stdout.read().splitlines()
        # The last line may be cut off by the kill; the one before it was told whole.
        whole = [told, *lines[:-1]]
        assert assert_sound(place) >= int(whole[-1].split()[-1])


@pytest.mark.slow
def test_killed_while_it_is_made_a_store_is_made_by_the_next(places: Places, moments: random.Random) -> None:
    code = "import sys; from rotation.store import Store; sys.stdin.readline(); Store.open(sys.argv[1]).close()"
    for _ in range(KILLS):
        place = places()
        with subprocess.Popen([sys.executable, "-c", code, place], cwd=ROOT, stdin=subprocess.PIPE) as process:
            time.sleep(1.2)
            assert process.stdin
            process.stdin.write(b"go\n")
            process.stdin.flush()
            time.sleep(moments.uniform(0, 0.2))
            process.send_signal(signal.SIGKILL)
        assert assert_sound(place) == 0
