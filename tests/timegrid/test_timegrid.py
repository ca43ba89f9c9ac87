"""The planning horizon against the plain local clock, in many zones and years."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rotation.errors import UsageFault
from rotation.timegrid import UTC, Horizon, IsoWeek, first_instant

ZONES = (
    "UTC",
    "America/Los_Angeles",
    "America/Denver",
    "America/Phoenix",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Santiago",
    "America/Havana",
    "America/Nuuk",
    "Europe/Berlin",
    "Europe/Dublin",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Tehran",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Australia/Adelaide",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Antarctica/Troll",
)
MODERN = st.dates(dt.date(2012, 1, 1), dt.date(2037, 12, 31))
WEEKS = st.builds(IsoWeek.of, MODERN)
ZONE_NAMES = st.sampled_from(ZONES)
MINUTES = st.integers(0, 1440)


def hours(week: str, zone: str, interval_min: int = 30) -> float:
    horizon = Horizon(IsoWeek.parse(week), zone, interval_min)
    assert horizon.end - horizon.start == horizon.intervals * horizon.step
    return horizon.intervals * interval_min / 60


@pytest.mark.parametrize(
    ("week", "zone", "expected"),
    [
        ("2026-W24", "America/Los_Angeles", 168),
        ("2026-W10", "America/Los_Angeles", 167),
        ("2026-W44", "America/Los_Angeles", 169),
        ("2026-W10", "America/Phoenix", 168),
        ("2026-W13", "Europe/Berlin", 167),
        ("2026-W43", "Europe/Berlin", 169),
        ("2026-W14", "Australia/Lord_Howe", 168.5),
        ("2026-W40", "Australia/Lord_Howe", 167.5),
        ("2026-W17", "Africa/Cairo", 167),
        ("2026-W13", "Asia/Beirut", 167),
        ("2026-W12", "Antarctica/Troll", 168),
        ("2026-W13", "Antarctica/Troll", 166),
        ("2011-W52", "Pacific/Apia", 144),
        ("2018-W18", "Asia/Pyongyang", 167.5),
        ("2016-W17", "America/Caracas", 167.5),
        ("2021-W12", "Asia/Tehran", 167),
        ("2021-W11", "Asia/Tehran", 168),
    ],
)
def test_hours_of_a_week(week: str, zone: str, expected: float) -> None:
    assert hours(week, zone) == expected
    assert hours(week, zone, 15) == expected


def test_hourly_intervals_cannot_cut_a_week_with_a_half_hour_change() -> None:
    with pytest.raises(UsageFault, match=r"168\.5 hours.*interval_min to 15 or 30"):
        Horizon(IsoWeek(2026, 14), "Australia/Lord_Howe", 60)
    assert Horizon(IsoWeek(2026, 15), "Australia/Lord_Howe", 60).intervals == 168


def test_a_week_whose_first_midnight_is_skipped_begins_at_the_change() -> None:
    horizon = Horizon(IsoWeek(2021, 12), "Asia/Tehran", 30)
    assert f"{horizon.local(0):%a %H:%M}" == "Mon 01:00"
    assert horizon.clock_span(dt.date(2021, 3, 22), 0, 90, horizon.zone) == (0, 1)


@pytest.mark.parametrize(
    ("day", "zone", "shows"),
    [
        ("2026-04-24", "Africa/Cairo", "2026-04-24 01:00"),
        ("2026-03-29", "Asia/Beirut", "2026-03-29 01:00"),
        ("2018-11-04", "America/Sao_Paulo", "2018-11-04 01:00"),
        ("2026-03-08", "America/Havana", "2026-03-08 01:00"),
        ("2011-12-30", "Pacific/Apia", "2011-12-31 00:00"),
        ("2026-11-01", "America/Havana", "2026-11-01 00:00"),
    ],
)
def test_the_first_instant_of_days_without_a_midnight_or_with_two(day: str, zone: str, shows: str) -> None:
    local = first_instant(dt.date.fromisoformat(day), ZoneInfo(zone)).astimezone(ZoneInfo(zone))
    assert f"{local:%Y-%m-%d %H:%M}" == shows
    assert local.fold == 0


def test_the_day_that_samoa_never_had() -> None:
    horizon = Horizon(IsoWeek(2011, 52), "Pacific/Apia", 30)
    numbers = horizon.day_numbers()
    assert [numbers.count(n) for n in range(7)] == [48, 48, 48, 48, 0, 48, 48]
    first, last = horizon.clock_span(dt.date(2011, 12, 30), 540, 1020, horizon.zone)
    assert first == last
    assert horizon.clock_span(dt.date(2011, 12, 31), 0, 1440, horizon.zone) == (192, 240)


@given(WEEKS, ZONE_NAMES, st.sampled_from([15, 30]))
@settings(max_examples=60, deadline=None)
def test_a_week_lasts_from_monday_to_monday_on_the_clock(week: IsoWeek, zone: str, interval_min: int) -> None:
    horizon = Horizon(week, zone, interval_min)
    assert horizon.end - horizon.start == horizon.intervals * horizon.step
    assert horizon.local(0).date() == week.monday()
    assert horizon.local(horizon.intervals - 1).date() == week.monday() + dt.timedelta(days=6)
    assert horizon.local(horizon.intervals).date() == week.following().monday()
    assert horizon.instant(horizon.intervals) == horizon.end == Horizon(week.following(), zone, interval_min).start
    assert len(horizon.days()) == 7
    assert abs((horizon.end - horizon.start) - dt.timedelta(weeks=1)) <= dt.timedelta(hours=2)


@given(WEEKS, ZONE_NAMES, st.integers(-400, 800), st.integers(0, 29))
@settings(max_examples=60, deadline=None)
def test_index_and_instant_go_round(week: IsoWeek, zone: str, index: int, extra: int) -> None:
    horizon = Horizon(week, zone, 30)
    at = horizon.instant(index)
    assert horizon.floor(at) == horizon.ceil(at) == index
    assert horizon.on_grid(at)
    assert horizon.local(index).astimezone(UTC) == at
    inside = at + dt.timedelta(minutes=extra)
    assert horizon.floor(inside) == index
    assert horizon.ceil(inside) == index + (extra > 0)
    assert horizon.on_grid(inside) == (extra == 0)


@given(WEEKS, ZONE_NAMES, st.integers(-3000, 23000), st.integers(-3000, 23000))
@settings(max_examples=60, deadline=None)
def test_within_and_touching_are_the_intervals_inside_and_met(week: IsoWeek, zone: str, start: int, end: int) -> None:
    horizon = Horizon(week, zone, 30)
    low, high = sorted((start, end))
    since, until = (horizon.start + dt.timedelta(minutes=minute) for minute in (low, high))
    inside = [n for n in range(horizon.intervals) if since <= horizon.instant(n) and horizon.instant(n + 1) <= until]
    met = [n for n in range(horizon.intervals) if since < horizon.instant(n + 1) and horizon.instant(n) < until]
    assert list(range(*horizon.within(since, until))) == inside
    if low < high:
        assert list(range(*horizon.touching(since, until))) == met


@given(MODERN, ZONE_NAMES, MINUTES)
@example(dt.date(2026, 3, 8), "America/Los_Angeles", 150)
@example(dt.date(2026, 11, 1), "America/Los_Angeles", 90)
@example(dt.date(2026, 10, 4), "Australia/Lord_Howe", 135)
@example(dt.date(2026, 4, 24), "Africa/Cairo", 0)
@settings(max_examples=150, deadline=None)
def test_first_instant_is_the_first_at_which_the_clock_has_reached_the_minute(
    day: dt.date, zone_name: str, minute: int
) -> None:
    zone = ZoneInfo(zone_name)
    wanted = dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=minute)
    at = first_instant(day, zone, minute)
    assert at.astimezone(zone).replace(tzinfo=None) >= wanted
    # A minute earlier the clock had not, neither then nor in the hours before.
    for back in (1, 20, 59, 61, 119):
        before = (at - dt.timedelta(minutes=back)).astimezone(zone).replace(tzinfo=None)
        assert before < wanted


@given(WEEKS, ZONE_NAMES, ZONE_NAMES, st.integers(-1, 7), MINUTES, MINUTES)
@example(IsoWeek(2026, 10), "America/Los_Angeles", "America/Los_Angeles", 6, 90, 210)
@example(IsoWeek(2026, 44), "America/Los_Angeles", "America/Los_Angeles", 6, 60, 120)
@example(IsoWeek(2026, 44), "America/Los_Angeles", "America/Denver", 6, 0, 180)
@settings(max_examples=80, deadline=None)
def test_clock_span_holds_the_intervals_between_two_clock_times(
    week: IsoWeek, site: str, zone_name: str, day_number: int, one: int, other: int
) -> None:
    horizon, zone = Horizon(week, site, 30), ZoneInfo(zone_name)
    day = week.monday() + dt.timedelta(days=day_number)
    start, end = sorted((one, other))
    since, until = first_instant(day, zone, start), first_instant(day, zone, end)
    span = list(range(*horizon.clock_span(day, start, end, zone)))
    assert span == [
        n for n in range(horizon.intervals) if since <= horizon.instant(n) and horizon.instant(n + 1) <= until
    ]
    low, high = (dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=minute) for minute in (start, end))
    for n in span:
        assert low <= horizon.local(n, zone).replace(tzinfo=None) < high


@pytest.mark.parametrize(
    ("week", "start", "end", "length"),
    [
        ("2026-W10", 120, 180, 0),
        ("2026-W10", 90, 180, 1),
        ("2026-W10", 150, 210, 1),
        ("2026-W10", 0, 1440, 46),
        ("2026-W44", 60, 120, 4),
        ("2026-W44", 60, 90, 1),
        ("2026-W44", 90, 120, 3),
        ("2026-W44", 0, 1440, 50),
        ("2026-W24", 600, 600, 0),
        ("2026-W24", 610, 650, 0),
        ("2026-W24", 610, 670, 1),
    ],
)
def test_sunday_spans_over_gap_and_fold(week: str, start: int, end: int, length: int) -> None:
    horizon = Horizon(IsoWeek.parse(week), "America/Los_Angeles", 30)
    sunday = horizon.week.monday() + dt.timedelta(days=6)
    first, last = horizon.clock_span(sunday, start, end, horizon.zone)
    assert last - first == length


@given(WEEKS, ZONE_NAMES, ZONE_NAMES)
@settings(max_examples=60, deadline=None)
def test_day_numbers_are_the_local_dates_and_never_fall(week: IsoWeek, site: str, zone_name: str) -> None:
    horizon, zone = Horizon(week, site, 30), ZoneInfo(zone_name)
    numbers, days = horizon.day_numbers(zone), horizon.days(zone)
    assert len(numbers) == horizon.intervals
    assert numbers == sorted(numbers)
    assert 7 <= len(days) <= 8
    assert [days[n] for n in numbers] == [horizon.local(n, zone).date() for n in range(horizon.intervals)]
