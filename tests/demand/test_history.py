"""From raw rows to the grid: closed, missing and zero stay three things; clock changes and finer intervals."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from rotation.company import Company, OpeningHours, Policy, Queue
from rotation.demand.company_history import series_by_queue
from rotation.demand.history import UnfitIntervals, interval_totals
from rotation.demand.raw_past import past_from_raw
from rotation.errors import InputFaults
from rotation.intake.history import read_raw_history

ZONE = ZoneInfo("America/Los_Angeles")
QUEUE = Queue("a", "A", 200.0)
COMPANY = Company(Policy(), (), (), {}, (QUEUE,), tuple(OpeningHours("a", day, 480, 1080) for day in range(5)), ())


def frame(rows: list[tuple[str, float]]) -> pd.DataFrame:
    table = pd.DataFrame(
        {"queue_id": "a", "start": pd.to_datetime([at for at, _ in rows], utc=True), "offered": [n for _, n in rows]}
    )
    for name in ("answered", "abandoned", "wait_s", "handle_s"):
        table[name] = np.nan
    return table


def past(folder: Path, text: str):  # type: ignore[no-untyped-def]
    (folder / "h.csv").write_text(text)
    raw = read_raw_history(folder / "h.csv", ZONE)
    return past_from_raw(raw, COMPANY, "h.csv"), raw.dropped


def test_finer_intervals_are_added_up_and_an_incomplete_half_hour_is_missing() -> None:
    rows = [(f"2026-11-23T08:{minute:02d}-08:00", 2.0) for minute in range(0, 60, 6)]
    assert interval_totals(frame(rows), False, ZONE, 30)["offered"].tolist() == [10.0, 10.0]
    del rows[2]
    first, second = interval_totals(frame(rows), False, ZONE, 30)["offered"].tolist()
    assert np.isnan(first) and second == 10.0
    lost = [*rows, ("2026-11-23T08:12-08:00", np.nan)]
    assert np.isnan(interval_totals(frame(lost), False, ZONE, 30)["offered"].tolist()[0])


def test_coarser_intervals_are_refused_with_a_way_out() -> None:
    hours = [(f"2026-11-23T{hour:02d}:00-08:00", 2.0) for hour in range(0, 24)]
    hours += [(f"2026-11-24T{hour:02d}:00-08:00", 2.0) for hour in range(0, 6)]
    with pytest.raises(UnfitIntervals, match=r"set site\.interval_min to 60"):
        interval_totals(frame(hours), False, ZONE, 30)


def test_both_passes_of_the_repeated_hour_are_intervals_of_their_own() -> None:
    rows = [(at.isoformat(), 1.0) for at in pd.date_range("2026-11-01T07:00Z", periods=8, freq="30min")]
    found = interval_totals(frame(rows), False, ZONE, 30)
    assert len(found) == 8 and found["offered"].sum() == 8


def test_a_zone_of_half_an_hour_keeps_its_own_grid() -> None:
    rows = [("2026-06-01T09:10+05:30", 1.0), ("2026-06-01T10:05+05:30", 1.0)]
    found = interval_totals(frame(rows), True, ZoneInfo("Asia/Kolkata"), 60)
    assert [at.strftime("%H:%M") for at in found["start"].dt.tz_convert("Asia/Kolkata")] == ["09:00", "10:00"]


def test_an_interval_without_a_call_is_zero_while_the_recorder_of_calls_ran(tmp_path: Path) -> None:
    calls = ["2026-11-23T08:05", "2026-11-23T10:10", "2026-11-24T09:00", "2026-11-26T17:40"]
    found, _ = past(tmp_path, "queue_id,start\n" + "".join(f"a,{at}-08:00\n" for at in calls))
    series = series_by_queue(COMPANY, found, dt.date(2026, 11, 30))["a"]
    assert series.calls[0, 16:22].tolist() == [1, 0, 0, 0, 1, 0]
    assert series.calls[1, 16] == 0
    # No call all Wednesday, of any queue: nobody knows whether anything was recorded.
    assert np.isnan(series.calls[2]).all()
    assert np.isnan(series.calls[3, 36:]).all()


def test_an_interval_without_a_row_is_missing_where_rows_are_intervals(tmp_path: Path) -> None:
    text = "queue_id,start,offered\n" + "".join(
        f"a,2026-11-23T{hour:02d}:{minute}-08:00,{n}\n"
        for hour, minute, n in ((8, "00", 4), (8, "30", 0), (9, "30", 2))
    )
    found, _ = past(tmp_path, text)
    series = series_by_queue(COMPANY, found, dt.date(2026, 11, 30))["a"]
    assert series.calls[0, 16:18].tolist() == [4, 0] and np.isnan(series.calls[0, 18])
    assert np.isnan(series.calls[0, :16]).all()


def test_repeated_and_contradicting_intervals_are_counted(tmp_path: Path) -> None:
    rows = ["08:00-08:00,4", "08:00-08:00,4", "08:30-08:00,5", "08:30-08:00,6", "09:00-08:00,", "06:00-08:00,3"]
    found, dropped = past(tmp_path, "queue_id,start,offered\n" + "".join(f"a,2026-11-23T{row}\n" for row in rows))
    assert dropped.counts == {
        "intervals that come twice": 1,
        "intervals that come twice with different numbers": 2,
        "intervals without a number of calls (missing, not zero)": 1,
        "calls while the queue was closed, which opening hours leave out": 3,
    }
    assert found.totals["offered"].dropna().tolist() == [3.0, 4.0]


def test_a_history_of_other_queues_is_refused_and_one_strange_queue_counted(tmp_path: Path) -> None:
    with pytest.raises(InputFaults, match="no queue of the company"):
        past(tmp_path, "queue_id,start,offered\nzzz,2026-11-23T08:00-08:00,1\n")
    _, dropped = past(tmp_path, "queue_id,start,offered\na,2026-11-23T08:00-08:00,1\nA,2026-11-23T08:00-08:00,1\n")
    assert dropped.counts == {"rows of A, which is no queue of queues.csv; did you mean 'a'?": 1}
