"""Instants, clock times and weekdays, on both sides of every clock change."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rotation.intake.cells import instant_of

ZONES = st.sampled_from(["America/Los_Angeles", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "UTC"])
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: dt.timezone(dt.timedelta(minutes=minutes)))
FIRST = dt.datetime.fromisoformat("2000-01-01")
SITE = ZoneInfo("America/Los_Angeles")


@given(st.datetimes(FIRST, dt.datetime.fromisoformat("2100-01-01"), timezones=OFFSETS), ZONES)
def test_an_instant_with_offset_is_absolute_time_whatever_the_zone(moment: dt.datetime, zone: str) -> None:
    assert instant_of(moment.isoformat(), ZoneInfo(zone)) == moment


@given(st.datetimes(FIRST, dt.datetime.fromisoformat("2036-01-01")), ZONES)
def test_a_local_time_is_refused_by_how_often_its_clock_shows_it(local: dt.datetime, zone_name: str) -> None:
    zone, local = ZoneInfo(zone_name), local.replace(second=0, microsecond=0)
    # The witness looks at the clock at every quarter of an hour of absolute time around.
    around = [
        (local.replace(tzinfo=dt.UTC) + dt.timedelta(minutes=15 * n)).astimezone(zone).replace(tzinfo=None)
        for n in range(-26 * 4, 26 * 4 + 1)
    ]
    with pytest.raises(ValueError) as caught:
        instant_of(local.isoformat(timespec="minutes"), zone)
    text = {0: "does not exist", 1: "without offset", 2: "comes twice"}[around.count(local)]
    assert text in str(caught.value)


@pytest.mark.parametrize(
    ("local", "text"),
    [
        ("2026-03-08T02:30", "does not exist on the clock of America/Los_Angeles; write the offset"),
        ("2026-11-01T01:30", "comes twice on the clock of America/Los_Angeles (…-07:00 or …-08:00); write the offset"),
        (
            "2026-07-01T01:30",
            "is an instant without offset; write 2026-07-01T01:30-07:00 if America/Los_Angeles is meant",
        ),
        ("2026-07-01", "is not an instant"),
        ("2026-13-01T01:30Z", "is a day that no calendar has"),
        ("2026-07-01T01:60Z", "is a time that no clock has"),
        ("2026-07-01T01:30+25:00", "is a time that no clock has"),
    ],
)
def test_what_is_wrong_with_an_instant_is_said(local: str, text: str) -> None:
    with pytest.raises(ValueError) as caught:
        instant_of(local, SITE)
    assert str(caught.value) == text
