"""Weeks by ISO 8601: how they are read, and what is not one."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rotation.errors import UsageFault
from rotation.timegrid import Horizon, IsoWeek


@given(st.dates(dt.date(2, 1, 8), dt.date(9998, 12, 20)))
@settings(max_examples=60)
def test_a_week_is_spelt_and_read_the_same(day: dt.date) -> None:
    week = IsoWeek.of(day)
    assert IsoWeek.parse(str(week)) == week
    assert week.monday() <= day < week.monday() + dt.timedelta(weeks=1)
    assert week.monday().weekday() == 0
    assert week.following().monday() == week.monday() + dt.timedelta(weeks=1)
    assert week.following(-1).following() == week


@pytest.mark.parametrize(
    ("text", "monday"),
    [
        ("2026-W01", "2025-12-29"),
        ("2026-W49", "2026-11-30"),
        ("2026-W53", "2026-12-28"),
        (" 2020-W53 ", "2020-12-28"),
        ("2021-W01", "2021-01-04"),
    ],
)
def test_weeks_around_the_turn_of_the_year(text: str, monday: str) -> None:
    assert IsoWeek.parse(text).monday().isoformat() == monday


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-49", "2026-W1", "2026-w49", "26-W49", "2026-W49-1", "2026W49", "W49"]
)
def test_what_is_not_spelt_like_a_week(text: str) -> None:
    with pytest.raises(UsageFault, match="is not a week; write the ISO week like 2026-W49"):
        IsoWeek.parse(text)


@pytest.mark.parametrize("text", ["2026-W00", "2026-W54", "2025-W53", "2026-W99", "0000-W01"])
def test_weeks_that_the_year_does_not_have(text: str) -> None:
    with pytest.raises(UsageFault, match="is not a week of"):
        IsoWeek.parse(text)


@pytest.mark.parametrize("text", ["9999-W52", "0001-W01"])
@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Apia"])
def test_weeks_at_the_ends_of_the_calendar_are_a_question_that_cannot_be_asked(text: str, zone: str) -> None:
    """Either the week is planned or the fault is the user's to mend; no bare OverflowError."""
    with suppress(UsageFault):
        assert Horizon(IsoWeek.parse(text), zone, 30).intervals == 336
