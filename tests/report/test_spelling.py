from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from rotation.report.clock_columns import clock_columns
from rotation.report.spelling import decimal, hours, offset, plain, share, span, times, whole
from tests.report.autumn_week import SITE, local


def test_spans_tell_midnight_other_days_and_both_offsets() -> None:
    assert span(local(26, 22), local(27, 0), SITE) == "Mon 26 Oct 22:00–24:00 (UTC−07:00)"
    assert span(local(26, 22), local(27, 1), SITE) == "Mon 26 Oct 22:00–Tue 27 Oct 01:00 (UTC−07:00)"
    assert span(local(1, 0, month=11), local(1, 3, month=11), SITE) == (
        "Sun 1 Nov 00:00 (UTC−07:00) – 03:00 (UTC−08:00)"
    )


def test_times_carry_offsets_only_where_the_clock_is_ambiguous() -> None:
    assert times(local(26, 9), local(26, 10), SITE) == "09:00–10:00"
    assert times(local(1, 1, month=11), local(1, 1, 30, month=11), SITE) == "01:00–01:30 (UTC−07:00)"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "0"),
        (-0.001, "0"),
        (-1.5, "−1.5"),
        (1234567.891, "1\u202f234\u202f567.89"),
        (100, "100"),
        (0.1 + 0.2, "0.3"),
    ],
)
def test_decimals_have_no_needless_zeros(value: float, expected: str) -> None:
    assert decimal(value) == expected


def test_units_are_told() -> None:
    assert (hours(90), share(0.0042), whole(12000)) == ("1.5\u00a0h", "0.42\u00a0%", "12\u202f000")
    assert offset(dt.datetime(2026, 1, 1, tzinfo=ZoneInfo("Asia/Kolkata"))) == "UTC+05:30"


def test_control_characters_do_not_pass() -> None:
    assert plain("a\x1b[31m\x00\ud800\u009b é🙂") == "a\ufffd[31m\ufffd\ufffd\ufffd é🙂"


@pytest.mark.parametrize(
    ("zone", "first", "expected"),
    [
        (
            "America/Los_Angeles",
            dt.datetime(2026, 11, 1, 7, tzinfo=dt.UTC),
            ["00:30", "01:00", "01:30", "01:00 −08:00"],
        ),
        (
            "Australia/Lord_Howe",
            dt.datetime(2026, 4, 4, 14, tzinfo=dt.UTC),
            ["01:30", "01:30 +10:30", "02:00", "02:30"],
        ),
        (
            "America/Havana",
            dt.datetime(2026, 11, 1, 4, tzinfo=dt.UTC),
            ["00:30", "00:00 −05:00", "00:30 −05:00", "01:00"],
        ),
    ],
)
def test_columns_follow_the_day_through_a_repeated_hour(zone: str, first: dt.datetime, expected: list[str]) -> None:
    instants = [first + n * dt.timedelta(minutes=30) for n in range(10)]
    labels = [column.label for column in clock_columns(at.astimezone(ZoneInfo(zone)) for at in instants)]
    start = labels.index(expected[0])
    assert labels[start : start + 4] == expected
    assert len(labels) == 10
