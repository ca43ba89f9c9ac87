"""Raw histories: every format, and everything that exports get wrong, counted and never silently zero."""

from __future__ import annotations

import gzip
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from rotation.errors import InputFaults
from rotation.intake.history import RawHistory, read_raw_history
from tests.intake.test_queue_log import LOG

ZONE = ZoneInfo("America/Los_Angeles")


def read(folder: Path, text: str | bytes, name: str = "calls.csv") -> RawHistory:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_raw_history(path, ZONE)


def starts(raw: RawHistory) -> list[str]:
    return [at.isoformat() for at in raw.frame["start"]]


def test_intervals_with_offsets_and_columns_that_nobody_asked_for(tmp_path: Path) -> None:
    raw = read(tmp_path, "start,site,queue_id,offered\n2026-11-23T08:00-08:00,x,a,15\n2026-11-23T08:30-08:00,y,a,\n")
    assert not raw.by_call and not raw.dropped.counts
    assert starts(raw)[0] == "2026-11-23T16:00:00+00:00"
    assert raw.frame["offered"].tolist()[0] == 15 and np.isnan(raw.frame["offered"].tolist()[1])


def test_a_zipped_file_is_read_as_a_plain_one(tmp_path: Path) -> None:
    text = "queue_id,start,offered\na,2026-11-23T08:00-08:00,15\n"
    assert len(read(tmp_path, gzip.compress(text.encode()), "calls.csv.gz").frame) == 1


def test_single_calls_lose_phantoms_repetitions_and_negative_times(tmp_path: Path) -> None:
    raw = read(
        tmp_path,
        "call_id,queue_id,start,outcome,wait_s,handle_s\n"
        "1,a,2026-11-23T08:00:05-08:00,AGENT,10,200\n"
        "1,a,2026-11-23T08:00:05-08:00,AGENT,10,200\n"
        "2,a,2026-11-23T08:00:06-08:00,HANG,35,0\n"
        "3,a,2026-11-23T08:01:00-08:00,PHANTOM,0,\n"
        "4,a,2026-11-23T08:02:00-08:00,answered,-7,90\n"
        "5,a,yesterday,AGENT,1,90\n"
        "6,a,2026-11-23T08:03:00-08:00,WHATEVER,1,x\n",
    )
    assert raw.by_call
    assert raw.frame[["answered", "abandoned"]].sum().tolist() == [2, 1]
    assert np.isnan(raw.frame["wait_s"].tolist()[2])
    assert raw.dropped.counts == {
        "times that cannot be read": 1,
        "negative or endless values of wait_s": 1,
        "values of handle_s that are no number": 1,
        "phantom calls": 1,
        "calls that come twice": 1,
        "outcomes that nobody knows": 1,
    }
    assert "1 phantom calls (first in row 5)" in raw.dropped.lines()


def test_a_broken_row_is_one_of_many_and_a_broken_header_is_the_file(tmp_path: Path) -> None:
    rows = "a,2026-11-23T08:00-08:00,1\na,2026-11-23T08:30-08:00,1,2,3\na,2026-11-23T09:00-08:00,1\n"
    raw = read(tmp_path, "queue_id,start,offered\n" + rows)
    assert len(raw.frame) == 2
    assert raw.dropped.counts == {"rows that are no row of the table": 1}
    with pytest.raises(InputFaults, match="the column is there 2 times"):
        read(tmp_path, "queue_id,start,start,offered\n" + "a,2026-11-23T08:00-08:00,x,1\n")


def test_two_callers_at_the_same_second_are_two_calls(tmp_path: Path) -> None:
    raw = read(tmp_path, "queue_id,start\na,2026-11-23T08:00:05-08:00\na,2026-11-23T08:00:05-08:00\n")
    assert len(raw.frame) == 2


def test_the_hour_that_comes_twice_written_twice_is_two_hours(tmp_path: Path) -> None:
    hours = ["00:30", "01:00", "01:30", "01:00", "01:30", "02:00"]
    raw = read(tmp_path, "queue_id,start,offered\n" + "".join(f"a,2026-11-01 {hour},1\n" for hour in hours))
    assert [at[11:16] for at in starts(raw)] == ["07:30", "08:00", "08:30", "09:00", "09:30", "10:00"]
    assert not raw.dropped.counts


def test_the_hour_that_comes_twice_written_once_is_left_out_with_a_word(tmp_path: Path) -> None:
    raw = read(tmp_path, "queue_id,start,offered\n" + "".join(f"a,2026-11-01 0{h}:00,1\n" for h in range(4)))
    assert len(raw.frame) == 3
    assert raw.dropped.counts == {"intervals of the hour that comes twice, written once": 1}


def test_a_clock_that_was_not_put_forward_wrote_times_that_never_were(tmp_path: Path) -> None:
    raw = read(tmp_path, "queue_id,start,offered\n" + "".join(f"a,2026-03-08 0{h}:00,1\n" for h in range(5)))
    assert raw.dropped.counts == {"times that the clock skipped": 1}
    assert len(raw.frame) == 4


def test_calls_of_the_hour_that_comes_twice_are_told_apart_by_their_order(tmp_path: Path) -> None:
    clocks = ["00:50", "01:10", "01:55", "01:05", "01:40", "02:10"]
    raw = read(tmp_path, "queue_id,start\n" + "".join(f"a,2026-11-01 {clock}\n" for clock in clocks))
    assert [at[11:16] for at in starts(raw)] == ["07:50", "08:10", "08:55", "09:05", "09:40", "10:10"]


def test_parquet_says_the_same_as_csv(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    text = "queue_id,start,offered,handle_s\na,2026-11-23T08:00-08:00,15,300\nb,2026-11-23T08:00-08:00,,\n"
    plain = read(tmp_path, text)
    cells = pd.read_csv(tmp_path / "calls.csv")
    cells["start"] = pd.to_datetime(cells["start"], utc=True)
    cells.to_parquet(tmp_path / "calls.parquet")
    other = read_raw_history(tmp_path / "calls.parquet", ZONE)
    pd.testing.assert_frame_equal(plain.frame, other.frame, check_names=False, check_dtype=False)


def test_a_queue_log_becomes_calls(tmp_path: Path) -> None:
    raw = read(tmp_path, LOG, "queue_log")
    assert raw.by_call
    assert raw.frame["queue_id"].tolist() == ["repair", "repair"]
    assert raw.frame["answered"].tolist() == [1.0, 0.0]
    assert raw.frame["wait_s"].tolist() == [20.0, 35.0]
    assert raw.frame["handle_s"].tolist()[0] == 180.0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("queue_id,offered\na,1\n", "the required column is missing"),
        ("queue_id;start;offered\na;2026-11-23T08:00Z;1\n", "separated by ';'"),
        ("queue_id,start,offered\na,never,1\na,never,2\na,2026-11-23T08:00Z,1\n", "2 of 3 rows are unusable"),
        ("queue_id,start,offered\n", "0 of 0 rows are unusable"),
    ],
)
def test_a_file_that_is_no_history_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputFaults, match=message):
        read(tmp_path, text)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputFaults, match=r"none\.csv: cannot be read"):
        read_raw_history(tmp_path / "none.csv", ZONE)
