"""Who served, read off a switch's queue_log."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from rotation.company import Queue
from rotation.errors import InputFaults
from rotation.intake.attendance import Served
from rotation.intake.attendance_log import is_queue_log, read_attendance_log
from tests.tiny import person, tiny_company

COMPANY = tiny_company(
    person("A", endpoint="PJSIP/1001"),
    person("B"),
    queues=(Queue("Q", "Q", 300), Queue("R", "R", 300)),
)
START = 1_780_934_400


def log(*lines: tuple[int, str, str, str]) -> str:
    """A log of (second, queue, agent, event)."""
    return "".join(f"{START + s}|NONE|{queue}|{agent}|{event}|\n" for s, queue, agent, event in lines)


def at(seconds: int) -> dt.datetime:
    """An instant of the log."""
    return dt.datetime.fromtimestamp(START + seconds, dt.UTC)


def read(tmp_path: Path, text: str) -> tuple[tuple[Served, ...], list[str]]:
    """Stretches and warnings of a log."""
    path = tmp_path / "queue_log"
    path.write_text(text, encoding="utf-8")
    assert is_queue_log(path)
    served, warnings = read_attendance_log(path, COMPANY)
    return served, [warning.value for warning in warnings]


def test_from_joining_to_leaving_somebody_serves(tmp_path: Path) -> None:
    text = log(
        (0, "Q", "PJSIP/1001", "ADDMEMBER"),
        (60, "R", "B", "ADDMEMBER"),
        (3600, "Q", "PJSIP/1001", "REMOVEMEMBER"),
        (3660, "R", "B", "REMOVEMEMBER"),
    )
    assert read(tmp_path, text) == ((Served(at(0), at(3600), "A", "Q"), Served(at(60), at(3660), "B", "R")), [])


def test_who_was_there_before_and_who_stays_count_as_far_as_the_log_goes(tmp_path: Path) -> None:
    text = log(
        (0, "Q", "A", "PAUSE"),
        (100, "Q", "A", "REMOVEMEMBER"),
        (200, "Q", "B", "ADDMEMBER"),
        (300, "", "B", "PAUSEALL"),
    )
    assert read(tmp_path, text)[0] == (Served(at(0), at(100), "A", "Q"), Served(at(200), at(300), "B", "Q"))


def test_strangers_and_other_queues_are_left_out_with_a_word(tmp_path: Path) -> None:
    text = log(
        (0, "Q", "Zed", "ADDMEMBER"),
        (5, "other", "A", "ADDMEMBER"),
        (10, "Q", "A", "ADDMEMBER"),
        (20, "Q", "A", "REMOVEMEMBER"),
    )
    assert read(tmp_path, text) == ((Served(at(10), at(20), "A", "Q"),), ["Zed"])


def test_leaving_twice_serves_once(tmp_path: Path) -> None:
    text = log((0, "Q", "A", "ADDMEMBER"), (50, "Q", "A", "REMOVEMEMBER"), (90, "Q", "A", "REMOVEMEMBER"))
    assert read(tmp_path, text)[0] == (Served(at(0), at(50), "A", "Q"),)


@pytest.mark.parametrize("text", ["rubbish|with|four|bars|but no event\n", log((0, "Q", "A", "PAUSE"))])
def test_a_log_that_tells_nothing_is_a_fault(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputFaults):
        read(tmp_path, text)
