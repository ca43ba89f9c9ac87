"""A week's life by commands: released, looked at, changed, refused, settled."""

from __future__ import annotations

import csv
import datetime as dt
import re
from pathlib import Path

import pytest
from click.testing import Result

from rotation.store import Store
from rotation.timegrid import IsoWeek
from tests.cli.company_folder import WEEK, asked, question, run, write_company

MONDAY = dt.datetime(2026, 11, 30, 8, tzinfo=dt.UTC)
"""Midnight of the week's Monday in Los Angeles."""


class Desk:
    """Commands on one company and its store, at an instant that can be set."""

    def __init__(self, place: Path, monkeypatch: pytest.MonkeyPatch, **tables: str) -> None:
        self.company, self.out, self._patch = write_company(place / "company", **tables), place / "out", monkeypatch
        self.store = place / "rotation.sqlite"
        self.at(MONDAY - dt.timedelta(days=7))

    def at(self, instant: dt.datetime) -> None:
        """Set the clock."""
        self._patch.setenv("SOURCE_DATE_EPOCH", str(int(instant.timestamp())))

    def plan(self) -> Result:
        """Plan into the output folder."""
        return run(*asked(self.company, self.out, "--reproducible"))

    def release(self) -> Result:
        """Release what was planned."""
        return run("release", *question(self.company), "--draft", str(self.out), "--by", "Ann", "--reason", "agreed")

    def do(self, *words: str) -> Result:
        """Any command on the store."""
        return run(*words, "--company", str(self.company))

    def shifts(self, week: str = WEEK) -> list[tuple[str, str]]:
        """Ids and employees of the effective release."""
        with Store.open(str(self.store)) as store:
            return [(shift.shift_id, shift.employee_id) for shift in store.release(IsoWeek.parse(week)).shifts]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk with the week released."""
    made = Desk(tmp_path, monkeypatch)
    assert made.plan().exit_code == 0
    shown = made.release()
    assert shown.exit_code == 0, shown.output
    assert shown.output.startswith("release 1 of 2026-W49: ")
    return made


def refused(shown: Result, status: int, words: str) -> None:
    """A command said no, in these words, and was no defect."""
    assert shown.exit_code == status, shown.output
    assert re.search(words, shown.output), shown.output


def test_a_week_is_released_changed_settled_and_remembered(desk: Desk, tmp_path: Path) -> None:
    shift, owner = desk.shifts()[0]
    absent = desk.do("absent", owner, "--from", "2026-11-30", "--to", "2026-12-04", "--reason", "ill")
    assert absent.exit_code == 0 and "shifts lost" in absent.output and "gone" in absent.output
    assert owner not in {name for _, name in desk.shifts()}
    refused(desk.do("swap", shift, "--with", "E1"), 2, "was called off at")
    back = desk.do("rollback", "--week", WEEK, "--to", "1")
    refused(back, 3, "breaks hard rules and was not released")
    history = desk.do("history", "--week", WEEK)
    assert history.exit_code == 0 and "2 effective" in history.output
    trail = desk.do("history", "--trail")
    assert "is absent" in " ".join(trail.output.split()) and "agreed" in trail.output
    desk.at(MONDAY + dt.timedelta(days=8))
    table = tmp_path / "served.csv"
    with Store.open(str(desk.store)) as store:
        rows = [(s.employee_id, s.queue_id, s.start.isoformat(), s.end.isoformat()) for s in store.release(2).shifts]
    with table.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("employee_id", "queue_id", "start", "end"), *rows[1:]])
    settled = desk.do("attend", str(table), "--week", WEEK)
    assert settled.exit_code == 0 and "1 no-shows" in settled.output
    ledger = desk.do("ledger", "--out", str(tmp_path / "ledger.csv"))
    assert ledger.exit_code == 0
    with (tmp_path / "ledger.csv").open(encoding="utf-8") as stream:
        minutes = sum(int(row["minutes"]) for row in csv.DictReader(stream))
    lengths = [dt.datetime.fromisoformat(end) - dt.datetime.fromisoformat(start) for _, _, start, end in rows[1:]]
    assert minutes == sum(lengths, dt.timedelta(0)) / dt.timedelta(minutes=1)


def test_what_was_planned_before_somebody_else_released_is_refused(desk: Desk) -> None:
    refused(desk.release(), 5, "follows no release, but release 1 by Ann .* is effective now; nothing was stored")


def test_planning_again_keeps_what_was_promised(desk: Desk) -> None:
    before = desk.shifts()
    assert desk.plan().exit_code == 0
    shown = desk.do("diff", "--week", WEEK, "--draft", str(desk.out))
    assert shown.exit_code == 0 and "no change" in shown.output
    assert desk.release().exit_code == 0
    assert desk.shifts() == before


def test_a_draft_of_other_files_is_refused(desk: Desk) -> None:
    desk.plan()
    with (desk.company / "skills.csv").open("a", encoding="utf-8") as stream:
        stream.write("\n")
    refused(desk.release(), 2, r"was planned on other inputs than these: skills.csv")


def test_an_edited_draft_counts_as_it_stands_and_a_broken_one_is_refused(desk: Desk) -> None:
    desk.plan()
    plan = desk.out / "plan.csv"
    text = plan.read_text("utf-8").splitlines()
    plan.write_text("\n".join([text[0], *text[2:], ""]), "utf-8")
    assert desk.release().exit_code == 0
    assert len(desk.shifts()) == len(text) - 2
    plan.write_text("\n".join([*text[:2], *text[1:], ""]), "utf-8")
    refused(desk.release(), 3, "comes 2 times|breaks hard rules|may not|at most|begins less")


def test_an_offer_is_taken_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Few agents are asked for, so that people have room in their bands.
    hours = [f"{q},2026-12-0{day}T{hour:02}:00-08:00,{int(q == 'q1' and hour < 12)}" for q in ("q1", "q2")
             for day in range(1, 5) for hour in range(8, 17)]  # fmt: skip
    hours += [f"{q},2026-11-30T{hour:02}:00-08:00,0" for q in ("q1", "q2") for hour in range(8, 17)]
    queues = "queue_id,name,aht_s,min_agents\nq1,One,300,0\nq2,Two,300,0\n"
    required = "\n".join(["queue_id,start,agents", *hours, ""])
    desk = Desk(tmp_path, monkeypatch, required_csv=required, queues_csv=queues)
    assert desk.plan().exit_code == 0 and desk.release().exit_code == 0
    for shift, owner in desk.shifts():  # noqa: B007
        offered = desk.do("offer", shift, "--reason", "dentist")
        assert offered.exit_code == 0
        if taker := re.search(r"could be taken by (\w+)", offered.output):
            break
        assert desk.do("offer", shift, "--withdraw").exit_code == 0
    assert taker, "a week in which nobody could take any shift tests nothing"
    refused(desk.do("offer", shift), 2, "is on offer already")
    assert shift in desk.do("offer").output
    refused(desk.do("take", shift, "--employee", owner), 2, "nobody swaps with oneself")
    assert desk.do("take", shift, "--employee", taker[1]).exit_code == 0
    assert (shift, owner) not in desk.shifts()
    refused(desk.do("take", shift, "--employee", taker[1]), 2, f"went to {taker[1]} already, by release 2")
    refused(desk.do("offer", desk.shifts()[0][0], "--withdraw"), 2, "is not on offer")


def test_changes_that_make_no_sense_say_why(desk: Desk) -> None:
    (shift, owner), (other, _) = desk.shifts()[:2]
    refused(desk.do("swap", shift[:-1] + "X", "--with", "E1"), 2, "there is no shift .* did you mean")
    refused(desk.do("swap", shift, "--with", owner), 2, "nobody swaps with oneself")
    refused(desk.do("swap", shift, "--with", shift), 2, "cannot be swapped with itself")
    refused(desk.do("swap", shift, "--with", "E9"), 2, "there is no employee 'E9'")
    refused(desk.do("absent", "E77", "--from", "2026-12-01", "--to", "2026-12-01"), 2, "there is no employee 'E77'")
    refused(desk.do("absent", "E1", "--from", "2026-12-02", "--to", "2026-12-01"), 2, "is not after")
    refused(desk.do("absent", "E1", "--from", "soon", "--to", "2026-12-01"), 2, "is no date like")
    refused(desk.do("absent", "E1", "--from", "2026-12-01T10:00", "--to", "2026-12-01"), 2, "has no offset")
    refused(desk.do("absent", "E1", "--from", "2026-11-01", "--to", "2026-11-02"), 2, "which is past")
    refused(desk.do("rollback", "--week", WEEK, "--to", "1"), 2, "is effective already")
    refused(desk.do("rollback", "--week", WEEK, "--to", "8"), 2, r"there is no release 8 \(allowed: 1 to 1\)")
    refused(desk.do("diff", "--week", "2026-W50"), 2, "2026-W50 has no release yet")
    desk.at(MONDAY + dt.timedelta(days=6))
    refused(desk.do("swap", other, "--with", "E1"), 2, "which is past; it cannot change hands")
    assert len(desk.do("history").output.splitlines()) < 8


def test_attendance_with_faults_names_them_all(desk: Desk, tmp_path: Path) -> None:
    desk.at(MONDAY + dt.timedelta(days=8))
    table = tmp_path / "served.csv"
    table.write_text(
        "employee_id,queue_id,start,end\n"
        "E9,q1,2026-11-30T08:00-08:00,2026-11-30T10:00-08:00\n"
        "E1,q7,2026-11-30T08:00-08:00,2026-11-30T10:00-08:00\n"
        "E1,q1,2026-11-30T09:00-08:00,2026-11-30T10:00-08:00\n",
        encoding="utf-8",
    )
    refused(desk.do("attend", str(table), "--week", WEEK), 2, "3 faults in the input; nothing was written")
    desk.at(MONDAY - dt.timedelta(days=1))
    good = "employee_id,queue_id,start,end\nE1,q1,2026-11-30T08:00-08:00,2026-11-30T10:00-08:00\n"
    table.write_text(good, encoding="utf-8")
    refused(desk.do("attend", str(table), "--week", WEEK), 2, "has not begun: nobody has served yet")


def test_without_a_store_commands_say_how_to_get_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    company = write_company(tmp_path / "company")
    refused(run("history", "--company", str(company)), 2, "there is no store .*rotation.sqlite yet")
    monkeypatch.setenv("ROTATION_STORE", "mysql://somewhere/else")
    refused(run("history", "--company", str(company)), 5, "is not supported")
